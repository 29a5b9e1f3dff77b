"""Registers the app with Django."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Packs: what a city decides, as data."""

    name = "zhicheng.ground.packs"
    label = "packs"
