"""Grants the application's role its rights once all migrations have run."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class DatabaseConfig(AppConfig):
    """The first app of the list; its hook acts after the last app has been migrated."""

    name = "zhicheng.ground.database"
    label = "database"

    def ready(self) -> None:
        """Connects the hook that grants rights after a migration; which ran is the owner's to write."""
        from zhicheng.ground.database.privileges import TableRule, restrict

        restrict(TableRule("django_migrations", insertable=False))
        post_migrate.connect(_grant_after_last_app)


def _grant_after_last_app(*, app_config: AppConfig, using: str, **_: Any) -> None:
    from zhicheng.ground.database.privileges import grant_all

    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if using == "owner" and app_config.label == last.label:
        grant_all()
