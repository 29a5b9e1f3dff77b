"""Registers the app with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access: users, grants, jurisdictions, delegation, and the one scope policy."""

    name = "zhicheng.ground.access"
    label = "access"
