"""What other apps may use of notes."""

from zhicheng.ground.notes.panel import notes_panel
from zhicheng.ground.notes.queries import list_note_subjects, list_unseen

__all__ = ["list_note_subjects", "list_unseen", "notes_panel"]
