"""Registers the app with Django."""

from pathlib import Path

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff's inbox and search."""

    name = "zhicheng.desk"
    label = "desk"

    def ready(self) -> None:
        """Adds the desk's own entries to its navigation, and asks packs for the lines of the hotline."""
        from zhicheng.core.access import Role
        from zhicheng.core.words import words
        from zhicheng.desk.calls.forms import LINES
        from zhicheng.desk.records.finding import register_sources
        from zhicheng.desk.records.importer import IMPORTER
        from zhicheng.desk.records.scope import STAFF
        from zhicheng.desk.views import EVERYBODY, WORKING
        from zhicheng.ground.importing.registry import register_importer
        from zhicheng.ground.notices.registry import Offer, Template, Topic, register_templates
        from zhicheng.ground.packs.api import TERMS, Demand, demand
        from zhicheng.ground.ui.navigation import Entry, register_navigation

        register_templates(
            Path(__file__).with_name("notices.toml"),
            Template(
                "calendar_missing",
                words("A year is missing from the calendar"),
                Topic.SYSTEM,
                (Offer("year", "2028", "2028"),),
            ),
        )
        demand(lambda: (Demand(TERMS, LINES, words("Calls")),))
        register_navigation(Entry(words("Inbox"), "inbox", "desk:home", frozenset(WORKING), place=10))
        register_navigation(Entry(words("Buildings"), "building-2", "desk:sites", frozenset(STAFF), place=45))
        register_navigation(
            Entry(words("Organizations"), "landmark", "desk:organizations", frozenset(STAFF), place=46)
        )
        register_navigation(Entry(words("Products"), "package", "desk:products", frozenset(STAFF), place=47))
        register_navigation(Entry(words("Notices"), "bell", "desk:notices", frozenset(EVERYBODY), place=60))
        register_navigation(Entry(words("My account"), "user", "me:me", frozenset(EVERYBODY), place=90))
        leaders = frozenset({Role.LEADER})
        register_navigation(Entry(words("Hand over"), "share-2", "handover:handover", leaders, place=70))
        for label, icon, url_name, role in (
            (words("Calls"), "phone", "calls:calls", Role.CALLER),
            (words("To call back"), "phone-call", "calls:back", Role.CALLER),
            (words("Accounts"), "users", "accounts:accounts", Role.SECURITY_ADMINISTRATOR),
            (words("Ledger"), "fingerprint", "ledger:entries", Role.AUDIT_ADMINISTRATOR),
            (words("System"), "gauge", "system:health", Role.SYSTEM_ADMINISTRATOR),
        ):
            register_navigation(Entry(label, icon, url_name, frozenset({role}), place=15))
        register_sources()
        register_importer(IMPORTER)
