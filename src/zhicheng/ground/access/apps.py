"""Registers the app with Django and with packs."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access: users, grants, jurisdictions, delegation, and the one scope policy."""

    name = "zhicheng.ground.access"
    label = "access"

    def ready(self) -> None:
        """Keeps the jurisdictions of packs; writes down what people change in their second factor."""
        from zhicheng.ground.access import second_factor
        from zhicheng.ground.access.store import JURISDICTIONS
        from zhicheng.ground.packs.api import bind_store

        bind_store("jurisdictions", JURISDICTIONS)
        second_factor.watch()
