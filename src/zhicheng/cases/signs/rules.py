"""What in the earlier complaints of one number points to somebody who claims as a business (职业索赔).

Order 121 §16 (3) lets a complaint be rejected that is not about goods bought for daily life. How often somebody
complains proves nothing of the kind: whoever decides is shown the pattern, and decides by the law's grounds.
The thresholds are a sample, which no rule states.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhicheng.core.words import words

WINDOW = timedelta(days=365)
BURST = timedelta(days=7)
MANY_COMPLAINTS, MANY_TRADERS, MANY_ALIKE, MANY_AT_ONCE = 10, 5, 5, 5
SAME_WORDING = 0.6
"""The share of the shorter text's terms from which two complaints count as worded alike."""
FEWEST_TERMS = 8


@dataclass(frozen=True)
class Told:
    """One complaint of the number: when, against whom (a name as it was written), and the terms of its text."""

    at: datetime
    against: str
    terms: frozenset[str]


@dataclass(frozen=True)
class Sign:
    """One sign: a sentence with `{count}`, the count, and from how many on it is shown."""

    label: str
    count: int
    threshold: int


def signs_of(told: Told, earlier: Sequence[Told]) -> tuple[Sign, ...]:
    """The signs that the complaint and those of the twelve months before it make together; none is the usual case.

    >>> from datetime import UTC
    >>> day = datetime(2026, 11, 23, tzinfo=UTC)
    >>> one = Told(day, "某超市", frozenset())
    >>> before = [Told(day - timedelta(days=n), "某超市", frozenset()) for n in range(4)]
    >>> [sign.count for sign in signs_of(one, before)]
    [5]
    """
    within = [one for one in earlier if told.at - WINDOW < one.at <= told.at]
    traders = {one.against for one in [*within, told] if one.against}
    counts = (
        (words("{count} complaints in twelve months"), len(within) + 1, MANY_COMPLAINTS),
        (words("against {count} traders"), len(traders), MANY_TRADERS),
        (words("{count} worded alike"), 1 + sum(_alike(told, one) for one in within), MANY_ALIKE),
        (
            words("{count} within seven days"),
            _most_within(BURST, [told.at, *(one.at for one in within)]),
            MANY_AT_ONCE,
        ),
    )
    return tuple(Sign(label, count, least) for label, count, least in counts if count >= least)


def _alike(one: Told, other: Told) -> bool:
    shorter = min(len(one.terms), len(other.terms))
    return shorter >= FEWEST_TERMS and len(one.terms & other.terms) >= SAME_WORDING * shorter


def _most_within(window: timedelta, moments: Sequence[datetime]) -> int:
    """The most moments that lie within one window."""
    in_order, first, most = sorted(moments), 0, 0
    for place, moment in enumerate(in_order):
        while moment - in_order[first] > window:
            first += 1
        most = max(most, place - first + 1)
    return most
