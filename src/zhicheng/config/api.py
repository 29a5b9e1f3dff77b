"""The HTTP interface: every app's endpoints under one address, described in OpenAPI."""

from zhicheng import __version__
from zhicheng.cases.assigning_endpoints import router as assigning
from zhicheng.cases.examples import EXAMPLES as CASES
from zhicheng.cases.examples import PARAMETERS as OF_CASES
from zhicheng.cases.exchange.endpoints import router as cases
from zhicheng.desk.records.endpoints import router as records
from zhicheng.desk.records.examples import EXAMPLES as RECORDS
from zhicheng.desk.records.examples import PARAMETERS as OF_RECORDS
from zhicheng.ground.interface.api import House
from zhicheng.ground.webhooks.endpoints import router as webhooks
from zhicheng.ground.webhooks.examples import EXAMPLES as WEBHOOKS
from zhicheng.ground.webhooks.examples import PARAMETERS as OF_WEBHOOKS

api = House(
    title="Zhicheng 质城", version=__version__, urls_namespace="api", docs_url=None,
    examples={**CASES, **RECORDS, **WEBHOOKS}, parameters={**OF_CASES, **OF_RECORDS, **OF_WEBHOOKS},
)  # fmt: skip
api.add_router("", cases)
api.add_router("", assigning)
api.add_router("", records)
api.add_router("", webhooks)
