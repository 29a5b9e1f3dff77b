"""Registers the app with Django."""

from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    """Visitors without an account: where they come from, and how often they try."""

    name = "zhicheng.ground.visitors"
    label = "visitors"
