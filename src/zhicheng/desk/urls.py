"""Addresses of the desk."""

from django.urls import path

from zhicheng.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.inbox, name="home"),
    path("search/", views.search, name="search"),
    path("notices/", views.notices, name="notices"),
]
