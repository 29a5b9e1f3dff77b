"""What the reporter of a case was told: whoever handles it sees what did not arrive, and tells them otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhicheng.cases.models import SUBJECT
from zhicheng.core.access import OUTSIDE, Actor
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.notices.api import (
    CHANNELS,
    STANDINGS,
    Channel,
    Notice,
    RecipientKind,
    Standing,
    known_steps,
    list_notices_about,
    standing_of,
)
from zhicheng.ground.ui.marks import StateMark, Tone
from zhicheng.ground.ui.panels import Panel
from zhicheng.ground.ui.templatetags.house import words_of

MOST = 30
_TONES = {
    Standing.WAITING: Tone.ACTIVE, Standing.LATER: Tone.WAITING, Standing.SENT: Tone.DONE,
    Standing.GIVEN_UP: Tone.WRONG, Standing.DROPPED: Tone.NEUTRAL,
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One notice to the reporter: of which step, by what, how it stands, and whether somebody has to tell them."""

    notice: Notice
    step: str
    channel: str
    mark: StateMark
    missed: bool


def told_panel() -> Panel:
    """The panel of a case."""
    return Panel("told", words("What the reporter was told"), "cases/_told.html", _context, place=8)


def notice_mark(standing: Standing) -> StateMark:
    """A standing as word, icon and colour."""
    return StateMark(words_of(STANDINGS[standing]), _TONES[standing])


def _context(actor: Actor, case_id: int) -> Mapping[str, Any] | None:
    if all(reach.role in OUTSIDE for reach in actor.reaches):
        return None
    told = list_notices_about((SUBJECT, case_id)).filter(recipient_kind=RecipientKind.CONTACT)[:MOST]
    rows = [_told(one) for one in told]
    return {"rows": rows} if rows else None


def _told(notice: Notice) -> Told:
    standing = standing_of(notice, clock.now())
    step = known_steps().get(notice.process, {}).get(notice.step, "")
    return Told(
        notice, words_of(step), words_of(CHANNELS[Channel(notice.channel)]), notice_mark(standing),
        missed=notice.obliged and standing is Standing.GIVEN_UP,
    )  # fmt: skip
