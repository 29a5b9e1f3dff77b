"""Registers the app with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices: queued in the transaction of the step they tell of."""

    name = "zhicheng.ground.notices"
    label = "notices"
