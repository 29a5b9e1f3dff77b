"""What other apps may use of cards."""

from zhicheng.ground.cards.marks import mark_of
from zhicheng.ground.cards.panel import cards_panel
from zhicheng.ground.cards.queries import current_cards

__all__ = ["cards_panel", "current_cards", "mark_of"]
