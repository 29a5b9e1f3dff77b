"""Addresses of one's own account."""

from django.urls import path

from zhicheng.desk.me import views

app_name = "me"
urlpatterns = [
    path("", views.me, name="me"),
    path("notices/", views.choose_notices, name="notices"),
    path("delegations/<int:pk>/end/", views.take_back, name="take_back"),
]
