"""When a limit runs out.

Days are days in China. The day something starts is not counted (民法典 §201, recalled). A limit of days ends
with the last microsecond of its last day, 23:59:59.999999, so that the date of the due time is the last day
and anything later is overdue. Hours run exactly, day and night.

A pause stops the clock. For days, the day a pause starts is not counted and the day it ends is; a pause that
ends on the day it started therefore changes nothing. For hours, the due time moves by exactly the time
paused. Years end on the day of the same date, and cannot be paused. While a pause is open the clock stands:
there is no due time, unless the limit had already run out before the pause began, for a lapsed limit cannot be
hidden by pausing it.

>>> from zhicheng.core.clock.calendar import ChineseCalendar
>>> from zhicheng.core.clock.limit import Citation, InForce
>>> retest = Limit(key="retest", amount=4, unit=Unit.HOURS, citation=Citation("农产品质量安全法 §51", True),
...     in_force=InForce(date(2023, 1, 1)))
>>> due_at(datetime(2026, 11, 23, 8, 30, tzinfo=LOCAL), retest, ChineseCalendar()).isoformat()
'2026-11-23T12:30:00+08:00'
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from zhicheng.core.clock.calendar import WorkingCalendar
from zhicheng.core.clock.limit import Limit, Roll, Unit
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

LOCAL = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time during which the clock stands; still open if `until_at` is None. Both times are aware."""

    from_at: datetime
    until_at: datetime | None = None

    def __post_init__(self) -> None:
        local(self.from_at)
        if self.until_at is not None and local(self.until_at) < self.from_at:
            raise Refused(
                words("A pause from {from_at} cannot end before it, at {until_at}"),
                from_at=self.from_at.isoformat(),
                until_at=self.until_at.isoformat(),
            )

    def covers(self, day: date) -> bool:
        """Whether the pause keeps that day from being counted."""
        if day < local(self.from_at).date():
            return False
        return self.until_at is None or day < local(self.until_at).date()


def local(moment: datetime) -> datetime:
    """`moment` on the clocks of China. Raises ValueError if it names no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} names no time zone: an aware time was expected")
    return moment.astimezone(LOCAL)


def due_at(
    started_at: datetime, limit: Limit, calendar: WorkingCalendar, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """The last moment at which `limit` is kept, in China's time; None while an open pause stops the clock.

    `pauses` may overlap and come in any order. Raises UnknownYear if the days run into an unknown year, and
    Refused if a limit of years is to be paused or one of times to run.
    """
    if limit.unit is Unit.HOURS:
        return _due_in_hours(local(started_at), limit.amount, pauses)
    if limit.unit is Unit.TIMES:
        raise Refused(words("Limit “{key}” counts times, which run to no day"), key=limit.key)
    if limit.unit is Unit.YEARS:
        if pauses:
            raise Refused(words("Limit “{key}” counts years, which cannot be paused"), key=limit.key)
        return datetime.combine(years_later(local(started_at).date(), limit.amount), time.max, LOCAL)
    last_on = _last_day(local(started_at).date(), limit, calendar, pauses)
    return None if last_on is None else datetime.combine(last_on, time.max, LOCAL)


def years_later(day: date, years: int) -> date:
    """The day of the same date so many years later; of 29 February the 28th where there is no other.

    >>> years_later(date(2026, 12, 31), 10), years_later(date(2024, 2, 29), 10)
    (datetime.date(2036, 12, 31), datetime.date(2034, 2, 28))
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _last_day(day: date, limit: Limit, calendar: WorkingCalendar, pauses: Sequence[Pause]) -> date | None:
    remaining = limit.amount
    while True:
        day += ONE_DAY
        covering = [pause for pause in pauses if pause.covers(day)]
        if any(pause.until_at is None for pause in covering):
            return None
        if covering:
            continue
        if limit.unit is Unit.CALENDAR_DAYS or calendar.is_working_day(day):
            remaining -= 1
        if remaining <= 0 and (limit.roll is Roll.NONE or calendar.is_working_day(day)):
            return day


def _due_in_hours(started_at: datetime, hours: int, pauses: Sequence[Pause]) -> datetime | None:
    """Sweeps the pauses in order; times are added in UTC, where an hour is always an hour."""
    ran_until = started_at.astimezone(UTC)
    due = ran_until + timedelta(hours=hours)
    for pause in sorted(pauses, key=lambda pause: pause.from_at):
        if pause.from_at >= due:
            break
        if pause.until_at is None:
            return None
        until = pause.until_at.astimezone(UTC)
        stood_from = max(pause.from_at.astimezone(UTC), ran_until)
        due += max(until - stood_from, timedelta(0))
        ran_until = max(until, ran_until)
    return local(due)
