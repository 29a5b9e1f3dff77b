"""Address of the hand-over."""

from django.urls import path

from zhicheng.desk.handover import views

app_name = "handover"
urlpatterns = [path("", views.handover, name="handover")]
