"""Registers the app with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search across every kind of record."""

    name = "zhicheng.ground.search"
    label = "search"
