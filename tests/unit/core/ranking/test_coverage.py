"""Coverage of intervals and limits of counts: summed over all outcomes where that is possible, else simulated."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from scipy.stats import binom, poisson

from zhicheng.core.ranking import (
    Adjustment,
    Dispersion,
    Rule,
    Scale,
    Transformed,
    adjusted_limits,
    byar_interval,
    dispersion,
    expected_within,
    of_means,
    of_proportions,
    of_ratios,
    proportion_limits,
    ratio_limits,
    ratio_position,
    trimmed_dispersion,
)

MEANS = [0.5, 2.0, 7.3, 15.0, 60.0, 250.0]
EVERY_MEAN = pytest.mark.parametrize("mean", MEANS)


def held(mean: float, lower: np.ndarray, upper: np.ndarray) -> float:
    """The chance that the interval of a Poisson count holds its mean."""
    inside = (lower <= mean) & (mean <= upper)
    return float(poisson.pmf(np.arange(len(lower)), mean)[inside].sum())


def outcomes(mean: float) -> np.ndarray:
    """All counts that matter."""
    return np.arange(int(poisson.isf(1e-12, mean)) + 2)


@EVERY_MEAN
@pytest.mark.parametrize("tail", [0.001, 0.025])
def test_exact_intervals_hold_at_least_at_their_level(mean: float, tail: float) -> None:
    found = expected_within(outcomes(mean), tail=tail)
    below = held(mean, found.lower, np.full_like(found.upper, np.inf))
    above = held(mean, np.zeros_like(found.lower), found.upper)
    assert below >= 1 - tail - 1e-9
    assert above >= 1 - tail - 1e-9


@EVERY_MEAN
def test_byars_intervals_hold_nearly_as_often(mean: float) -> None:
    exact, byar = (method(outcomes(mean), tail=0.025) for method in (expected_within, byar_interval))
    assert held(mean, byar.lower, byar.upper) >= 0.95 - 0.005
    assert held(mean, byar.lower, byar.upper) == pytest.approx(held(mean, exact.lower, exact.upper), abs=0.03)


@EVERY_MEAN
@pytest.mark.parametrize("tail", [0.001, 0.025])
def test_a_unit_like_all_others_is_seldom_called_high_or_low(mean: float, tail: float) -> None:
    counted = outcomes(mean)
    found = ratio_position(counted, np.full(len(counted), mean), tail=tail)
    chances = poisson.pmf(counted, mean)
    assert chances[found > 0].sum() <= 1.1 * tail
    assert chances[found < 0].sum() <= 1.1 * tail


@EVERY_MEAN
@pytest.mark.parametrize("rule", list(Rule))
def test_limits_of_ratios_leave_about_the_tail_outside(mean: float, rule: Rule) -> None:
    counted = outcomes(mean)
    limits = ratio_limits(np.full(len(counted), mean), tail=0.025, rule=rule)
    outside = poisson.pmf(counted, mean)[limits.position(counted / mean) > 0].sum()
    if rule is Rule.EXACT:
        assert outside <= 0.025
    else:
        step = poisson.pmf(np.ceil(limits.upper[0] * mean), mean)
        assert outside == pytest.approx(0.025, abs=0.02 + step)


@pytest.mark.parametrize(("size", "target"), [(20, 0.1), (200, 0.04), (1000, 0.5), (5000, 0.01)])
def test_exact_limits_of_proportions_are_the_narrowest_that_hold(size: int, target: float) -> None:
    limits = proportion_limits([size], target, tail=0.025, rule=Rule.EXACT)
    high, low = round(size * limits.upper[0]), round(size * limits.lower[0])
    assert binom.sf(high, size, target) <= 0.025 < binom.sf(high - 1, size, target)
    assert binom.cdf(low - 1, size, target) < 0.025 <= binom.cdf(low, size, target)


@pytest.mark.parametrize("adjustment", [Adjustment.ADDITIVE, Adjustment.MULTIPLICATIVE])
def test_adjusted_limits_of_units_that_differ_hold_on_the_whole(adjustment: Adjustment) -> None:
    """60 areas whose true rates vary by a fifth: 5 % outside, whereas limits of chance alone leave a third."""
    random = np.random.default_rng(2005)
    plain, adjusted = [], []
    for _ in range(60):
        expected = random.uniform(80, 120, 60)
        observed = random.poisson(expected * np.exp(random.normal(0, 0.2, 60)))
        units = of_ratios(observed, expected, scale=Scale.LOG)
        found = dispersion(units, share=0)
        for limits, collected in (
            (adjusted_limits(units, found, adjustment, tail=0.025), adjusted),
            (adjusted_limits(units, found, Adjustment.NONE, tail=0.025), plain),
        ):
            collected.append((limits.position(observed / expected) != 0).mean())
    assert np.mean(adjusted) == pytest.approx(0.05, abs=0.02)
    assert np.mean(plain) > 0.25


def outside_where_all_differ(spread: float, method: Callable[[Transformed], Dispersion]) -> float:
    """How many of 150 ordinary units lie outside 5 % limits, on average; true values vary by `spread` errors."""
    random = np.random.default_rng(1981)
    shares = []
    for _ in range(150):
        values = random.normal(0, np.sqrt(1 + spread**2), 150)
        units = of_means(values, np.ones(150), 0.0)
        limits = adjusted_limits(units, method(units), tail=0.025)
        shares.append((limits.position(values) != 0).mean())
    return float(np.mean(shares))


@pytest.mark.parametrize("spread", [0.5, 1.0, 3.0])
def test_consistent_limits_hold_and_published_ones_call_too_many_extraordinary(spread: float) -> None:
    found = outside_where_all_differ(spread, partial(dispersion, consistent=True))
    assert found == pytest.approx(0.05, abs=0.01)
    assert outside_where_all_differ(spread, dispersion) > 0.07


def test_as_published_one_in_ten_or_six_is_outside_where_units_vary_as_much_as_chance() -> None:
    assert outside_where_all_differ(1.0, dispersion) == pytest.approx(0.105, abs=0.01)
    assert outside_where_all_differ(1.0, trimmed_dispersion) == pytest.approx(1 / 6, abs=0.015)


@pytest.mark.parametrize("consistent", [False, True])
def test_over_dispersion_is_seldom_seen_where_there_is_none(consistent: bool) -> None:
    random = np.random.default_rng(40)
    seen = [
        dispersion(of_means(random.normal(size=30), np.ones(30), 0.0), consistent=consistent).is_beyond_chance
        for _ in range(1500)
    ]
    assert np.mean(seen) < 1 / 40


def test_a_real_outlier_is_still_found_among_units_that_differ() -> None:
    """One area in 40 fails four times as often; pulled-in scores find it in nearly every round."""
    random = np.random.default_rng(4)
    found = []
    for _ in range(100):
        share = np.clip(random.normal(0.05, 0.008, 40), 0.01, None)
        share[7] = 0.2
        size = random.integers(300, 2000, 40)
        failed = random.binomial(size, share)
        units = of_proportions(failed, size)
        found.append(adjusted_limits(units, dispersion(units), tail=0.001).position(failed / size)[7])
    assert np.mean(found) > 0.95
