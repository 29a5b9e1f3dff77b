"""Run lengths: chains whose answer is known, and the same answer by another way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, poisson

from zhicheng.core.ranking import run_length
from zhicheng.core.ranking.run_length import (
    LONGEST,
    RunLength,
    grid_cusum,
    limit_for,
    normal_cusum,
    normal_ewma,
    opening_ewma,
    stated,
)
from zhicheng.core.refused import Refused


@given(st.floats(0.001, 0.999))
def test_without_memory_the_run_length_is_geometric(chance: float) -> None:
    """A chart with one place to stand at signals with the same chance in every period."""
    chart = RunLength(np.array([1 - chance]), np.array([[1 - chance]]))
    assert chart.mean == pytest.approx(1 / chance)
    for periods in (1, 2, 12):
        assert chart.signals_within(periods) == pytest.approx(1 - (1 - chance) ** periods)


@settings(max_examples=20)
@given(st.floats(0.5, 4), st.floats(-2, 2))
def test_an_ewma_that_forgets_everything_is_shewharts_chart(half_width: float, shift: float) -> None:
    chance = norm.sf(half_width - shift) + norm.cdf(-half_width - shift)
    assert normal_ewma(1.0, half_width, shift).mean == pytest.approx(1 / chance, rel=1e-9)


@settings(max_examples=20)
@given(st.floats(0.0, 1.5), st.floats(0.3, 6), st.floats(-1, 2))
def test_the_mean_is_the_sum_of_the_chances_to_go_on(reference: float, limit: float, shift: float) -> None:
    chart = normal_cusum(reference, limit, shift, 0)
    if chart.mean < 8:
        going_on = [1.0] + [1 - chart.signals_within(periods) for periods in range(1, 130)]
        assert sum(going_on) == pytest.approx(chart.mean, rel=1e-5)


@settings(max_examples=20)
@given(st.floats(0.1, 1), st.floats(0.5, 5), st.floats(-1, 1))
def test_a_head_start_and_a_rise_only_shorten(reference: float, limit: float, shift: float) -> None:
    plain = normal_cusum(reference, limit, shift, 0).mean
    assert normal_cusum(reference, limit, shift, limit / 2).mean <= plain * (1 + 1e-9)
    assert normal_cusum(reference, limit, shift + 0.2, 0).mean <= plain * (1 + 1e-9)
    assert normal_cusum(reference, limit + 0.2, shift, 0).mean >= plain * (1 - 1e-9)


def test_twice_as_many_nodes_change_no_digit_that_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    coarse = [normal_cusum(0.25, 12, 0, 0).mean, normal_cusum(0.5, 9, 0, 4).mean, normal_ewma(0.02, 0.25, 0).mean]
    monkeypatch.setattr(run_length, "NODES", 160)
    fine = [normal_cusum(0.25, 12, 0, 0).mean, normal_cusum(0.5, 9, 0, 4).mean, normal_ewma(0.02, 0.25, 0).mean]
    assert coarse == pytest.approx(fine, rel=1e-8)


@pytest.mark.parametrize("reference", [0.05, 0.1, 0.2])
def test_wide_limits_have_nodes_enough(reference: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small allowance needs a high limit: chances stay chances, and more nodes change nothing."""
    limit = 4 / reference
    found = normal_cusum(reference, limit, 0, 0)
    assert (found.then.sum(axis=1) <= 1 + 1e-9).all()
    monkeypatch.setattr(run_length, "NODES_PER_DEVIATION", 6)
    assert normal_cusum(reference, limit, 0, 0).mean == pytest.approx(found.mean, rel=1e-6)


def test_a_fine_grid_of_a_normal_figure_approaches_the_integral_equation() -> None:
    """Brook and Evans 1972: the figure rounded to 1/40 of a deviation, on a chain of 160 places."""
    step, reference, limit = 40, 0.5, 4.0
    places = np.arange(-240, 241)
    chances = norm.cdf((places + 0.5) / step) - norm.cdf((places - 0.5) / step)
    size = int(limit * step)
    then = np.zeros((size, size))
    for place in range(size):
        ends = np.maximum(place + places - int(reference * step), 0)
        inside = ends < size
        np.add.at(then[place], ends[inside], chances[inside])
    by_chain = RunLength(then[0], then).mean
    assert by_chain == pytest.approx(normal_cusum(reference, limit, 0, 0).mean, rel=0.05)


@given(st.floats(0.2, 5), st.integers(1, 4), st.integers(1, 12), st.integers(1, 20))
def test_the_chain_of_a_grid_loses_only_what_signals(level: float, step: int, reference: int, limit: int) -> None:
    chances = poisson.pmf(np.arange(60), level)
    chart = grid_cusum(chances, step, reference, limit, 0)
    assert (chart.then >= 0).all()
    signalling = [poisson.sf(np.ceil((limit - place + reference) / step) - 1, level) for place in range(limit)]
    assert 1 - chart.then.sum(axis=1) == pytest.approx(np.array(signalling), abs=1e-9)


@pytest.mark.parametrize("limit", [22, 25, 30, 35, 40, 60])
def test_what_is_longer_than_can_be_computed_is_infinite(limit: float) -> None:
    """The equations are then singular to a computer, which solves them with either sign."""
    assert normal_cusum(0.5, limit, 0, 0).mean == float("inf")
    assert normal_ewma(0.2, limit / 8, 0).mean == float("inf")
    assert opening_ewma(0.2, limit / 8, 0) == float("inf")


def test_the_longest_that_is_stated_has_its_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """About 3 × 10⁹ periods; each deviation of the limit multiplies them by e, as exp(2·k·h) does."""
    longest = normal_cusum(0.5, 20, 0, 0).mean
    assert longest / normal_cusum(0.5, 18, 0, 0).mean == pytest.approx(np.exp(2), rel=1e-2)
    monkeypatch.setattr(run_length, "NODES", 130)
    assert normal_cusum(0.5, 20, 0, 0).mean == pytest.approx(longest, rel=1e-4)


def test_a_limit_out_of_reach_is_refused() -> None:
    with pytest.raises(Refused, match=r"run length of 100 is beyond this chart, which has 1.0 to 17"):
        limit_for(lambda limit: 1 + limit**2, 100, widest=4)
    with pytest.raises(Refused, match="“wanted run length” is 1"):
        limit_for(lambda limit: 1 + limit**2, 1, widest=4)


def test_from_another_start_the_chain_goes_on_from_there() -> None:
    chances = poisson.pmf(np.arange(40), 2.0)
    plain, ahead = (grid_cusum(chances, 2, 5, 12, start) for start in (0, 7))
    assert ahead.first.tolist() == plain.then[7].tolist()
    assert ahead.then.tolist() == plain.then.tolist()
    assert ahead.mean < plain.mean


def test_an_average_that_starts_off_the_centre_is_seen_sooner_and_from_either_side_alike() -> None:
    """From z the first period forgets λ of it: with λ = 1 the start is forgotten at once."""
    plain, up, down = (normal_ewma(0.2, 0.9, 0.0, start).mean for start in (0.0, 0.6, -0.6))
    assert up == pytest.approx(down)
    assert up < plain
    assert normal_ewma(0.2, 0.9, 0.3, 0.6).mean < normal_ewma(0.2, 0.9, 0.3, -0.6).mean
    assert normal_ewma(1.0, 2.0, 0.4, 0.6).mean == pytest.approx(normal_ewma(1.0, 2.0, 0.4).mean)


def test_a_mean_is_stated_from_above_nought_to_the_longest() -> None:
    assert (stated(LONGEST), stated(1e-9)) == (LONGEST, 1e-9)
    assert [stated(mean) for mean in (LONGEST * 1.0001, 0.0, -1.0, float("nan"))] == 4 * [float("inf")]


def test_both_ends_of_what_a_chart_has_are_within_reach() -> None:
    assert limit_for(lambda limit: 1 + limit**2, 26, widest=5) == pytest.approx(5)
    assert limit_for(lambda limit: 7 + limit, 7 + 1e-3, widest=5) == pytest.approx(1e-3)
    with pytest.raises(Refused, match=r"run length of 6 is beyond this chart, which has 7.0 to 7"):
        limit_for(lambda limit: 7 + limit, 6, widest=5)


def test_no_limit_beyond_the_widest_is_looked_at() -> None:
    """Where limits are doubled, 4 is followed by 5 and not by 8."""
    seen: list[float] = []
    with pytest.raises(Refused, match="to 6"):
        limit_for(lambda limit: seen.append(limit) or 1 + limit, 100, widest=5)
    assert max(seen) == 5


@pytest.mark.parametrize("periods", [0, -1, 1.5, float("nan")])
def test_a_signal_is_looked_for_in_whole_periods_from_the_first_on(periods: float) -> None:
    coin = RunLength(first=np.array([0.5]), then=np.array([[0.5]]))
    with pytest.raises(Refused, match=f"“periods” is {periods}; expected a whole number, 1 or more"):
        coin.signals_within(periods)
    assert coin.signals_within(1) == 0.5
