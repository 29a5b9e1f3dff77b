from datetime import date, datetime

import pytest

from zhicheng.core.clock import LOCAL, CalendarYear, ChineseCalendar, UnknownYear
from zhicheng.core.clock.calendar import CalendarError

NEW_YEAR, SATURDAY = date(2027, 1, 1), date(2027, 1, 9)
YEAR_2027 = CalendarYear(2027, holidays=frozenset({NEW_YEAR}), workdays=frozenset({SATURDAY}))


def test_an_unknown_year_is_an_error_that_names_the_key_to_fill() -> None:
    with pytest.raises(UnknownYear, match=r"working days of 2027 are unknown.*\[calendar\.2027\] in the pack"):
        ChineseCalendar().is_working_day(date(2027, 1, 4))
    assert not ChineseCalendar().knows(2027)


def test_a_pack_supplies_a_year_the_library_lacks() -> None:
    calendar = ChineseCalendar([YEAR_2027])
    assert calendar.knows(2027)
    assert not calendar.is_working_day(NEW_YEAR)
    assert calendar.is_working_day(SATURDAY)
    assert calendar.is_working_day(date(2027, 1, 4))
    assert not calendar.is_working_day(date(2027, 1, 10))
    assert calendar.is_working_day(date(2026, 10, 10)), "the library's years stay"


def test_a_pack_replaces_a_year_of_the_library_entirely() -> None:
    calendar = ChineseCalendar([CalendarYear(2026, holidays=frozenset(), workdays=frozenset())])
    assert calendar.is_working_day(date(2026, 10, 1))
    assert not calendar.is_working_day(date(2026, 10, 10))
    assert ChineseCalendar().is_working_day(date(2026, 10, 10)), "overrides do not leak into other calendars"


def test_the_data_of_a_year_must_agree() -> None:
    with pytest.raises(CalendarError, match="Calendar 2026: 2027-01-01 is in another year"):
        CalendarYear(2026, holidays=frozenset({NEW_YEAR}), workdays=frozenset())
    with pytest.raises(CalendarError, match="Calendar 2027: 2027-01-01 is both off and worked"):
        CalendarYear(2027, holidays=frozenset({NEW_YEAR}), workdays=frozenset({NEW_YEAR}))


def test_a_moment_is_not_a_day() -> None:
    with pytest.raises(TypeError, match="a date was expected"):
        ChineseCalendar().is_working_day(datetime(2026, 10, 1, tzinfo=LOCAL))
