"""Registers the app with Django."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Areas: provinces to villages, with succession and boundaries."""

    name = "zhicheng.ground.areas"
    label = "areas"
