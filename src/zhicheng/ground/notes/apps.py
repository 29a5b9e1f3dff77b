"""Registers the app with Django, what it tells, and what may be written to its tables."""

from pathlib import Path

from django.apps import AppConfig


class NotesConfig(AppConfig):
    """Internal notes on records, with mention of colleagues."""

    name = "zhicheng.ground.notes"
    label = "notes"

    def ready(self) -> None:
        """A note stays as it was written, but for its text, which lies elsewhere and can be emptied."""
        from zhicheng.core.words import words
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.notices.registry import NUMBER, Template, Topic, register_templates

        restrict(TableRule("notes_note", updatable=("erased_at",)))
        restrict(TableRule("notes_mention", updatable=("seen_at",)))
        register_templates(
            Path(__file__).with_name("notices.toml"),
            Template("mentioned", words("Mentioned in a note"), Topic.MATTERS, (NUMBER,)),
        )
