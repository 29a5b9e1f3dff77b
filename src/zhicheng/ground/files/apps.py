"""Registers the app with Django and says what may be written to its tables."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files: checked by content, stored by hash."""

    name = "zhicheng.ground.files"
    label = "files"

    def ready(self) -> None:
        """Content is named once and for all; of an attachment only what erasing empties may change."""
        from zhicheng.ground.database.chores import register_chore
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.files.sweeping import sweep_files

        erasable = ("file_id", "name", "caption", "erased_at")
        restrict(TableRule("files_attachment", updatable=erasable))
        restrict(TableRule("files_storedfile", deletable=True))
        register_chore("files without a row", sweep_files)
