"""Registers the app with Django."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties: organizations, persons and posts."""

    name = "zhicheng.ground.parties"
    label = "parties"
