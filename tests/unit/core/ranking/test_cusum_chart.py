"""CUSUM charts: the sums, the head start, and the false alarms that simulated periods give."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from zhicheng.core.ranking import cusum, cusum_limit, cusum_run_length
from zhicheng.core.ranking.cusum_chart import siegmund_run_length
from zhicheng.core.ranking.run_length import normal_cusum
from zhicheng.core.refused import Refused

FIGURES = st.lists(st.integers(-800, 800).map(lambda hundredths: hundredths / 100), min_size=1, max_size=25)


@given(FIGURES, st.floats(0, 2))
def test_the_sum_is_the_largest_run_of_surplus_up_to_now(figures: list[float], reference: float) -> None:
    """S after period n is the most that any stretch ending in n adds up to, or 0."""
    chart = cusum(figures, centre=0, deviation=1, reference=reference)
    surplus = np.array(figures) - reference
    for period in range(len(figures)):
        stretches = [surplus[start : period + 1].sum() for start in range(period + 1)]
        assert chart.high[period] == pytest.approx(max(0, *stretches), abs=1e-9)


@given(FIGURES, st.floats(0.1, 1))
def test_the_sides_are_mirror_images(figures: list[float], reference: float) -> None:
    chart = cusum(figures, centre=0, deviation=1, reference=reference)
    mirrored = cusum(-np.array(figures), centre=0, deviation=1, reference=reference)
    assert chart.high == pytest.approx(mirrored.low)


@given(FIGURES, st.floats(0, 5))
def test_a_head_start_only_adds_and_wears_off(figures: list[float], head_start: float) -> None:
    plain = cusum(figures, centre=0, deviation=1)
    ahead = cusum(figures, centre=0, deviation=1, head_start=head_start)
    assert (ahead.high >= plain.high - 1e-12).all()
    assert (ahead.high - plain.high <= head_start + 1e-12).all()
    assert (np.diff(ahead.high - plain.high) <= 1e-9).all()


@given(FIGURES, st.floats(-50, 50), st.floats(0.5, 9))
def test_units_do_not_matter(figures: list[float], centre: float, scale: float) -> None:
    plain = cusum(figures, centre=0, deviation=1)
    other = cusum(scale * np.array(figures) + centre, centre=centre, deviation=scale)
    assert other.high == pytest.approx(plain.high, abs=1e-8)


def test_the_first_signal_is_counted_from_one() -> None:
    chart = cusum([0, 3, 3, 3], centre=0, deviation=1, limit=5)
    assert chart.signals.tolist() == [False, False, False, True]
    assert chart.first_signal == 4
    assert cusum([0, 0], centre=0, deviation=1).first_signal is None
    assert cusum([-9], centre=0, deviation=1).first_signal == 1


def simulated(reference: float, limit: float, shift: float, charts: int) -> np.ndarray:
    """Run lengths of simulated two-sided charts."""
    random = np.random.default_rng(1954)
    high, low, running = np.zeros(charts), np.zeros(charts), np.zeros(charts, dtype=int)
    going = np.ones(charts, dtype=bool)
    while going.any():
        z = random.normal(shift, 1, going.sum())
        high[going] = np.maximum(0, high[going] + z - reference)
        low[going] = np.maximum(0, low[going] - z - reference)
        running[going] += 1
        going &= (high <= limit) & (low <= limit)
    return running


@pytest.mark.parametrize(("reference", "limit", "shift"), [(0.5, 2.5, 0.0), (0.25, 4.0, 0.0), (0.5, 4.0, 0.7)])
def test_the_stated_run_length_is_the_one_that_comes(reference: float, limit: float, shift: float) -> None:
    runs = simulated(reference, limit, shift, 20_000)
    stated = cusum_run_length(reference, limit, shift=shift).mean
    assert runs.mean() == pytest.approx(stated, abs=4 * runs.std() / np.sqrt(len(runs)))


@settings(max_examples=20)
@given(st.floats(0.2, 1.5), st.floats(10, 10_000))
def test_the_limit_is_the_one_for_the_run_length(reference: float, wanted: float) -> None:
    assert cusum_run_length(reference, cusum_limit(reference, wanted)).mean == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("shift", [-0.25, 0.0, 0.25, 0.5, 1.0])
@pytest.mark.parametrize("limit", [4.0, 5.0, 7.0])
def test_siegmunds_approximation_agrees(limit: float, shift: float) -> None:
    assert siegmund_run_length(0.5, limit, shift=shift) == pytest.approx(
        normal_cusum(0.5, limit, shift, 0).mean, rel=0.03
    )


def test_impossible_charts_are_refused() -> None:
    with pytest.raises(Refused, match="“limit” is 0"):
        cusum([1], centre=0, deviation=1, limit=0)
    with pytest.raises(Refused, match="“reference” is -1: from 0"):
        cusum([1], centre=0, deviation=1, reference=-1)
    with pytest.raises(Refused, match="“head_start” is 6: from 0 to 5"):
        cusum([1], centre=0, deviation=1, limit=5, head_start=6)
    with pytest.raises(Refused, match="“deviation” at place 1 is 0"):
        cusum([1], centre=0, deviation=0)
    with pytest.raises(Refused, match="“figures” has 2 values and “deviation” has 3"):
        cusum([1, 2], centre=0, deviation=[1, 1, 1])
    with pytest.raises(Refused, match="beyond this chart"):
        cusum_limit(0.5, 1e15)


@given(st.floats(0.25, 1), st.floats(1, 6), st.floats(0, 3))
@settings(max_examples=20)
def test_up_and_down_are_seen_alike(reference: float, limit: float, shift: float) -> None:
    up, down = (cusum_run_length(reference, limit, shift=sign * shift) for sign in (1, -1))
    assert (up.high, up.low, up.mean) == pytest.approx((down.low, down.high, down.mean))
    assert up.mean <= min(up.high, up.low) * (1 + 1e-12)


def test_a_side_that_never_signals_leaves_the_other_alone() -> None:
    """With a shift of three deviations upwards the lower sum would take 10¹⁸ periods, far beyond all digits."""
    for head_start in (0.0, 2.5):
        found = cusum_run_length(0.5, 6, shift=3, head_start=head_start)
        assert found.low == float("inf")
        assert found.mean == pytest.approx(normal_cusum(0.5, 6, 3, head_start).mean, rel=1e-9)
    wide = cusum_run_length(0.5, 35)
    assert (wide.high, wide.low, wide.mean) == (float("inf"), float("inf"), float("inf"))


@pytest.mark.parametrize("shift", [0.5, 1.0, 2.0])
def test_half_the_shift_is_the_best_allowance(shift: float) -> None:
    """Among charts with one false alarm in 370 periods, k = shift/2 sees that shift about the soonest."""
    seen = {
        reference: normal_cusum(reference, cusum_limit(reference, 370), shift, 0).mean
        for reference in (0.1, 0.25, 0.5, 0.75, 1.0, 1.5)
    }
    assert seen[shift / 2] == pytest.approx(min(seen.values()), rel=0.02)


def test_small_lasting_shifts_are_seen_sooner_than_by_single_periods() -> None:
    """Half a deviation: Shewhart's chart needs 155 periods, this one 33, with as many false alarms."""
    shewhart = 1 / (norm.sf(2.5) + norm.sf(3.5))
    found = cusum_run_length(0.25, cusum_limit(0.25, 370.4), shift=0.5).mean
    assert shewhart == pytest.approx(155.2, abs=0.1)
    assert found < shewhart / 4


def test_the_chance_of_a_signal_within_a_year_is_the_one_that_comes() -> None:
    random = np.random.default_rng(52)
    figures = random.normal(size=(20_000, 12))
    total, signalled = np.zeros(20_000), np.zeros(20_000, dtype=bool)
    for period in figures.T:
        total = np.maximum(0, total + period - 0.5)
        signalled |= total > 2.5
    stated = normal_cusum(0.5, 2.5, 0, 0).signals_within(12)
    assert signalled.mean() == pytest.approx(stated, abs=4 * np.sqrt(stated / 20_000))


def simulated_two_sided(shift: float, limit: float, head_start: float, charts: int) -> np.ndarray:
    """Run lengths of simulated charts with k = 0.5."""
    random = np.random.default_rng(1982)
    high, low = np.full((2, charts), head_start)
    running, going = np.zeros(charts, dtype=int), np.ones(charts, dtype=bool)
    while going.any():
        z = random.normal(shift, 1, charts)
        high, low = np.maximum(0, high + z - 0.5), np.maximum(0, low - z - 0.5)
        running[going] += 1
        going &= np.maximum(high, low) <= limit
    return running


@pytest.mark.parametrize(("shift", "head_start"), [(0.0, 0.0), (0.0, 1.5), (0.0, 2.0), (0.7, 1.5), (-1.0, 1.5)])
def test_two_sides_run_as_long_as_stated(shift: float, head_start: float) -> None:
    runs = simulated_two_sided(shift, 3.0, head_start, 20_000)
    stated = cusum_run_length(0.5, 3.0, shift=shift, head_start=head_start).mean
    assert runs.mean() == pytest.approx(stated, abs=4 * runs.std() / np.sqrt(len(runs)))


@given(st.floats(0.25, 1), st.floats(1, 6), st.floats(0, 2), st.floats(0, 1))
@settings(max_examples=20)
def test_without_a_head_start_rates_add_up_and_with_one_it_is_sooner(
    reference: float, limit: float, shift: float, share: float
) -> None:
    plain = cusum_run_length(reference, limit, shift=shift)
    assert 1 / plain.mean == pytest.approx(1 / plain.high + 1 / plain.low)
    ahead = cusum_run_length(reference, limit, shift=shift, head_start=share * limit / 2)
    assert ahead.mean <= plain.mean * (1 + 1e-9)


def test_sums_that_could_both_be_near_the_limit_have_no_stated_run_length() -> None:
    with pytest.raises(Refused, match=r"“head_start” is 3.1: from 0 to 3.0"):
        cusum_run_length(0.5, 5, head_start=3.1)


def test_a_head_start_sees_what_was_wrong_from_the_beginning_sooner() -> None:
    """Lucas and Crosier 1982: with h = 5 and a head start of 2.5 a shift of one is seen in 6.4 periods, not 10."""
    plain, ahead = normal_cusum(0.5, 5, 1, 0).mean, normal_cusum(0.5, 5, 1, 2.5).mean
    assert plain == pytest.approx(10.38, abs=0.01)
    assert ahead == pytest.approx(6.35, abs=0.02)
    assert normal_cusum(0.5, 5, 0, 2.5).mean == pytest.approx(896, abs=0.5)


def test_a_sum_on_the_limit_is_no_signal_yet_and_both_sides_signal() -> None:
    chart = cusum([3, 3, 0.75], centre=0, deviation=1)
    assert (chart.high.tolist(), chart.limit) == ([2.5, 5.0, 5.25], 5.0)
    assert chart.signals.tolist() == [False, False, True]
    assert cusum([-3, -3, -0.75], centre=0, deviation=1).signals.tolist() == [False, False, True]


def test_a_head_start_is_on_both_sides() -> None:
    chart = cusum([0.0, 0.0], centre=0, deviation=1, head_start=2.5)
    assert chart.high.tolist() == chart.low.tolist() == [2.0, 1.5]


def test_each_period_may_have_its_own_deviation() -> None:
    chart = cusum([12, 14, 6], centre=10, deviation=[1, 4, 2], reference=0.25)
    assert chart.high.tolist() == [1.75, 2.5, 0.25]
    assert chart.low.tolist() == [0, 0, 1.75]


def test_where_the_shift_is_the_allowance_siegmunds_approximation_is_a_square() -> None:
    """Without drift (h + 1.166)²; the general formula tends to it, and is never used so near."""
    assert siegmund_run_length(0.5, 4, shift=0.5) == pytest.approx(5.166**2)
    for hair in (1e-4, -1e-4, 2e-9):
        assert siegmund_run_length(0.5, 4, shift=0.5 + hair) == pytest.approx(5.166**2, rel=1e-3)


def test_ends_of_what_is_allowed_are_allowed() -> None:
    assert cusum([0], centre=0, deviation=1, reference=0, limit=2, head_start=2).high.tolist() == [2]
    assert cusum_run_length(0.5, 5, head_start=3.0).mean < cusum_run_length(0.5, 5, head_start=2.9).mean


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: cusum_run_length(0, 5), "“reference” is 0: a number above 0"),
        (lambda: cusum_run_length(0.5, 0), "“limit” is 0: a number above 0"),
        (lambda: cusum_run_length(0.5, 5, head_start=-0.1), "“head_start” is -0.1: from 0 to"),
        (lambda: cusum([1], centre=0, deviation=1, head_start=-0.1), "“head_start” is -0.1: from 0 to"),
        (lambda: cusum([1], centre=0, deviation=1, reference=float("nan")), "“reference” is nan: from 0"),
        (lambda: cusum([1], centre=float("nan"), deviation=1), "“centre” is nan: a finite number"),
        (lambda: cusum_run_length(0.5, 5, shift=float("inf")), "“shift” is inf: a finite number"),
        (lambda: cusum_limit(0, 370), "“reference” is 0: a number above 0"),
    ],
)
def test_run_lengths_of_impossible_charts_are_refused(asked: Callable[[], object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        asked()
