"""P-values of units: exact, in step with the funnel, and never smaller than chance makes them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, norm, poisson

from zhicheng.core.ranking import (
    Rule,
    adjusted,
    adjusted_z,
    dispersion,
    of_proportions,
    proportion_limits,
    proportion_p_values,
    ratio_limits,
    ratio_p_values,
    z_p_values,
)
from zhicheng.core.refused import Refused

TARGETS = st.floats(0.01, 0.99)
TAILS = pytest.mark.parametrize("tail", [0.001, 0.025])


def test_by_hand() -> None:
    """Of ten at one half two fail: 2·(1 + 10 + 45)/1024. None where three are usual: 2·e⁻³."""
    assert proportion_p_values([2, 8, 5], [10, 10, 10], 0.5) == pytest.approx([112 / 1024, 112 / 1024, 1])
    assert ratio_p_values([0], [3.0]) == pytest.approx(2 * np.exp(-3))


def test_a_rate_is_tested_by_the_cases_that_are_usual_for_its_population() -> None:
    """Of 20,000 people at five in 10,000 ten cases are usual, whatever way the two are given."""
    rates = ratio_p_values([3, 10, 21], [20000] * 3, 5 / 10000)
    assert rates == pytest.approx(ratio_p_values([3, 10, 21], [10.0] * 3))
    assert rates[0] == pytest.approx(2 * poisson.cdf(3, 10))
    assert rates[2] == pytest.approx(2 * poisson.sf(20, 10))


def test_a_symmetric_distribution_leaves_no_choice_of_method() -> None:
    for count in range(21):
        expected = binomtest(count, 20, 0.5).pvalue
        assert proportion_p_values([count], [20], 0.5) == pytest.approx(expected)


@TAILS
@given(size=st.integers(1, 300), target=TARGETS, data=st.data())
def test_proportions_are_in_step_with_the_funnel(
    tail: float, size: int, target: float, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, size))
    outside = proportion_limits([size], target, tail=tail, rule=Rule.EXACT).position([count / size])[0] != 0
    assert bool(proportion_p_values([count], [size], target)[0] < 2 * tail) == outside


@TAILS
@given(st.floats(0.1, 200), st.integers(0, 300))
def test_ratios_are_in_step_with_the_funnel(tail: float, expected: float, observed: int) -> None:
    limits = ratio_limits([expected], tail=tail, rule=Rule.EXACT)
    outside = limits.position([observed / expected])[0] != 0
    assert bool(ratio_p_values([observed], [expected])[0] < 2 * tail) == outside


@given(st.integers(1, 200), TARGETS, st.data())
def test_what_fails_is_what_does_not_pass(size: int, target: float, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, size))
    failing = proportion_p_values([count], [size], target)
    assert failing == pytest.approx(proportion_p_values([size - count], [size], 1 - target))
    assert 0 <= failing[0] <= 1


@pytest.mark.parametrize(("size", "target"), [(12, 0.1), (80, 0.03), (500, 0.4)])
@pytest.mark.parametrize("alpha", [0.05, 0.01])
def test_chance_alone_gives_small_ones_no_more_often_than_it_may(size: int, target: float, alpha: float) -> None:
    """Summed over all outcomes, not simulated."""
    counts = np.arange(size + 1)
    small = proportion_p_values(counts, np.full(size + 1, size), target) <= alpha
    assert binom.pmf(counts, size, target)[small].sum() <= alpha


@pytest.mark.parametrize("mean", [0.7, 4.0, 60.0])
def test_the_same_of_counts(mean: float) -> None:
    counts = np.arange(200)
    small = ratio_p_values(counts, np.full(200, mean)) <= 0.05
    assert poisson.pmf(counts, mean)[small].sum() <= 0.05


@given(st.lists(st.floats(-8, 8), min_size=1, max_size=9))
def test_z_scores(z: list[float]) -> None:
    found = z_p_values(z)
    assert norm.isf(found / 2) == pytest.approx(np.abs(z), abs=1e-6)


def test_large_counts_are_about_normal() -> None:
    found = proportion_p_values([5200], [10_000], 0.5)
    assert found == pytest.approx(z_p_values([(5200 - 0.5 - 5000) / 50]), rel=0.01)


def rounds_of_towns(random: np.random.Generator, spread: float) -> tuple[float, float]:
    """Of 60 towns eight fail three times as often: false findings of the found, and found of the eight."""
    size = random.integers(200, 1500, 60)
    share = np.clip(random.normal(0.05, spread, 60), 0.005, None)
    share[:8] *= 3
    failed = random.binomial(size, share)
    if spread:
        units = of_proportions(failed, size)
        p_values = z_p_values(adjusted_z(units, dispersion(units)))
    else:
        p_values = proportion_p_values(failed, size, 0.05)
    found = adjusted(p_values) <= 0.1
    return found[8:].sum() / max(1, found.sum()), float(found[:8].mean())


def test_the_share_of_false_findings_among_towns_is_held() -> None:
    random = np.random.default_rng(61)
    false, seen = np.mean([rounds_of_towns(random, 0.0) for _ in range(300)], axis=0)
    assert false <= 0.1 * 52 / 60 + 0.02
    assert seen > 0.9


def test_towns_that_differ_by_more_than_chance_need_the_adjusted_score() -> None:
    random = np.random.default_rng(62)
    false, seen = np.mean([rounds_of_towns(random, 0.01) for _ in range(300)], axis=0)
    assert false <= 0.1 + 0.03
    assert seen > 0.5


def test_what_is_no_count_is_refused() -> None:
    with pytest.raises(Refused, match=r"“cases” at place 2 is 1.5: a whole number"):
        proportion_p_values([1, 1.5], [10, 10], 0.1)
    with pytest.raises(Refused, match=r"“cases” at place 1 is 11: at most “sizes”, 10"):
        proportion_p_values([11], [10], 0.1)
    with pytest.raises(Refused, match=r"“sizes” at place 1 is 0: a number above 0"):
        proportion_p_values([0], [0], 0.1)
    with pytest.raises(Refused, match="“observed” has 1 values and “expected” has 2"):
        ratio_p_values([1], [1, 2])
    with pytest.raises(Refused, match="“cases” has 2 values and “sizes” has 1"):
        proportion_p_values([1, 2], [3], 0.1)
    for target in (0, 1, 1.5):
        with pytest.raises(Refused, match=f"“target” is {target}: a number above 0 and below 1 was expected"):
            proportion_p_values([1], [3], target)
    with pytest.raises(Refused, match="“target” is 0"):
        ratio_p_values([1], [1], 0)
    with pytest.raises(Refused, match="“z” at place 1 is nan"):
        z_p_values([float("nan")])
