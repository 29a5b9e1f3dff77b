"""Addresses of the health page."""

from django.urls import path

from zhicheng.desk.system import told_views, views

app_name = "system"
urlpatterns = [
    path("", views.health, name="health"),
    path("packs/", views.packs, name="packs"),
    path("jobs/<int:job>/retry/", views.retry_job, name="retry"),
    path("notices/", told_views.notices, name="notices"),
    path("notices/words/", told_views.wordings, name="wordings"),
    path("notices/<int:notice>/", told_views.notice, name="notice"),
    path("notices/<int:notice>/retry/", told_views.retry_notice, name="retry_notice"),
]
