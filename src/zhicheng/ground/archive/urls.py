"""Addresses of the archive on the desk."""

from django.urls import path

from zhicheng.ground.archive import views

app_name = "archive"
urlpatterns = [
    path("", views.archive, name="archive"),
    path("<int:filing_id>/take-out/", views.take_out_of_archive, name="take_out"),
]
