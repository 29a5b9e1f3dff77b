"""Addresses of instructions on the desk."""

from django.urls import path

from zhicheng.ground.instructions import views

app_name = "instructions"
urlpatterns = [
    path("new/<slug:kind>/<int:subject_id>/", views.write, name="write"),
    path("<int:instruction_id>/", views.instruction, name="instruction"),
]
