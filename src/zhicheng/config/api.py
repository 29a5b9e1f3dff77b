"""The HTTP interface: every app's endpoints under one address, described in OpenAPI."""

from ninja import NinjaAPI
from ninja.security import django_auth

from zhicheng import __version__
from zhicheng.cases.endpoints import router as cases

api = NinjaAPI(title="Zhicheng 质城", version=__version__, urls_namespace="api", auth=django_auth, docs_url=None)
api.add_router("", cases)
