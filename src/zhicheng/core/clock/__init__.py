"""Limits as data, working days, pauses, due times and their traffic lights.

>>> from datetime import UTC, date, datetime
>>> accept = Limit(key="complaint.accept", amount=7, unit=Unit.WORKING_DAYS,
...     citation=Citation("令20号 §14", verified=True), in_force=InForce(date(2020, 1, 1)))
>>> due_at(datetime(2026, 9, 24, 2, tzinfo=UTC), accept, ChineseCalendar()).isoformat()
'2026-10-12T23:59:59.999999+08:00'
"""

from zhicheng.core.clock.calendar import (
    CalendarError,
    CalendarYear,
    ChineseCalendar,
    UnknownYear,
    WorkingCalendar,
    last_known_day,
    missing_year,
    wanted_years,
)
from zhicheng.core.clock.due import LOCAL, Pause, due_at
from zhicheng.core.clock.limit import (
    Citation,
    InForce,
    Limit,
    LimitError,
    MissingLimit,
    Roll,
    Unit,
    limit_in_force,
)
from zhicheng.core.clock.signals import Signal, remaining_working_days, signal

__all__ = [
    "LOCAL",
    "CalendarError",
    "CalendarYear",
    "ChineseCalendar",
    "Citation",
    "InForce",
    "Limit",
    "LimitError",
    "MissingLimit",
    "Pause",
    "Roll",
    "Signal",
    "Unit",
    "UnknownYear",
    "WorkingCalendar",
    "due_at",
    "last_known_day",
    "limit_in_force",
    "missing_year",
    "remaining_working_days",
    "signal",
    "wanted_years",
]
