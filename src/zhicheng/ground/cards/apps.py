"""Registers the app with Django, its place in the navigation, and what may be written to its table."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    """Yellow and red cards, issued by the system."""

    name = "zhicheng.ground.cards"
    label = "cards"

    def ready(self) -> None:
        """A card stays as it was issued; only that it went to the superior body is added."""
        from zhicheng.core.access import Role
        from zhicheng.core.words import words
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.ui.navigation import Entry, register_navigation

        restrict(TableRule("cards_card", updatable=("raised_at",)))
        bodies = frozenset({Role.CLERK, Role.OFFICER, Role.LEADER})
        register_navigation(Entry(words("Cards"), "triangle-alert", "cards:cards", bodies, place=27))
