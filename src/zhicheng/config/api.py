"""The HTTP interface: every app's endpoints under one address, described in OpenAPI."""

from zhicheng import __version__
from zhicheng.cases.assigning_endpoints import router as assigning
from zhicheng.cases.exchange.endpoints import router as cases
from zhicheng.ground.interface.api import READ, House
from zhicheng.ground.webhooks.endpoints import router as webhooks

api = House(title="Zhicheng 质城", version=__version__, urls_namespace="api", auth=READ, docs_url=None)
api.add_router("", cases)
api.add_router("", assigning)
api.add_router("", webhooks)
