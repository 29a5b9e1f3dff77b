"""The instructions on a record, on its page: for the bodies, and a leader may write one."""

from collections.abc import Callable, Mapping
from typing import Any

from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.instructions.queries import instructed_matter, list_instructions
from zhicheng.ground.instructions.rules import INSTRUCTION
from zhicheng.ground.packs.api import working_calendar
from zhicheng.ground.ui.marks import clock_mark
from zhicheng.ground.ui.panels import Panel
from zhicheng.ground.ui.record import state_mark


def instructions_panel(subject_kind: str) -> Panel:
    """The panel to register for a kind of record on whose matters leaders write instructions."""
    return Panel("instructions", words("Leaders' instructions"), "instructions/_panel.html",
                 _context_of(subject_kind), place=5)  # fmt: skip


def _context_of(subject_kind: str) -> Callable[[Actor, int], Mapping[str, Any] | None]:
    def context(actor: Actor, subject_id: int) -> Mapping[str, Any] | None:
        about = (subject_kind, subject_id)
        may_write = instructed_matter(about, actor) is not None
        now = clock.now()
        rows = [
            (one, state_mark(INSTRUCTION, current.state), clock_mark(current.due_at, now, working_calendar()))
            for one, current in list_instructions(about, actor)
        ]
        shown = {"rows": rows, "may_write": may_write, "kind": subject_kind, "id": subject_id}
        return shown if rows or may_write else None

    return context
