"""Addresses of notes on the desk."""

from django.urls import path

from zhicheng.ground.notes import views

app_name = "notes"
urlpatterns = [
    path("new/<slug:kind>/<int:subject_id>/", views.write, name="write"),
    path("<int:note_id>/erase/", views.erase, name="erase"),
    path("mentions/<int:mention_id>/seen/", views.seen, name="seen"),
]
