from fractions import Fraction
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.core.estimates.interval import IntervalError
from zhicheng.core.estimates.lots import lot_bounds, lot_interval
from zhicheng.core.estimates.proportions import Method, proportion_interval

unhurried = settings(deadline=None)
"""The distributions of SciPy take their time when they are first asked."""


@st.composite
def draws(draw: st.DrawFn, most: int = 60) -> dict[str, int]:
    lot = draw(st.integers(1, most))
    drawn = draw(st.integers(0, lot))
    return {"found": draw(st.integers(0, drawn)), "drawn": drawn, "lot": lot}


def probability(found: int, *, faulty: int, drawn: int, lot: int) -> Fraction:
    """Of finding so many of the faulty ones, by counting the samples."""
    return Fraction(comb(faulty, found) * comb(lot - faulty, drawn - found), comb(lot, drawn))


def by_definition(found: int, drawn: int, lot: int, tail: Fraction) -> tuple[int, int]:
    """Every number of faulty units tried, in whole numbers."""
    chances = [
        [
            probability(k, faulty=faulty, drawn=drawn, lot=lot) if drawn - k <= lot - faulty else Fraction(0)
            for k in range(drawn + 1)
        ]
        for faulty in range(lot + 1)
    ]
    held = [faulty for faulty, p in enumerate(chances) if sum(p[found:]) > tail and sum(p[: found + 1]) > tail]
    return held[0], held[-1]


@unhurried
@given(draws(most=25), st.sampled_from([Fraction(1, 40), Fraction(1, 20), Fraction(1, 7)]))
def test_bounds_are_the_ones_defined(draw: dict[str, int], tail: Fraction) -> None:
    assert lot_bounds(**draw, level=float(1 - 2 * tail)) == by_definition(**draw, tail=tail)


@pytest.mark.parametrize(("lot", "drawn"), [(1, 1), (7, 3), (30, 10), (60, 13)])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_level_is_never_missed(lot: int, drawn: int, level: float) -> None:
    """Exact: for every number of faulty units, the samples whose bounds hold it."""
    bounds = [lot_bounds(found=found, drawn=drawn, lot=lot, level=level) for found in range(drawn + 1)]
    for faulty in range(lot + 1):
        covered = sum(
            probability(found, faulty=faulty, drawn=drawn, lot=lot)
            for found, (low, high) in enumerate(bounds)
            if low <= faulty <= high and drawn - found <= lot - faulty
        )
        assert covered >= level


@unhurried
@given(draws(most=500), st.floats(0.5, 0.999))
def test_bounds_hold_what_was_seen(draw: dict[str, int], level: float) -> None:
    low, high = lot_bounds(**draw, level=level)
    assert draw["found"] <= low <= high <= draw["lot"] - (draw["drawn"] - draw["found"])


@unhurried
@given(draws(most=200), st.floats(0.5, 0.999), st.floats(0.5, 0.999))
def test_a_higher_level_gives_bounds_around_the_others(draw: dict[str, int], level: float, other: float) -> None:
    low, high = lot_bounds(**draw, level=min(level, other))
    wider_low, wider_high = lot_bounds(**draw, level=max(level, other))
    assert wider_low <= low
    assert high <= wider_high


@settings(max_examples=25, deadline=None)
@given(draws(most=60))
def test_bounds_grow_with_what_was_found(draw: dict[str, int]) -> None:
    bounds = [lot_bounds(**draw | {"found": found}) for found in range(draw["drawn"] + 1)]
    assert bounds == sorted(bounds)
    assert [high for _, high in bounds] == sorted(high for _, high in bounds)


def test_a_lot_looked_at_as_a_whole_is_known() -> None:
    assert lot_bounds(found=4, drawn=20, lot=20) == (4, 4)


def test_a_lot_not_looked_at_may_be_anything() -> None:
    assert lot_bounds(found=0, drawn=0, lot=20) == (0, 20)


def test_in_a_large_lot_the_bounds_are_those_of_independent_draws() -> None:
    exact = lot_interval(found=3, drawn=40, lot=4_000_000)
    independent = proportion_interval(3, 40, method=Method.CLOPPER_PEARSON)
    assert (exact.low, exact.high) == pytest.approx((independent.low, independent.high), abs=1e-5)


def test_a_small_lot_leaves_less_to_guess() -> None:
    widths = [lot_interval(found=2, drawn=20, lot=lot).width for lot in (25, 50, 100, 1000)]
    assert widths == sorted(widths)


@pytest.mark.parametrize(
    ("found", "drawn", "lot"),
    [
        (3, 2, 9),
        (0, 10, 9),
        (-1, 2, 9),
        (0, 0, 0),
        (0.5, 2, 9),
        (1, 2.5, 9),
        (1, 2, 9.5),
        (1, 2, float("nan")),
        (1, 2, float("inf")),
    ],
)
def test_what_cannot_be_drawn_is_refused(found: Any, drawn: Any, lot: Any) -> None:
    with pytest.raises(IntervalError, match=f"{found} faulty of {drawn} drawn from a lot of {lot}"):
        lot_bounds(found=found, drawn=drawn, lot=lot)


def test_what_is_no_level_is_refused() -> None:
    with pytest.raises(IntervalError, match="confidence level"):
        lot_interval(found=0, drawn=1, lot=2, level=95)
