import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, betabinom

from zhicheng.core.allocation import AllocationError
from zhicheng.core.allocation.rates import STRENGTHS, failure_rates

pasts = st.lists(
    st.integers(0, 200).flatmap(lambda m: st.tuples(st.integers(0, m), st.just(m))), min_size=1, max_size=9
)


some_past = pasts.filter(lambda past: sum(tested for _, tested in past) > 0)


@given(some_past)
def test_rates_and_their_intervals_are_rates(past: list[tuple[int, int]]):
    rates = failure_rates(*np.array(past, dtype=float).T)
    lower, upper = rates.interval(0.9)
    assert np.all((rates.failing > 0) & (rates.passing > 0))
    assert np.all((lower >= 0) & (lower <= upper) & (upper <= 1))
    assert STRENGTHS[0] <= rates.common_strength <= STRENGTHS[-1]
    assert 0 < rates.common_mean < 1


@given(some_past, st.randoms())
def test_the_order_of_the_strata_does_not_matter(past: list[tuple[int, int]], random):
    order = list(range(len(past)))
    random.shuffle(order)
    straight = failure_rates(*np.array(past).T)
    mixed = failure_rates(*np.array([past[place] for place in order]).T)
    assert mixed.means == pytest.approx(straight.means[order], rel=1e-9)


@given(some_past, st.integers(0, 8))
def test_another_failure_raises_the_rate_and_another_pass_lowers_it(past: list[tuple[int, int]], place: int):
    failed, tested = np.array(past, dtype=float).T
    here = np.arange(len(past)) == place % len(past)
    now = failure_rates(failed, tested).means[here]
    assert failure_rates(failed + here, tested + here).means[here] > now
    assert failure_rates(failed, tested + here).means[here] < now


def test_the_model_is_averaged_as_a_finer_and_simpler_grid_averages_it():
    """Against SciPy's beta-binomial on an even grid of 400 means and 400 values of 1/strength."""
    failed, tested = np.array([0, 1, 1, 2, 5, 9, 0, 3]), np.array([12, 30, 8, 40, 41, 38, 3, 25])
    mean = (np.arange(400) + 0.5)[:, np.newaxis] / 400
    strength = 1 / (1e-4 + (np.arange(400) + 0.5)[np.newaxis] / 400 * (1 - 1e-4))
    heights = sum(
        betabinom.logpmf(k, m, mean * strength, (1 - mean) * strength)
        for k, m in zip(failed.tolist(), tested.tolist(), strict=True)
    )
    weights = np.exp(heights - np.max(heights))
    weights /= weights.sum()
    rates = failure_rates(failed, tested)
    assert rates.common_mean == pytest.approx(np.sum(weights * mean), rel=1e-2)
    for k, m, failing, passing in zip(failed, tested, rates.failing, rates.passing, strict=True):
        given = (mean * strength + k) / (strength + m)
        squares = given * (given * (strength + m) + 1) / (strength + m + 1)
        expected, square = np.sum(weights * given), np.sum(weights * squares)
        assert failing / (failing + passing) == pytest.approx(expected, rel=1e-2)
        assert beta(failing, passing).var() == pytest.approx(square - expected**2, rel=3e-2)


def test_the_true_distribution_is_found_among_many_strata():
    draws = np.random.default_rng(5)
    tested = draws.integers(20, 120, 800)
    failed = draws.binomial(tested, draws.beta(0.06 * 25, 0.94 * 25, 800))
    rates = failure_rates(failed, tested)
    assert rates.common_mean == pytest.approx(0.06, abs=0.005)
    assert rates.common_strength == pytest.approx(25, rel=0.25)


def test_strata_that_are_alike_are_drawn_together():
    draws = np.random.default_rng(6)
    tested = np.full(200, 50)
    alike = failure_rates(draws.binomial(tested, 0.05), tested)
    apart = failure_rates(draws.binomial(tested, draws.beta(0.5, 9.5, 200)), tested)
    assert np.ptp(alike.means) < 0.03
    assert alike.common_strength > 10 * apart.common_strength


@pytest.mark.parametrize(("strata", "expected"), [(30, 0.9), (8, 0.9), (12, 0.5)])
def test_intervals_hold_the_true_rate_as_often_as_they_say(strata: int, expected: float):
    """Monte Carlo: 150 cities; rates from a beta distribution, histories of 1 to 60 batches."""
    draws = np.random.default_rng(20260103)
    held = []
    for _ in range(150):
        true = draws.beta(0.08 * 20, 0.92 * 20, strata)
        tested = draws.integers(1, 60, strata)
        low, high = failure_rates(draws.binomial(tested, true), tested).interval(expected)
        held.append(np.mean((low <= true) & (true <= high)))
    assert np.mean(held) == pytest.approx(expected, abs=0.025)


def test_deviations_are_those_of_one_batch_with_the_rate_uncertain():
    rates = failure_rates([2, 5], [40, 30])
    draws = np.random.default_rng(7).beta(rates.failing, rates.passing, (200_000, 2))
    assert rates.deviations == pytest.approx(np.sqrt((draws * (1 - draws)).mean(axis=0)), rel=5e-3)


def test_no_failure_at_all_leaves_a_small_rate_that_more_batches_make_smaller():
    few, many = failure_rates([0, 0], [5, 5]), failure_rates([0, 0], [500, 500])
    assert 0 < many.means.max() < few.means.min() < 0.3


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 1.0])
def test_hundreds_of_thousands_of_batches_are_not_too_many(share):
    tested = np.random.default_rng(8).integers(50_000, 100_000, 40)
    rates = failure_rates(np.round(tested * share), tested)
    assert rates.means == pytest.approx(share, abs=5e-5)


@pytest.mark.parametrize(
    ("failed", "tested", "sentence"),
    [
        ([3, 1], [2, 5], "Stratum “a”: 3 of 2 batches failed; expected is all of them or fewer"),
        ([0, 0], [0, 0], "No batch was tested in any stratum; expected is one or more"),
        ([0, -1], [4, 5], "Stratum “b” has the number of failed batches -1; expected is 0 or more"),
        ([0, 1], [4, np.nan], "Stratum “b” has the number of tested batches nan; expected is 0 or more"),
        ([0, 1, 1], [4, 5], "number of failed batches: 3 values for 2 strata; expected is one, or one for each"),
    ],
)
def test_a_past_that_cannot_be_is_refused(failed, tested, sentence):
    with pytest.raises(AllocationError, match=sentence):
        failure_rates(failed, tested, names=["a", "b"])


@pytest.mark.parametrize(
    ("failed", "tested"),
    [
        ([0, 3, 12], [4, 60, 60]),
        ([0, 0], [5, 5]),
        ([1], [1]),
        ([0, 0, 0], [200, 1, 50]),
        ([5, 9], [5, 9]),
        ([30, 0], [60, 60]),
        ([2, 1, 0, 0, 7], [9, 400, 3, 0, 30]),
    ],
)
def test_the_grid_is_fine_enough_and_lies_where_the_likelihood_is(monkeypatch, failed, tested):
    """Eight times as many strengths and seven times as many means, also where nearly nothing is known."""
    found = failure_rates(failed, tested)
    module = sys.modules[failure_rates.__module__]
    monkeypatch.setattr(module, "STRENGTHS", np.geomspace(1, 10_000, 481))
    monkeypatch.setattr(module, "STEPS", np.linspace(-9, 9, 181))
    finer = failure_rates(failed, tested)
    assert found.means == pytest.approx(finer.means, rel=0.05)
    assert found.failing + found.passing == pytest.approx(finer.failing + finer.passing, rel=0.06)
    assert found.common_mean == pytest.approx(finer.common_mean, rel=0.05)
    assert found.common_strength == pytest.approx(finer.common_strength, rel=0.08)


@settings(max_examples=40)
@given(some_past)
def test_a_rate_lies_between_its_own_and_the_common_one(past: list[tuple[int, int]]):
    """Shrinkage; the common mean is that of all strengths together, and so a little off."""
    failed, tested = np.array(past, dtype=float).T
    rates = failure_rates(failed, tested)
    own = np.where(tested > 0, failed / np.maximum(tested, 1), rates.common_mean)
    slack = 0.02
    assert np.all(rates.means >= np.minimum(own, rates.common_mean) - slack)
    assert np.all(rates.means <= np.maximum(own, rates.common_mean) + slack)


@settings(max_examples=40)
@given(some_past, st.floats(0.05, 0.9), st.floats(0.05, 0.09))
def test_intervals_grow_with_the_credence_and_hold_the_median(past, credence: float, more: float):
    rates = failure_rates(*np.array(past, dtype=float).T)
    (low, high), (lower, higher) = rates.interval(credence), rates.interval(credence + more)
    middle = rates.quantile(0.5)
    assert np.all((lower <= low) & (low <= middle) & (middle <= high) & (high <= higher))


def test_strata_without_names_are_counted_from_one():
    with pytest.raises(
        AllocationError, match="Stratum “2”: 6 of 5 batches failed; expected is all of them or fewer"
    ):
        failure_rates([0, 6], [4, 5])
