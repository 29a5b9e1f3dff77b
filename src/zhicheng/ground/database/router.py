"""Migrations run as the owner of the tables; everything else runs as the application's role."""

from typing import Any


class OwnerMigrates:
    """Lets `migrate` act only through the `owner` connection (ADR 0002)."""

    def db_for_read(self, model: object, **hints: Any) -> str:
        """Every read goes through the application's role."""
        return "default"

    def db_for_write(self, model: object, **hints: Any) -> str:
        """Every write goes through the application's role."""
        return "default"

    def allow_relation(self, first: object, second: object, **hints: Any) -> bool:
        """Both connections reach the same database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only the owner creates or changes tables."""
        return db == "owner"
