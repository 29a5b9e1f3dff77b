"""Worked examples; the laws that hold for all of them are in test_due_properties."""

from datetime import UTC, date, datetime, timedelta

import pytest

from zhicheng.core.clock import (
    LOCAL,
    ChineseCalendar,
    Citation,
    InForce,
    Limit,
    Pause,
    Roll,
    Unit,
    UnknownYear,
    due_at,
)
from zhicheng.core.refused import Refused

CALENDAR = ChineseCalendar()


PAUSED = [unit for unit in Unit if unit not in (Unit.YEARS, Unit.TIMES)]


def limit(amount: int, unit: Unit, roll: Roll = Roll.NONE) -> Limit:
    citation, in_force = Citation("§1", verified=True), InForce(date(2000, 1, 1))
    return Limit(key="test", amount=amount, unit=unit, roll=roll, citation=citation, in_force=in_force)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def last_day(started: str, of: Limit, *pauses: Pause) -> str | None:
    due = due_at(at(started), of, CALENDAR, pauses)
    return due.date().isoformat() if due else None


@pytest.mark.parametrize(
    ("started", "amount", "expected"),
    [
        ("2026-11-23T00:00", 1, "2026-11-24"),
        ("2026-11-23T23:59", 1, "2026-11-24"),
        ("2026-11-27T10:00", 1, "2026-11-30"),
        ("2026-11-28T10:00", 1, "2026-11-30"),
        ("2026-09-30T10:00", 1, "2026-10-08"),
        ("2026-09-30T10:00", 3, "2026-10-10"),
        ("2026-02-13T10:00", 1, "2026-02-14"),
        ("2026-02-14T10:00", 4, "2026-02-27"),
        ("2026-02-14T10:00", 5, "2026-02-28"),
        ("2025-12-31T10:00", 1, "2026-01-04"),
    ],
)
def test_working_days_know_weekends_holidays_and_make_up_days(started: str, amount: int, expected: str) -> None:
    assert last_day(started, limit(amount, Unit.WORKING_DAYS)) == expected


@pytest.mark.parametrize(
    ("started", "amount", "roll", "expected"),
    [
        ("2026-11-23T10:00", 5, Roll.NONE, "2026-11-28"),
        ("2026-11-23T10:00", 5, Roll.FORWARD, "2026-11-30"),
        ("2026-11-23T10:00", 4, Roll.FORWARD, "2026-11-27"),
        ("2026-09-16T10:00", 15, Roll.FORWARD, "2026-10-08"),
        ("2026-10-03T10:00", 7, Roll.FORWARD, "2026-10-10"),
        ("2026-10-01T10:00", 60, Roll.NONE, "2026-11-30"),
    ],
)
def test_calendar_days_count_every_day_and_roll_if_told(
    started: str, amount: int, roll: Roll, expected: str
) -> None:
    assert last_day(started, limit(amount, Unit.CALENDAR_DAYS, roll)) == expected


def test_a_limit_of_days_ends_with_its_last_microsecond_in_china() -> None:
    due = due_at(at("2026-11-23T10:00"), limit(1, Unit.WORKING_DAYS), CALENDAR)
    assert due is not None
    assert due.isoformat() == "2026-11-24T23:59:59.999999+08:00"
    assert due + timedelta(microseconds=1) == at("2026-11-25T00:00")


def test_the_day_of_the_event_is_the_day_in_china() -> None:
    before_midnight_utc = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    due = due_at(before_midnight_utc, limit(1, Unit.WORKING_DAYS), CALENDAR)
    assert due is not None
    assert due.date() == date(2026, 11, 25)


def test_hours_run_through_nights_and_holidays() -> None:
    assert due_at(at("2026-09-30T22:30"), limit(4, Unit.HOURS), CALENDAR) == at("2026-10-01T02:30")
    assert due_at(at("2026-12-31T22:30"), limit(4, Unit.HOURS), CALENDAR) == at("2027-01-01T02:30")


def test_calendar_days_ask_the_calendar_only_to_roll() -> None:
    assert last_day("2026-12-31T10:00", limit(5, Unit.CALENDAR_DAYS)) == "2027-01-05"
    with pytest.raises(UnknownYear, match="2027"):
        last_day("2026-12-31T10:00", limit(5, Unit.CALENDAR_DAYS, Roll.FORWARD))


@pytest.mark.parametrize(
    ("paused", "resumed", "expected"),
    [
        ("2026-11-24T10:00", "2026-11-24T17:00", "2026-11-26"),
        ("2026-11-24T10:00", "2026-11-25T09:00", "2026-11-27"),
        ("2026-11-24T23:59", "2026-11-25T00:00", "2026-11-27"),
        ("2026-11-26T10:00", "2026-11-27T09:00", "2026-11-27"),
        ("2026-11-27T10:00", "2026-11-30T09:00", "2026-11-26"),
        ("2026-11-20T10:00", "2026-11-24T09:00", "2026-11-26"),
        ("2026-11-20T10:00", "2026-11-25T09:00", "2026-11-27"),
        ("2026-11-23T10:00", "2026-11-24T09:00", "2026-11-26"),
    ],
)
def test_the_day_a_pause_starts_is_not_counted_and_the_day_it_ends_is(
    paused: str, resumed: str, expected: str
) -> None:
    three = limit(3, Unit.WORKING_DAYS)
    assert last_day("2026-11-23T10:00", three) == "2026-11-26"
    assert last_day("2026-11-23T10:00", three, Pause(at(paused), at(resumed))) == expected


def test_a_rolled_limit_does_not_end_on_a_paused_day() -> None:
    rolling = limit(5, Unit.CALENDAR_DAYS, Roll.FORWARD)
    pause = Pause(at("2026-11-30T09:00"), at("2026-12-02T09:00"))
    assert last_day("2026-11-23T10:00", rolling, pause) == "2026-12-02"


@pytest.mark.parametrize("unit", PAUSED)
def test_an_open_pause_stops_the_clock(unit: Unit) -> None:
    assert due_at(at("2026-11-23T10:00"), limit(3, unit), CALENDAR, [Pause(at("2026-11-23T11:00"))]) is None


@pytest.mark.parametrize("unit", PAUSED)
def test_a_lapsed_limit_cannot_be_hidden_by_a_pause(unit: Unit) -> None:
    started, three = at("2026-11-23T10:00"), limit(3, unit)
    assert due_at(started, three, CALENDAR, [Pause(at("2026-11-27T00:00"))]) == due_at(started, three, CALENDAR)


def test_hours_move_by_exactly_the_time_paused() -> None:
    first = Pause(at("2026-11-23T09:00"), at("2026-11-23T10:15"))
    overlapping = Pause(at("2026-11-23T10:00"), at("2026-11-23T11:00"))
    within = Pause(at("2026-11-23T09:30"), at("2026-11-23T09:45"))
    before = Pause(at("2026-11-23T06:00"), at("2026-11-23T08:30"))
    after = Pause(at("2026-11-23T15:00"), at("2026-11-23T16:00"))
    pauses = [after, overlapping, within, first, before]
    assert due_at(at("2026-11-23T08:00"), limit(4, Unit.HOURS), CALENDAR, pauses) == at("2026-11-23T14:30")


def test_a_pause_cannot_end_before_it_starts() -> None:
    with pytest.raises(Refused, match="cannot end before it, at 2026-11-23T09:00"):
        Pause(at("2026-11-23T10:00"), at("2026-11-23T09:00"))


def test_times_without_a_zone_are_refused() -> None:
    naive = datetime(2026, 11, 23, 10)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(ValueError, match="names no time zone"):
        due_at(naive, limit(1, Unit.HOURS), CALENDAR)
    with pytest.raises(ValueError, match="names no time zone"):
        Pause(naive)
    with pytest.raises(ValueError, match="names no time zone"):
        Pause(at("2026-11-23T09:00"), naive)


@pytest.mark.parametrize(
    ("started", "years", "expected"),
    [
        ("2026-12-31T10:00", 10, "2036-12-31"),
        ("2024-02-29T10:00", 4, "2028-02-29"),
        ("2024-02-29T10:00", 1, "2025-02-28"),
    ],
)
def test_years_end_on_the_same_date(started: str, years: int, expected: str) -> None:
    assert last_day(started, limit(years, Unit.YEARS)) == expected


def test_years_cannot_be_paused() -> None:
    with pytest.raises(Refused, match="counts years"):
        due_at(at("2026-11-23T10:00"), limit(1, Unit.YEARS), CALENDAR, [Pause(at("2026-11-24T10:00"))])


def test_times_run_to_no_day() -> None:
    with pytest.raises(Refused, match="counts times"):
        due_at(at("2026-11-23T10:00"), limit(5, Unit.TIMES), CALENDAR)
