"""Registers the app with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search across every kind of record."""

    name = "zhicheng.ground.search"
    label = "search"

    def ready(self) -> None:
        """What is found is renewed with its record, and forgotten with it."""
        from zhicheng.ground.database.privileges import TableRule, restrict

        renewed = ("title", "subtitle", "bigrams", "numbers", "updated_at")
        restrict(TableRule("search_searchentry", updatable=renewed, deletable=True))
