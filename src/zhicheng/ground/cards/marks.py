"""A card as word, icon and colour."""

from django.utils.translation import gettext

from zhicheng.core.words import words
from zhicheng.ground.cards.models import Colour
from zhicheng.ground.ui.marks import StateMark, Tone


def mark_of(colour: str) -> StateMark:
    """The mark of a yellow or a red card."""
    if colour == Colour.RED:
        return StateMark(gettext(words("Red card")), Tone.WRONG)
    return StateMark(gettext(words("Yellow card")), Tone.YELLOW)
