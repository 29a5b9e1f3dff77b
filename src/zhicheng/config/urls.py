"""Every address of the product."""

from django.urls import include, path

from zhicheng.cases.open311.endpoints import api as open311
from zhicheng.config.api import api
from zhicheng.ground.interface.api import docs_of

handler500 = "zhicheng.ground.ui.failures.failed"
urlpatterns = [
    path("accounts/", include("zhicheng.ground.access.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("ui/", include("zhicheng.ground.ui.urls")),
    path("desk/cases/", include("zhicheng.cases.urls")),
    path("desk/accounts/", include("zhicheng.desk.accounts.urls")),
    path("desk/papers/", include("zhicheng.ground.documents.urls")),
    path("desk/calls/", include("zhicheng.desk.calls.urls")),
    path("desk/cards/", include("zhicheng.ground.cards.urls")),
    path("desk/archive/", include("zhicheng.ground.archive.urls")),
    path("desk/notes/", include("zhicheng.ground.notes.urls")),
    path("desk/instructions/", include("zhicheng.ground.instructions.urls")),
    path("desk/ledger/", include("zhicheng.desk.audit.urls")),
    path("desk/handover/", include("zhicheng.desk.handover.urls")),
    path("desk/me/", include("zhicheng.desk.me.urls")),
    path("desk/system/", include("zhicheng.desk.system.urls")),
    path("desk/", include("zhicheng.desk.urls")),
    path("api/v1/docs", docs_of(api), name="api-docs"),
    path("api/v1/", api.urls),
    path("open311/", open311.urls),
    path("", include("zhicheng.portal.urls")),
]
