"""Small addresses that every page may use."""

from django.urls import path

from zhicheng.ground.ui import views

app_name = "ui"
urlpatterns = [
    path("text-size", views.text_size, name="text_size"),
    path("suggest/<str:group>", views.suggest_organizations, name="suggest"),
]
