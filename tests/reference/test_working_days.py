"""The working days of 2026 against the State Council's holiday notice for 2026, entered here by hand."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday

from zhicheng.core.clock import ChineseCalendar, UnknownYear

CALENDAR = ChineseCalendar()
MAKE_UP_DAYS_2026 = [
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
]
HOLIDAYS_2026 = {
    "元旦": (date(2026, 1, 1), date(2026, 1, 3)),
    "春节": (date(2026, 2, 15), date(2026, 2, 23)),
    "清明节": (date(2026, 4, 4), date(2026, 4, 6)),
    "劳动节": (date(2026, 5, 1), date(2026, 5, 5)),
    "端午节": (date(2026, 6, 19), date(2026, 6, 21)),
    "中秋节": (date(2026, 9, 25), date(2026, 9, 27)),
    "国庆节": (date(2026, 10, 1), date(2026, 10, 7)),
}


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def test_2026_has_248_working_days() -> None:
    year = days(date(2026, 1, 1), date(2026, 12, 31))
    assert sum(map(CALENDAR.is_working_day, year)) == 248


def test_every_day_of_2026_is_as_the_notice_says() -> None:
    off = {day for first, last in HOLIDAYS_2026.values() for day in days(first, last)}
    for day in days(date(2026, 1, 1), date(2026, 12, 31)):
        expected = day in MAKE_UP_DAYS_2026 or (day.weekday() < 5 and day not in off)
        assert CALENDAR.is_working_day(day) is expected, day


def test_the_make_up_days_of_2026_are_at_weekends() -> None:
    assert all(day.weekday() >= 5 and CALENDAR.is_working_day(day) for day in MAKE_UP_DAYS_2026)


def test_every_year_of_the_library_is_taken_over_day_by_day() -> None:
    for day in days(date(2004, 1, 1), date(2026, 12, 31)):
        assert CALENDAR.is_working_day(day) is is_workday(day), day


@pytest.mark.parametrize("year", [2003, 2027])
def test_years_outside_the_library_are_refused(year: int) -> None:
    with pytest.raises(UnknownYear, match=str(year)):
        CALENDAR.is_working_day(date(year, 1, 4))
