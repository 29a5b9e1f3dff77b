"""Registers the app with Django and says what may be written to its tables."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The append-only ledger: one entry per step and per sensitive read."""

    name = "zhicheng.ground.ledger"
    label = "ledger"

    def ready(self) -> None:
        """The application's role adds entries and roots; chain heads are the trigger's alone."""
        from zhicheng.ground.database.privileges import TableRule, restrict

        restrict(TableRule("ledger_chain", insertable=False))
        restrict(TableRule("ledger_entry"))
        restrict(TableRule("ledger_root"))
