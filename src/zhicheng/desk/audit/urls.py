"""Addresses of the ledger."""

from django.urls import path

from zhicheng.desk.audit import views

app_name = "ledger"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("roots/", views.roots, name="roots"),
    path("<slug:kind>/<int:pk>/", views.chain, name="chain"),
    path("<slug:kind>/<int:pk>/<int:number>/", views.entry, name="entry"),
]
