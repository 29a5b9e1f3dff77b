"""Registers the app with Django, its place in the navigation, and what may be written to its table."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The archive: ended records by body and year, read-only, kept for as long as a limit says."""

    name = "zhicheng.ground.archive"
    label = "archive"

    def ready(self) -> None:
        """A filing stays as it was made; only that its record was taken out is added. What is filed is kept."""
        from zhicheng.core.access import Role
        from zhicheng.core.words import words
        from zhicheng.ground.archive.audit import check_archive
        from zhicheng.ground.archive.queries import why_filed_stays
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.ledger.api import register_check
        from zhicheng.ground.proceedings.api import keep_unchanged
        from zhicheng.ground.ui.navigation import Entry, register_navigation

        restrict(TableRule("archive_filing", updatable=("taken_out_at", "taken_out_by", "reason")))
        register_check("archive", check_archive)
        keep_unchanged(why_filed_stays)
        bodies = frozenset({Role.CLERK, Role.OFFICER, Role.LEADER})
        register_navigation(Entry(words("Archive"), "folder", "archive:archive", bodies, place=55))
