"""What a list or a record shows as word + icon + colour: a state and a clock."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from zhicheng.core.clock import Signal, UnknownYear, WorkingCalendar, remaining_working_days, signal
from zhicheng.ground.ui.templatetags.house import day


class Tone(StrEnum):
    """The colours of the house by what they mean."""

    NEUTRAL = "neutral"
    ACTIVE = "active"
    WAITING = "waiting"
    DONE = "done"
    YELLOW = "yellow"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class StateMark:
    """A state or a remark: `label` in the reader's language; `icon` where the tone's own does not fit."""

    label: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


@dataclass(frozen=True, slots=True)
class ClockMark:
    """How a record stands against its limit; `tone` is green, yellow, red, paused or done."""

    tone: str
    text: str = ""
    due_at: datetime | None = None

    @property
    def due(self) -> str:
        """The last day as pages write it."""
        return day(self.due_at) if self.due_at else ""

    @property
    def at(self) -> str:
        """The same moment for machines, to the second: clocks end with a day, so few values cover a list."""
        return timezone.localtime(self.due_at).isoformat(timespec="seconds") if self.due_at else ""


def clock_mark(
    due_at: datetime | None, now: datetime, calendar: WorkingCalendar, *, paused: bool = False
) -> ClockMark | None:
    """The mark of a clock that ends at `due_at`; None where no clock runs and none is paused.

    The date alone where the working days until then are unknown.
    """
    if paused:
        return ClockMark(str(Signal.PAUSED))
    if due_at is None:
        return None
    light = signal(due_at, now, calendar)
    try:
        days = remaining_working_days(due_at, now, calendar)
    except UnknownYear:
        return ClockMark(str(light), "", due_at)
    return ClockMark(str(light), _distance(light, days), due_at)


def _distance(light: Signal, days: int) -> str:
    """`days` as core.clock counts them: 0 on the last day, and also over a weekend after it."""
    if light is Signal.RED:
        over = -days
        if over == 0:
            return gettext("since the last working day")
        return ngettext("by %(days)d working day", "by %(days)d working days", over) % {"days": over}
    if days == 0:
        return gettext("last day today")
    return ngettext("%(days)d working day left", "%(days)d working days left", days) % {"days": days}
