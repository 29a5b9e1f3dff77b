"""The addresses that the house itself needs: these tests know no feature."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("ui/", include("zhicheng.ground.ui.urls")),
]
