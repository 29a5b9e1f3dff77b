"""Registers the app with Django."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Packs: what a city decides, as data."""

    name = "zhicheng.ground.packs"
    label = "packs"

    def ready(self) -> None:
        """Registers the sections that packs declares itself."""
        from zhicheng.ground.packs.sections import register_section
        from zhicheng.ground.packs.tables.areas import AREAS, BOUNDARIES, SUCCESSION
        from zhicheng.ground.packs.tables.bodies import JURISDICTIONS, ORGANIZATIONS
        from zhicheng.ground.packs.tables.calendar import CALENDAR
        from zhicheng.ground.packs.tables.limits import LIMITS
        from zhicheng.ground.packs.tables.terms import TERMS

        for section in (
            AREAS, SUCCESSION, BOUNDARIES, TERMS, LIMITS, CALENDAR, ORGANIZATIONS, JURISDICTIONS,
        ):  # fmt: skip
            register_section(section)
