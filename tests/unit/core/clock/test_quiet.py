"""Quiet hours: within a day, over midnight, and never longer than a day."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.clock import LOCAL
from zhicheng.core.clock.quiet import QuietHours

NIGHT = QuietHours(time(21), time(8))
HOURS = st.builds(QuietHours, st.times(), st.times())
SECONDS = st.integers(0, 100 * 366 * 86_400)
MOMENTS = st.builds(lambda s: datetime(2000, 1, 1, tzinfo=LOCAL) + timedelta(seconds=s), SECONDS)


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (at(20, 59), at(20, 59)),
        (at(21), at(8, day=24)),
        (at(23, 59), at(8, day=24)),
        (at(0), at(8)),
        (at(7, 59), at(8)),
        (at(8), at(8)),
    ],
)
def test_a_night_is_quiet_from_nine_to_eight(moment: datetime, until: datetime) -> None:
    assert NIGHT.until(moment) == until
    assert NIGHT.covers(moment) is (until != moment)


def test_a_moment_of_another_zone_is_read_on_the_city_s_clock() -> None:
    assert NIGHT.until(datetime(2026, 11, 23, 13, 0, tzinfo=UTC)) == at(8, day=24)
    assert not NIGHT.covers(datetime(2026, 11, 23, 12, 59, tzinfo=UTC))


def test_hours_within_a_day() -> None:
    noon = QuietHours(time(12), time(14))
    assert [noon.covers(at(hour)) for hour in (11, 12, 13, 14)] == [False, True, True, False]
    assert noon.until(at(13)) == at(14)


@given(st.times(), MOMENTS)
def test_the_same_time_twice_is_never_quiet(begin: time, moment: datetime) -> None:
    assert QuietHours(begin, begin).until(moment) == moment


@given(HOURS, MOMENTS)
def test_what_is_put_off_may_be_sent_then_and_soon(hours: QuietHours, moment: datetime) -> None:
    until = hours.until(moment)
    assert not hours.covers(until)
    assert timedelta() <= until - moment < timedelta(days=1)
    assert hours.until(until) == until


@given(HOURS, MOMENTS, st.floats(0, 1))
def test_all_the_time_before_is_quiet(hours: QuietHours, moment: datetime, share: float) -> None:
    until = hours.until(moment)
    between = moment + (until - moment) * share
    assert between == until or hours.covers(between)
