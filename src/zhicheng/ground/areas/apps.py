"""Registers the app with Django."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Areas: provinces to villages, with succession and boundaries."""

    name = "zhicheng.ground.areas"
    label = "areas"

    def ready(self) -> None:
        """An area keeps its code, and a trigger keeps it in its place; what it is called may change."""
        from zhicheng.ground.areas.loading import CHANGEABLE
        from zhicheng.ground.database.privileges import TableRule, restrict

        place = ("id", "level", "parent_id", "path")  # the trigger says what is wrong, a missing right would not
        restrict(TableRule("areas_area", updatable=(*CHANGEABLE, *place), deletable=True))
        restrict(TableRule("areas_succession", updatable=("kind",), deletable=True))
        restrict(TableRule("areas_boundary", updatable=("geometry", "source", "vintage"), deletable=True))
