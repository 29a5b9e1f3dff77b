"""Registers the app with Django and with packs."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties: organizations, persons and posts."""

    name = "zhicheng.ground.parties"
    label = "parties"

    def ready(self) -> None:
        """Keeps the organizations of packs."""
        from zhicheng.ground.packs.api import bind_store
        from zhicheng.ground.parties.store import ORGANIZATIONS

        bind_store("organizations", ORGANIZATIONS)
