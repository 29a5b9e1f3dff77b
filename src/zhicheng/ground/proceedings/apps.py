"""Registers the app with Django."""

from django.apps import AppConfig


class ProceedingsConfig(AppConfig):
    """Proceedings: the one table of states, and the only way to move them."""

    name = "zhicheng.ground.proceedings"
    label = "proceedings"
