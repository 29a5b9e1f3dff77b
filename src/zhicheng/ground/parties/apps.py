"""Registers the app with Django and with packs."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties: organizations, persons and posts."""

    name = "zhicheng.ground.parties"
    label = "parties"

    def ready(self) -> None:
        """Keeps the organizations of packs. An organization is revised or ends; none is deleted."""
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.database.simulation import register_simulated
        from zhicheng.ground.packs.api import bind_store
        from zhicheng.ground.parties.services import DERIVED, REVISABLE
        from zhicheng.ground.parties.store import ORGANIZATIONS, check_kinds

        columns = {"parent": "parent_id", "area": "area_id"}
        written = sorted(columns.get(field, field) for field in (*REVISABLE, *DERIVED, "sample"))
        restrict(TableRule("parties_organization", updatable=tuple(written)))
        bind_store("organizations", ORGANIZATIONS, check_kinds)
        register_simulated("parties.Organization")
