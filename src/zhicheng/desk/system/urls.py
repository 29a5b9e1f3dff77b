"""Addresses of the health page."""

from django.urls import path

from zhicheng.desk.system import views

app_name = "system"
urlpatterns = [
    path("", views.health, name="health"),
    path("packs/", views.packs, name="packs"),
    path("jobs/<int:job>/retry/", views.retry_job, name="retry"),
]
