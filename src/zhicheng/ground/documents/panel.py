"""The papers of a record on its page, for whoever may read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zhicheng.core.access import Actor, Role
from zhicheng.core.words import words
from zhicheng.ground.documents.marks import mark_of
from zhicheng.ground.documents.models import Document
from zhicheng.ground.documents.queries import list_papers
from zhicheng.ground.ui.marks import StateMark
from zhicheng.ground.ui.panels import Panel

MOST = 50
MANAGING = (Role.OFFICER, Role.LEADER)


@dataclass(frozen=True)
class ShownPaper:
    """A document as a panel shows it."""

    document: Document
    mark: StateMark

    @property
    def erased(self) -> bool:
        """Whether nothing is left to download."""
        return self.document.content.erased_at is not None


def papers_panel(subject_kind: str) -> Panel:
    """The panel to register for a kind of record whose steps issue documents."""
    return Panel("papers", words("Papers"), "documents/_panel.html", _context_of(subject_kind), place=10)


def shown_papers(subject_kind: str, subject_id: int, actor: Actor) -> tuple[ShownPaper, ...]:
    """The latest papers of a record that the actor may read."""
    found = list_papers((subject_kind, subject_id), actor)[:MOST]
    return tuple(ShownPaper(one, mark_of(one)) for one in found)


def _context_of(subject_kind: str) -> Callable[[Actor, int], Mapping[str, Any] | None]:
    def context(actor: Actor, subject_id: int) -> Mapping[str, Any] | None:
        papers = shown_papers(subject_kind, subject_id, actor)
        manages = any(reach.role in MANAGING for reach in actor.reaches)
        return {"papers": papers, "manages": manages} if papers else None

    return context
