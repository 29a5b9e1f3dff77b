"""The figures of the page on estimates are those of its example; the shares with their ends are R's, too."""

import re
from pathlib import Path

import numpy as np
import pytest

from zhicheng.core.designs import Design
from zhicheng.core.estimates import Interval, by_domain, contrast, share, share_interval, total

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "estimates.md").read_text(encoding="utf-8")
FAILED = {"urban": (0, 1, 0, 2, 0, 1), "rural": (1, 5, 0, 3, 0, 2)}
BAD = np.array([batch < count for counts in FAILED.values() for count in counts for batch in range(10)])
PLACE = np.repeat(list(FAILED), 60)
DESIGN = Design.two_stage(
    np.repeat(np.arange(12), 10),
    np.tile(np.arange(10), 12),
    strata=PLACE,
    population=(np.where(PLACE == "urban", 60, 90), [40] * 120),
)
PLACES = by_domain(share, DESIGN, BAD, by=PLACE)


def row(asked: str) -> tuple[str, ...]:
    """What the page answers."""
    found = re.search(rf"^\| {asked} \|(.*)\|$", PAGE.partition("| Asked |")[2], re.MULTILINE)
    assert found is not None
    return tuple(cell.strip() for cell in found[1].split("|"))


def percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def told(interval: Interval) -> tuple[str, str]:
    return percent(interval.low), percent(interval.high)


def test_the_share_of_all_and_their_number() -> None:
    found, whole = share(DESIGN, BAD), total(DESIGN, BAD)
    assert row("the share that fails") == (percent(found.value), *told(share_interval(found, "logit")))
    ends = whole.interval()
    assert row("batches that fail, of 6,000") == (f"{whole.value:.0f}", f"{ends.low:.0f}", f"{ends.high:,.0f}")
    assert f"The design effect is {found.design_effects[0]:.1f}." in PAGE


@pytest.mark.parametrize(
    ("place", "low", "high"),
    [("urban", 0.01805835, 0.2171775), ("rural", 0.05623322, 0.4582279)],
)
def test_a_place_has_the_degrees_of_freedom_of_its_own_markets(place: str, low: float, high: float) -> None:
    """`svyby(~bad, ~place, design, svyciprop, vartype = "ci")` of R's survey."""
    found = share_interval(PLACES.part(place), "logit")
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-6)
    assert row(place) == (percent(PLACES.part(place).value), *told(found))


def test_the_difference_of_the_places() -> None:
    found = contrast(PLACES, {"rural": 1, "urban": -1})
    low, high = (f"{100 * end:.1f}".replace("-", "−") for end in (found.interval().low, found.interval().high))
    assert row("rural less urban") == (f"{100 * found.value:.1f} points", low, high)


def test_what_is_said_of_markets_that_are_ignored_and_of_batches_that_are_lost() -> None:
    naive = told(share_interval(share(Design.simple(120, weights=DESIGN.weights), BAD)))
    assert f"Whoever ignores the markets reports {naive[0]} to {naive[1]}" in PAGE
    lost = share(DESIGN, np.where(np.isin(np.arange(120), (3, 17, 64, 65, 66)), np.nan, BAD))
    said = f"The\nshare becomes {percent(lost.value)}, the error {100 * lost.standard_error:.1f} points"
    assert said in PAGE
