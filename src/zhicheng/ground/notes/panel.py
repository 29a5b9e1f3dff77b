"""The notes on a record, on its page, for the people of the bodies that see it."""

from collections.abc import Callable, Mapping
from typing import Any

from zhicheng.core.access import OUTSIDE, Actor
from zhicheng.core.words import words
from zhicheng.ground.notes.queries import list_notes
from zhicheng.ground.proceedings.api import why_kept
from zhicheng.ground.ui.panels import Panel


def notes_panel(subject_kind: str) -> Panel:
    """The panel to register for a kind of record on which colleagues write notes; it is not printed."""
    return Panel(
        "notes", words("Notes to colleagues"), "notes/_panel.html", _context_of(subject_kind), place=7,
        printed=False,
    )  # fmt: skip


def _context_of(subject_kind: str) -> Callable[[Actor, int], Mapping[str, Any] | None]:
    def context(actor: Actor, subject_id: int) -> Mapping[str, Any] | None:
        if all(reach.role in OUTSIDE for reach in actor.reaches):
            return None
        notes, kept = (
            list_notes((subject_kind, subject_id), actor),
            why_kept((subject_kind, subject_id)) is not None,
        )
        if kept and not notes:
            return None
        return {"notes": notes, "kind": subject_kind, "id": subject_id, "kept": kept}

    return context
