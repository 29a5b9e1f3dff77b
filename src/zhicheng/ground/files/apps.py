"""Registers the app with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files: checked by content, stored by hash."""

    name = "zhicheng.ground.files"
    label = "files"
