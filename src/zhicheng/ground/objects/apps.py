"""Registers the app with Django."""

from django.apps import AppConfig


class ObjectsConfig(AppConfig):
    """Objects that quality is about: sites and products, with who answers for them."""

    name = "zhicheng.ground.objects"
    label = "objects"
