"""Registers the app with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff's inbox and search."""

    name = "zhicheng.desk"
    label = "desk"
