"""Registers the app with Django, its place in the navigation, and what may be written to its table."""

from pathlib import Path

from django.apps import AppConfig


class CardsConfig(AppConfig):
    """Yellow and red cards, issued by the system."""

    name = "zhicheng.ground.cards"
    label = "cards"

    def ready(self) -> None:
        """A card stays as it was issued; only that it went to the superior body is added."""
        from zhicheng.core.access import Role
        from zhicheng.core.words import words
        from zhicheng.ground.cards.reminding import LIMITS as REMINDED
        from zhicheng.ground.cards.services import ESCALATION
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.notices.registry import DUE, NUMBER, Template, Topic, register_templates
        from zhicheng.ground.packs.api import LIMITS, Demand, demand
        from zhicheng.ground.ui.navigation import Entry, register_navigation

        restrict(TableRule("cards_card", updatable=("raised_at",)))
        restrict(TableRule("cards_reminder"))
        register_templates(
            Path(__file__).with_name("notices.toml"),
            Template("card_yellow", words("Yellow card"), Topic.CARDS, (NUMBER, DUE)),
            Template("card_red", words("Red card"), Topic.CARDS, (NUMBER, DUE)),
            Template("card_reminder", words("Reminder of a matter with a card"), Topic.CARDS, (NUMBER, DUE)),
            Template(
                "card_reminder_leader",
                words("Leaders reminded of a matter with a card"),
                Topic.CARDS,
                (NUMBER, DUE),
            ),
            Template("card_raised", words("Red card taken to the superior body"), Topic.CARDS, (NUMBER, DUE)),
        )
        asked = (ESCALATION, *REMINDED.values())
        demand(lambda: tuple(Demand(LIMITS, key, words("Cards")) for key in asked))
        bodies = frozenset({Role.CLERK, Role.OFFICER, Role.LEADER})
        register_navigation(Entry(words("Cards"), "triangle-alert", "cards:cards", bodies, place=27))
