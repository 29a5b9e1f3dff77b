"""Registers the app with Django, and what may change of a key once it was issued."""

from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    """Interface: who a program is, and how every operation says no."""

    name = "zhicheng.ground.interface"
    label = "interface"

    def ready(self) -> None:
        """A key is used and revoked; what it opens never grows."""
        from zhicheng.ground.database.privileges import TableRule, restrict

        restrict(TableRule("interface_key", updatable=("last_used_at", "revoked_at")))
        restrict(TableRule("interface_sentrequest", deletable=True))
