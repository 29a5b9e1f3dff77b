"""Signs are counts over twelve months; none says anything about one complaint."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.cases.signs.rules import (
    BURST,
    FEWEST_TERMS,
    MANY_ALIKE,
    MANY_AT_ONCE,
    MANY_COMPLAINTS,
    MANY_TRADERS,
    WINDOW,
    Told,
    signs_of,
)

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NOTHING: frozenset[str] = frozenset()


def told(days: float, against: str = "", terms: frozenset[str] = NOTHING) -> Told:
    return Told(AT - timedelta(days=days), against, terms)


def counts(*earlier: Told, now: Told | None = None) -> dict[str, int]:
    return {sign.label: sign.count for sign in signs_of(now or told(0), earlier)}


@pytest.mark.parametrize(
    ("label", "least", "make"),
    [
        ("{count} complaints in twelve months", MANY_COMPLAINTS, lambda n: told(10 * n + 10)),
        ("against {count} traders", MANY_TRADERS, lambda n: told(20 * n + 20, f"商家{n}")),
        ("{count} within seven days", MANY_AT_ONCE, lambda n: told(n)),
    ],
)
def test_each_sign_begins_at_its_threshold(label: str, least: int, make):
    now = told(0, "商家")
    assert label not in counts(*(make(n) for n in range(least - 2)), now=now)
    assert counts(*(make(n) for n in range(least - 1)), now=now)[label] == least


def test_texts_worded_alike_are_counted_and_short_ones_prove_nothing():
    terms = frozenset(f"词{n}" for n in range(FEWEST_TERMS))
    others = [told(30 * n, terms=terms | {f"别{n}"}) for n in range(1, MANY_ALIKE)]
    assert counts(*others, now=told(0, terms=terms)) == {"{count} worded alike": MANY_ALIKE}
    short = frozenset(list(terms)[:-1])
    assert counts(*(told(30 * n, terms=short) for n in range(1, 9)), now=told(0, terms=short)) == {}


def test_what_is_older_than_twelve_months_or_later_does_not_count():
    old = [told(WINDOW.days + n, f"商家{n}") for n in range(20)]
    later = [told(-n - 1, f"商家{n}") for n in range(20)]
    assert counts(*old, *later) == {}


@given(st.lists(st.floats(0, WINDOW.days - 1), max_size=30))
def test_a_burst_is_never_more_than_all_and_a_sign_never_below_its_threshold(days: list[float]):
    signs = signs_of(told(0), [told(one) for one in days])
    assert all(sign.threshold <= sign.count <= len(days) + 1 for sign in signs)
    within = sum(one <= BURST.days for one in days) + 1
    burst = next((sign.count for sign in signs if "seven days" in sign.label), 0)
    assert burst >= within or within < MANY_AT_ONCE
