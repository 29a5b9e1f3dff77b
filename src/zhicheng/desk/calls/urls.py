"""Addresses of the hotline's desk."""

from django.urls import path

from zhicheng.desk.calls import beside, knowledge, taking, views

app_name = "calls"
urlpatterns = [
    path("", views.calls, name="calls"),
    path("back/", views.call_backs, name="back"),
    path("new/", taking.take, name="take"),
    path("new/reporter/", beside.reporter, name="reporter"),
    path("new/beside/", beside.beside, name="beside"),
    path("new/asked/", beside.asked, name="asked"),
    path("new/places/", beside.places, name="places"),
    path("new/categories/", beside.categories, name="categories"),
    path("knowledge/", knowledge.snippets, name="snippets"),
    path("knowledge/new/", knowledge.snippet_new, name="snippet_new"),
    path("knowledge/<int:snippet_id>/", knowledge.snippet, name="snippet"),
]
