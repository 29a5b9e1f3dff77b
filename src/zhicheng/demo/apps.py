"""Registers the app with Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The simulator: believable records, marked as simulated."""

    name = "zhicheng.demo"
    label = "demo"
