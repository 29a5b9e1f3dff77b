"""Registers the app with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The one layout: records, lists, inbox, navigation."""

    name = "zhicheng.ground.ui"
    label = "ui"
