"""The traffic light of a clock: yellow from one working day before the last day, red on day one overdue.

>>> from zhicheng.core.clock.calendar import ChineseCalendar
>>> due = datetime(2026, 10, 8, 23, 59, 59, 999999, LOCAL)
>>> [str(signal(due, datetime(2026, month, day, 9, tzinfo=LOCAL), ChineseCalendar()))
...     for month, day in ((9, 29), (9, 30), (10, 8), (10, 9))]
['green', 'yellow', 'yellow', 'red']
"""

from datetime import date, datetime
from enum import StrEnum

from zhicheng.core.clock.calendar import UnknownYear, WorkingCalendar
from zhicheng.core.clock.due import LOCAL, ONE_DAY, local

__all__ = ["LOCAL", "Signal", "remaining_working_days", "signal"]


class Signal(StrEnum):
    """How a clock stands."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"


def signal(due_at: datetime | None, now: datetime, calendar: WorkingCalendar) -> Signal:
    """Red once `due_at` has passed, yellow from the start of the working day before its day, else green.

    Where the working days before it are unknown, the day before does for the working day.
    `due_at` is None while the clock stands. A limit of hours that ends within a day is yellow from the start.
    """
    if due_at is None:
        return Signal.PAUSED
    if local(now) > due_at:
        return Signal.RED
    last_on = local(due_at).date()
    try:
        warned_on = _working_day_before(last_on, calendar)
    except UnknownYear:
        warned_on = last_on - ONE_DAY
    return Signal.YELLOW if local(now).date() >= warned_on else Signal.GREEN


def remaining_working_days(due_at: datetime, now: datetime, calendar: WorkingCalendar) -> int:
    """Working days after today up to the last day: 0 on the last day itself, negative once it is past.

    A negative number counts the working days gone by since, so that it stays 0 over a weekend: whether the
    limit is kept is for `signal` to say. Raises UnknownYear if there is an unknown year between.
    """
    today, last_on = local(now).date(), local(due_at).date()
    if today <= last_on:
        return _working_days_between(today, last_on, calendar)
    return -_working_days_between(last_on, today, calendar)


def _working_days_between(day: date, last_on: date, calendar: WorkingCalendar) -> int:
    """Working days after `day` up to and including `last_on`."""
    count = 0
    while day < last_on:
        day += ONE_DAY
        count += calendar.is_working_day(day)
    return count


def _working_day_before(day: date, calendar: WorkingCalendar) -> date:
    day -= ONE_DAY
    while not calendar.is_working_day(day):
        day -= ONE_DAY
    return day
