"""Registers the app with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff's inbox and search."""

    name = "zhicheng.desk"
    label = "desk"

    def ready(self) -> None:
        """Adds the desk's own entries to its navigation."""
        from zhicheng.core.words import words
        from zhicheng.desk.views import EVERYBODY, WORKING
        from zhicheng.ground.ui.navigation import Entry, register_navigation

        register_navigation(Entry(words("Inbox"), "inbox", "desk:home", frozenset(WORKING), place=10))
        register_navigation(Entry(words("Notices"), "bell", "desk:notices", frozenset(EVERYBODY), place=60))
