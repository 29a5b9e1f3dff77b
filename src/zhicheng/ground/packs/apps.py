"""Registers the app with Django."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Packs: what a city decides, as data."""

    name = "zhicheng.ground.packs"
    label = "packs"

    def ready(self) -> None:
        """Registers the sections that packs declares itself.

        What names a row stays. A row that no record uses may go: PostgreSQL refuses to delete a term in use.
        """
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.packs.sections import register_section
        from zhicheng.ground.packs.tables.areas import AREAS, BOUNDARIES, SUCCESSION
        from zhicheng.ground.packs.tables.bodies import JURISDICTIONS, ORGANIZATIONS
        from zhicheng.ground.packs.tables.calendar import CALENDAR
        from zhicheng.ground.packs.tables.limits import LIMITS
        from zhicheng.ground.packs.tables.terms import TERMS

        term = ("parent_id", "zh", "en", "note", "sample", "sort", "valid_from", "valid_to")
        limit = ("amount", "unit", "roll", "citation", "verified", "sample", "valid_to")
        restrict(TableRule("packs_term", updatable=term, deletable=True))
        restrict(TableRule("packs_limitrow", updatable=limit, deletable=True))
        restrict(TableRule("packs_loadedpack", updatable=("digest",)))
        restrict(TableRule("packs_calendaryear", updatable=("holidays", "workdays"), deletable=True))
        for section in (
            AREAS, SUCCESSION, BOUNDARIES, TERMS, LIMITS, CALENDAR, ORGANIZATIONS, JURISDICTIONS,
        ):  # fmt: skip
            register_section(section)
