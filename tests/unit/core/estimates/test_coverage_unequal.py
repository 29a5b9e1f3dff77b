"""Intervals cover the truth as often as they say when larger units are drawn more often, at one stage or two."""

import numpy as np
import pytest

from unit.core.estimates.test_coverage import within
from zhicheng.core.designs import Design, Floats
from zhicheng.core.estimates import mean, ratio, total

SAMPLES, MARKETS, DRAWN = 400, 150, 30
RANDOM = np.random.default_rng(20261126)
STALLS = RANDOM.integers(8, 60, MARKETS)
LEVELS = RANDOM.normal(30, 5, MARKETS)
SALES = STALLS * LEVELS
CHANCES = DRAWN * STALLS / STALLS.sum()
"""The markets of a city, drawn with chances in proportion to their stalls."""
VISITED = 6


def systematic(random: np.random.Generator) -> np.ndarray:
    """Hartley and Rao's way: the list in random order, and every so many stalls a market."""
    order = random.permutation(MARKETS)
    passed = np.floor(np.cumsum(CHANCES[order]) - random.random())
    return order[np.diff(passed, prepend=-1) > 0]


def drawn() -> list[np.ndarray]:
    random = np.random.default_rng(31)
    return [systematic(random) for _ in range(SAMPLES)]


DRAWS = drawn()


def test_the_draw_keeps_its_number_and_its_chances():
    assert {len(markets) for markets in DRAWS} == {DRAWN}
    counts = np.bincount(np.concatenate(DRAWS), minlength=MARKETS)
    deviation = (counts - SAMPLES * CHANCES) / np.sqrt(SAMPLES * CHANCES * (1 - CHANCES))
    assert np.abs(deviation).max() < 4


@pytest.mark.parametrize(
    "options",
    [
        {"method": "brewer"},
        {"method": "hartley-rao"},
        {"method": "hartley-rao", "form": "yates-grundy"},
        {"method": "hartley-rao", "form": "yates-grundy", "mean_square": [float((CHANCES**2).sum() / DRAWN)]},
        {"method": "overton", "form": "yates-grundy"},
        {"method": "with replacement"},
    ],
    ids=lambda options: " ".join(str(value)[:12] for value in options.values()),
)
def test_totals(options):
    found = [total(Design.unequal(CHANCES[markets], **options), SALES[markets]).interval() for markets in DRAWS]
    within(found, SALES.sum())


@pytest.mark.parametrize("method", ["brewer", "hartley-rao", "overton"])
def test_means_and_ratios(method):
    designs = [Design.unequal(CHANCES[markets], method=method) for markets in DRAWS]
    pairs = list(zip(designs, DRAWS, strict=True))
    within([mean(design, LEVELS[markets]).interval() for design, markets in pairs], LEVELS.mean())
    within(
        [ratio(design, SALES[markets], STALLS[markets]).interval() for design, markets in pairs],
        SALES.sum() / STALLS.sum(),
    )


def stall_sales() -> list[Floats]:
    random = np.random.default_rng(7)
    return [random.normal(level, 8, count) for level, count in zip(LEVELS, STALLS, strict=True)]


def test_markets_with_unequal_chances_and_stalls_in_them():
    """Every stall has the same chance in the end, and the variance counts both stages."""
    sales, random = stall_sales(), np.random.default_rng(12)
    found = []
    for markets in DRAWS:
        y = np.concatenate([random.choice(sales[market], VISITED, replace=False) for market in markets])
        chances, fractions = (np.repeat(each[markets], VISITED) for each in (CHANCES, VISITED / STALLS))
        design = Design.two_stage(
            np.repeat(markets, VISITED), np.arange(len(y)), population=(chances, fractions), unequal=True
        )
        found.append(mean(design, y))
        assert np.ptp(design.weights) < 1e-9 * design.weights[0]
    within([each.interval() for each in found], np.concatenate(sales).mean())
    actual = np.std([each.value for each in found])
    assert np.mean([each.standard_error for each in found]) == pytest.approx(actual, rel=0.1)
