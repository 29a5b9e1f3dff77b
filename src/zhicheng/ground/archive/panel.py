"""Where in the archive a record is, on its page, for the people of the bodies that see it."""

from collections.abc import Callable, Mapping
from typing import Any

from zhicheng.core.access import OUTSIDE, Actor, Role
from zhicheng.core.words import words
from zhicheng.ground.archive.models import SUBJECT, Filing
from zhicheng.ground.archive.queries import list_filings
from zhicheng.ground.personal.api import get_texts_by_hash
from zhicheng.ground.ui.panels import Panel


def archive_panel(subject_kind: str) -> Panel:
    """The panel to register for a kind of record that is filed."""
    return Panel("archive", words("Archive"), "archive/_panel.html", _context_of(subject_kind), place=4)


def reason_of(filing: Filing) -> str:
    """Why a record was taken out; empty while it is in place, or once that was erased."""
    return get_texts_by_hash((SUBJECT, filing.pk)).get(filing.reason, "") if filing.reason else ""


def _context_of(subject_kind: str) -> Callable[[Actor, int], Mapping[str, Any] | None]:
    def context(actor: Actor, subject_id: int) -> Mapping[str, Any] | None:
        if all(reach.role in OUTSIDE for reach in actor.reaches):
            return None
        found = list_filings((subject_kind, subject_id), actor)
        rows = [(one, reason_of(one)) for one in found]
        leads = any(one.in_place and Role.LEADER in actor.roles_on(one.matter.matter()) for one in found)
        return {"rows": rows, "leads": leads} if rows else None

    return context
