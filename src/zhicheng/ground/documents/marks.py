"""A document's state as a list or a page shows it."""

from django.utils.translation import gettext

from zhicheng.ground.documents.models import Document
from zhicheng.ground.documents.states import LABELS, PaperState
from zhicheng.ground.ui.marks import StateMark, Tone

TONES = {PaperState.VALID: Tone.DONE, PaperState.SUPERSEDED: Tone.WAITING, PaperState.REVOKED: Tone.WRONG}


def mark_of(document: Document) -> StateMark:
    """The state as word, icon and colour."""
    state = document.state
    icon = "circle-slash" if state is PaperState.REVOKED else ""
    return StateMark(gettext(LABELS[state]), TONES[state], icon)
