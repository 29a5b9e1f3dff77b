"""What holds for every limit, start and pause."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.clock import LOCAL, ChineseCalendar, Citation, InForce, Limit, Pause, Roll, Unit, due_at

CALENDAR = ChineseCalendar()
DAY = timedelta(days=1)
moments = st.datetimes(datetime(2010, 1, 1), datetime(2024, 12, 31), timezones=st.just(LOCAL))  # noqa: DTZ001


def _limit(amount: int, unit: Unit, roll: Roll) -> Limit:
    in_force, citation = InForce(date(2000, 1, 1)), Citation("§1", verified=False)
    roll = roll if unit is Unit.CALENDAR_DAYS else Roll.NONE
    return Limit(key="test", amount=amount, unit=unit, roll=roll, citation=citation, in_force=in_force)


amounts = st.integers(1, 60)
PAUSED = [unit for unit in Unit if unit not in (Unit.YEARS, Unit.TIMES)]
limits = st.builds(_limit, amounts, st.sampled_from(PAUSED), st.sampled_from(Roll))
working_limits = st.builds(_limit, amounts, st.just(Unit.WORKING_DAYS), st.just(Roll.NONE))


@st.composite
def pauses_near(draw: st.DrawFn, started_at: datetime) -> list[Pause]:
    hours = st.integers(-100, 1000)
    return [
        Pause(started_at + timedelta(hours=begin), started_at + timedelta(hours=begin + abs(length)))
        for begin, length in draw(st.lists(st.tuples(hours, st.integers(0, 200)), max_size=4))
    ]


def due(started_at: datetime, limit: Limit, pauses: list[Pause] | None = None) -> datetime:
    found = due_at(started_at, limit, CALENDAR, pauses or [])
    assert found is not None
    return found


def working_days_after(day: date, count: int) -> date:
    while count:
        day += DAY
        count -= CALENDAR.is_working_day(day)
    return day


@given(moments, limits, st.data())
def test_a_later_start_is_never_due_earlier(started_at: datetime, limit: Limit, data: st.DataObject) -> None:
    later = started_at + timedelta(minutes=data.draw(st.integers(0, 100_000)))
    pauses = data.draw(pauses_near(started_at))
    assert due(started_at, limit, pauses) <= due(later, limit, pauses)


@given(moments, limits, st.data())
def test_pauses_never_make_it_earlier_whatever_their_order(
    started_at: datetime, limit: Limit, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_near(started_at))
    paused = due(started_at, limit, pauses)
    assert paused >= due(started_at, limit, pauses[1:]) >= due(started_at, limit)
    assert paused == due(started_at, limit, data.draw(st.permutations(pauses)))
    assert paused == due(started_at, limit, pauses + pauses)


@given(moments, limits, st.data())
def test_an_extension_is_never_due_earlier(started_at: datetime, limit: Limit, data: st.DataObject) -> None:
    pauses = data.draw(pauses_near(started_at))
    assert due(started_at, limit, pauses) <= due(started_at, limit.extended(by=3), pauses)


@given(moments, limits, st.data())
def test_days_end_on_a_working_unpaused_day_after_the_start(
    started_at: datetime, limit: Limit, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_near(started_at))
    end = due(started_at, limit, pauses)
    assert end > started_at
    if limit.unit is Unit.HOURS:
        return
    assert end.timetz() == time.max.replace(tzinfo=LOCAL)
    assert end.date() > started_at.date()
    assert not any(pause.covers(end.date()) for pause in pauses)
    if limit.unit is Unit.WORKING_DAYS or limit.roll is Roll.FORWARD:
        assert CALENDAR.is_working_day(end.date())


@given(moments, working_limits)
def test_exactly_the_amount_of_working_days_lies_in_it(started_at: datetime, limit: Limit) -> None:
    end = due(started_at, limit).date()
    days = [started_at.date() + n * DAY for n in range(1, (end - started_at.date()).days + 1)]
    assert sum(CALENDAR.is_working_day(day) for day in days) == limit.amount


@given(moments, working_limits, st.data())
def test_a_pause_of_k_working_days_moves_it_by_exactly_k(
    started_at: datetime, limit: Limit, data: st.DataObject
) -> None:
    unpaused = due(started_at, limit).date()
    length = data.draw(st.integers(1, 30), label="k")
    paused_on = working_days_after(started_at.date(), data.draw(st.integers(1, limit.amount)))
    resumed_on = working_days_after(paused_on, length)
    hour = data.draw(st.times(), label="time of day")
    pause = Pause(datetime.combine(paused_on, hour, LOCAL), datetime.combine(resumed_on, hour, LOCAL))
    assert due(started_at, limit, [pause]).date() == working_days_after(unpaused, length)


@given(moments, limits, st.data())
def test_an_open_pause_stops_what_has_not_lapsed_and_nothing_else(
    started_at: datetime, limit: Limit, data: st.DataObject
) -> None:
    paused_at = started_at + timedelta(hours=data.draw(st.integers(0, 3000)))
    unpaused = due(started_at, limit)
    expected = None if paused_at < unpaused else unpaused
    assert due_at(started_at, limit, CALENDAR, [Pause(paused_at)]) == expected
