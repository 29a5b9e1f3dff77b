"""Every address of the product."""

from django.urls import include, path

from zhicheng.config.api import api

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("ui/", include("zhicheng.ground.ui.urls")),
    path("desk/cases/", include("zhicheng.cases.urls")),
    path("desk/", include("zhicheng.desk.urls")),
    path("api/v1/", api.urls),
    path("", include("zhicheng.portal.urls")),
]
