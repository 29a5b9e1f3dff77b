"""Registers the app with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The one layout: records, lists, inbox, navigation."""

    name = "zhicheng.ground.ui"
    label = "ui"

    def ready(self) -> None:
        """People rename and delete their own views of lists."""
        from zhicheng.ground.database.privileges import TableRule, restrict

        restrict(TableRule("ui_savedview", updatable=("name",), deletable=True))
