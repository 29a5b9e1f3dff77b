"""Registers the app with Django, and what may be written to its tables."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """Tables that people bring, on their way into the records."""

    name = "zhicheng.ground.importing"
    label = "importing"

    def ready(self) -> None:
        """An import is confirmed once and then only counts on; an upload that nobody confirms goes."""
        from zhicheng.ground.database.chores import register_chore
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.importing.models import RefusedRow
        from zhicheng.ground.importing.services import forget_files
        from zhicheng.ground.personal.api import register_sealed

        register_sealed(RefusedRow, ("sealed",))
        register_chore("files of unfinished imports", forget_files)
        progress = ("rows_done", "imported", "known", "refused", "finished_at")
        confirmed = ("name", "columns", "options", "confirmed_at")
        restrict(TableRule("importing_importrun", updatable=(*confirmed, *progress), deletable=True))
        restrict(TableRule("importing_refusedrow", updatable=("sealed",), deletable=True))
        restrict(TableRule("importing_importmapping", updatable=("columns", "options", "saved_by", "saved_at")))
