"""The cards of a record on its page, for the bodies."""

from collections.abc import Callable, Mapping
from typing import Any

from zhicheng.core.access import OUTSIDE, Actor
from zhicheng.core.words import words
from zhicheng.ground.cards.marks import mark_of
from zhicheng.ground.cards.queries import list_cards_about
from zhicheng.ground.ui.panels import Panel


def cards_panel(subject_kind: str) -> Panel:
    """The panel to register for a kind of record whose matters can be late."""
    return Panel("cards", words("Yellow and red cards"), "cards/_panel.html", _context_of(subject_kind), place=6)


def _context_of(subject_kind: str) -> Callable[[Actor, int], Mapping[str, Any] | None]:
    def context(actor: Actor, subject_id: int) -> Mapping[str, Any] | None:
        if all(reach.role in OUTSIDE for reach in actor.reaches):
            return None
        cards = list_cards_about((subject_kind, subject_id), actor)
        return {"cards": [(card, mark_of(card.colour)) for card in cards]} if cards else None

    return context
