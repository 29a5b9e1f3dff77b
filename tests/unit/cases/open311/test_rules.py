"""From when to when requests are listed."""

from datetime import UTC, datetime, timedelta

import pytest

from zhicheng.cases.open311.rules import LONGEST_SPAN, window
from zhicheng.core.refused import Refused

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, (NOW - LONGEST_SPAN, NOW)),
        (NOW - 200 * DAY, None, (NOW - 200 * DAY, NOW - 110 * DAY)),
        (None, NOW - 100 * DAY, (NOW - 190 * DAY, NOW - 100 * DAY)),
        (NOW - 90 * DAY, NOW, (NOW - 90 * DAY, NOW)),
        (NOW, NOW, (NOW, NOW)),
    ],
)
def test_what_is_not_said_is_ninety_days(
    since: datetime | None, until: datetime | None, expected: tuple[datetime, datetime]
) -> None:
    assert window(since, until, NOW) == expected


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [(NOW - 91 * DAY, NOW, "at most 90 days"), (NOW, NOW - DAY, "“end_date” is before “start_date”")],
)
def test_a_span_that_is_none(since: datetime, until: datetime, told: str) -> None:
    with pytest.raises(Refused, match=told):
        window(since, until, NOW)


@pytest.mark.parametrize("edge", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_edges_of_the_calendar(edge: datetime) -> None:
    assert window(None, edge, NOW)[1] == edge
    assert window(edge, None, NOW)[0] == edge
