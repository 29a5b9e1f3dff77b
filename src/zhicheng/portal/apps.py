"""Registers the app with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public's front door."""

    name = "zhicheng.portal"
    label = "portal"
