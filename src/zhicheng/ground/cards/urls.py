"""Addresses of cards on the desk."""

from django.urls import path

from zhicheng.ground.cards import views

app_name = "cards"
urlpatterns = [path("", views.cards, name="cards")]
