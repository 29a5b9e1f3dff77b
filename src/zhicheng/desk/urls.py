"""Addresses of the desk."""

from django.urls import path

from zhicheng.desk import views
from zhicheng.desk.batch import views as batch
from zhicheng.desk.records import views as records

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("batch/", batch.batch, name="batch"),
    path("search/", views.search, name="search"),
    path("notices/", views.notices, name="notices"),
    path("sites/", records.sites, name="sites"),
    path("sites/<int:site_id>/", records.site, name="site"),
    path("organizations/<int:organization_id>/", records.organization, name="organization"),
]
