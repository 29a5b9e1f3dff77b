from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.clock import LOCAL, ChineseCalendar, Signal, remaining_working_days, signal

CALENDAR = ChineseCalendar()
moments = st.datetimes(datetime(2010, 1, 1), datetime(2025, 12, 31), timezones=st.just(LOCAL))  # noqa: DTZ001


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def end_of(day: str) -> datetime:
    return at(f"{day}T23:59:59.999999")


@pytest.mark.parametrize(
    ("due", "now", "expected"),
    [
        ("2026-11-25", "2026-11-23T23:59:59", Signal.GREEN),
        ("2026-11-25", "2026-11-24T00:00", Signal.YELLOW),
        ("2026-11-25", "2026-11-25T23:59:59.999999", Signal.YELLOW),
        ("2026-11-25", "2026-11-26T00:00", Signal.RED),
        ("2026-11-30", "2026-11-26T12:00", Signal.GREEN),
        ("2026-11-30", "2026-11-27T12:00", Signal.YELLOW),
        ("2026-11-30", "2026-11-28T12:00", Signal.YELLOW),
        ("2026-11-28", "2026-11-26T12:00", Signal.GREEN),
        ("2026-11-28", "2026-11-27T12:00", Signal.YELLOW),
        ("2026-11-28", "2026-11-29T12:00", Signal.RED),
        ("2026-10-08", "2026-09-29T12:00", Signal.GREEN),
        ("2026-10-08", "2026-09-30T12:00", Signal.YELLOW),
        ("2026-10-12", "2026-10-09T12:00", Signal.GREEN),
        ("2026-10-12", "2026-10-10T12:00", Signal.YELLOW),
    ],
)
def test_yellow_from_one_working_day_before_and_red_from_day_one_overdue(
    due: str, now: str, expected: Signal
) -> None:
    assert signal(end_of(due), at(now), CALENDAR) is expected


def test_a_standing_clock_is_neither() -> None:
    assert signal(None, at("2026-11-23T12:00"), CALENDAR) is Signal.PAUSED


def test_a_limit_of_hours_is_yellow_from_the_start_and_red_on_the_minute() -> None:
    due = at("2026-11-23T12:00")
    assert signal(due, at("2026-11-23T08:00"), CALENDAR) is Signal.YELLOW
    assert signal(due, due, CALENDAR) is Signal.YELLOW
    assert signal(due, due + timedelta(microseconds=1), CALENDAR) is Signal.RED


@pytest.mark.parametrize(
    ("due", "now", "expected"),
    [
        ("2026-11-25", "2026-11-23T12:00", 2),
        ("2026-11-25", "2026-11-25T23:00", 0),
        ("2026-11-30", "2026-11-27T12:00", 1),
        ("2026-11-27", "2026-11-28T12:00", 0),
        ("2026-11-27", "2026-11-30T12:00", -1),
        ("2026-10-12", "2026-09-30T12:00", 4),
        ("2026-09-30", "2026-10-12T12:00", -4),
    ],
)
def test_remaining_working_days(due: str, now: str, expected: int) -> None:
    assert remaining_working_days(end_of(due), at(now), CALENDAR) == expected


@given(moments, moments, moments)
def test_time_only_runs_one_way(due: datetime, one: datetime, other: datetime) -> None:
    order = [Signal.GREEN, Signal.YELLOW, Signal.RED]
    now, later = sorted([one, other])
    assert order.index(signal(due, now, CALENDAR)) <= order.index(signal(due, later, CALENDAR))
    assert remaining_working_days(due, now, CALENDAR) >= remaining_working_days(due, later, CALENDAR)


@given(moments, moments)
def test_green_means_that_a_working_day_is_left(due: datetime, now: datetime) -> None:
    if signal(due, now, CALENDAR) is Signal.GREEN:
        assert remaining_working_days(due, now, CALENDAR) >= 1


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="names no time zone"):
        signal(end_of("2026-11-25"), datetime(2026, 11, 23), CALENDAR)  # noqa: DTZ001 - the mistake under test
