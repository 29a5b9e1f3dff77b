"""Registers the app with Django."""

from django.apps import AppConfig


class PersonalConfig(AppConfig):
    """Personal data: encrypted, found by a blind index, masked."""

    name = "zhicheng.ground.personal"
    label = "personal"
