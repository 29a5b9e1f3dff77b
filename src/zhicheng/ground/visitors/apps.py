"""Registers the app with Django."""

from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    """Visitors without an account: where they come from, and how often they try."""

    name = "zhicheng.ground.visitors"
    label = "visitors"

    def ready(self) -> None:
        """Attempts are counted, and forgotten after their hour."""
        from zhicheng.ground.database.privileges import TableRule, restrict

        restrict(TableRule("visitors_attempts", updatable=("count",), deletable=True))
