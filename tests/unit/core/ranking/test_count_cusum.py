"""Charts of failures: designed for the false alarms demanded, exact on their grid."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson as counting

from zhicheng.core.ranking import CountCusum, bernoulli_cusum, poisson_cusum
from zhicheng.core.ranking.run_length import grid_cusum
from zhicheng.core.refused import Refused


@settings(max_examples=20)
@given(st.floats(0.2, 8), st.floats(1.4, 4), st.floats(20, 2000))
def test_a_poisson_chart_keeps_the_false_alarms_demanded_and_no_lower_limit_does(
    usual: float, factor: float, wanted: float
) -> None:
    chart = poisson_cusum(usual, usual * factor, wanted)
    assert chart.false_alarms.mean >= wanted
    assert usual < chart.reference / chart.step < usual * factor
    if chart.limit > 1:
        lower = grid_cusum(chart.chances(usual), chart.step, chart.reference, chart.limit - 1, 0)
        assert lower.mean < wanted
    assert chart.run_length(usual * factor).mean < chart.false_alarms.mean


@settings(max_examples=10)
@given(st.floats(0.005, 0.1), st.floats(1.8, 4), st.floats(50, 2000))
def test_a_bernoulli_chart_keeps_the_false_alarms_demanded(usual: float, factor: float, wanted: float) -> None:
    chart = bernoulli_cusum(usual, usual * factor, wanted)
    assert chart.false_alarms.mean >= wanted
    assert usual < 1 / chart.step < usual * factor
    assert chart.run_length(usual * factor).mean < chart.false_alarms.mean


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_the_sum_is_the_largest_run_of_surplus_up_to_now(failures: list[int]) -> None:
    chart = poisson_cusum(2.0, 4.0, 200)
    surplus = chart.step * np.array(failures) - chart.reference
    for period, found in enumerate(chart.sums(failures)):
        assert found == max(0, *(surplus[start : period + 1].sum() for start in range(period + 1)))


def simulated(chart: CountCusum, level: float, charts: int, *, poisson: bool) -> np.ndarray:
    """Run lengths of simulated charts."""
    random = np.random.default_rng(1985)
    total, running = np.zeros(charts), np.zeros(charts, dtype=int)
    going = np.ones(charts, dtype=bool)
    while going.any():
        failed = random.poisson(level, going.sum()) if poisson else random.random(going.sum()) < level
        total[going] = np.maximum(0, total[going] + chart.step * failed - chart.reference)
        running[going] += 1
        going &= total < chart.limit
    return running


@pytest.mark.parametrize("level", [1.0, 2.0])
def test_the_stated_run_length_of_counts_is_the_one_that_comes(level: float) -> None:
    chart = poisson_cusum(1.0, 2.0, 100)
    runs = simulated(chart, level, 20_000, poisson=True)
    stated = chart.run_length(level)
    assert runs.mean() == pytest.approx(stated.mean, abs=4 * runs.std() / np.sqrt(len(runs)))
    within = (runs <= 12).mean()
    assert within == pytest.approx(stated.signals_within(12), abs=4 * np.sqrt(within / len(runs)))


def test_the_stated_run_length_of_tests_is_the_one_that_comes() -> None:
    chart = bernoulli_cusum(0.05, 0.15, 300)
    runs = simulated(chart, 0.05, 10_000, poisson=False)
    assert runs.mean() == pytest.approx(chart.false_alarms.mean, abs=4 * runs.std() / np.sqrt(len(runs)))


def test_it_sees_a_rise_sooner_than_a_chart_of_single_periods() -> None:
    """Against the c chart with about as many false alarms: mean 4, limit 10, one in 352 periods."""
    single = counting.sf(10, 6)
    chart = poisson_cusum(4.0, 6.0, 1 / counting.sf(10, 4))
    assert chart.run_length(6.0).mean < 0.5 / single


def test_a_limit_that_is_never_reached_is_never_signalled() -> None:
    chart = poisson_cusum(2.0, 4.0, 200)
    assert chart.first_signal([2, 2, 3, 2]) is None


@pytest.mark.parametrize(("usual", "raised"), [(2.0, 2.0), (0.0, 1.0), (2.0, 1.0)])
def test_no_rise_is_refused(usual: float, raised: float) -> None:
    with pytest.raises(Refused, match=r"“usual” is 0|“raised” is"):
        poisson_cusum(usual, raised, 100)


def test_what_cannot_be_told_apart_is_refused() -> None:
    with pytest.raises(Refused, match=r"A rise from 2.0 to 2.001 is too small for a chart of whole counts"):
        poisson_cusum(2.0, 2.001, 100)
    with pytest.raises(Refused, match=r"A rise from 0.6 to 0.601 is too small for a chart of single tests"):
        bernoulli_cusum(0.6, 0.601, 100)
    with pytest.raises(Refused, match="needs a limit above 2000: ask for a larger rise"):
        bernoulli_cusum(0.001, 0.0011, 1e9)
    with pytest.raises(Refused, match=r"“run_length” is 1e[+]12: a number above 1 and below 1e[+]10"):
        poisson_cusum(2.0, 4.0, 1e12)
    with pytest.raises(Refused, match=r"“failures” at place 2 is 1.5: a whole number"):
        poisson_cusum(2.0, 4.0, 200).sums([1, 1.5])


def test_a_chart_that_signals_at_once_is_a_chart_of_single_periods() -> None:
    """With limit 1 a sum of whole numbers signals as soon as a period exceeds the reference: a c chart."""
    chances = counting.pmf(np.arange(60), 4.0)
    chart = grid_cusum(chances, 1, 8, 1, 0)
    assert chart.mean == pytest.approx(1 / counting.sf(8, 4.0))


def test_rare_failures_one_by_one_are_nearly_a_poisson_process() -> None:
    """A chance of 1 % per test, or 1/10 % per tenth of a test: as long a run, counted in whole tests."""
    whole = grid_cusum(np.array([0.99, 0.01]), 60, 1, 200, 0).mean
    tenths = grid_cusum(np.array([0.999, 0.001]), 600, 1, 2000, 0).mean / 10
    assert tenths == pytest.approx(whole, rel=0.04)


@given(st.floats(0.5, 6), st.floats(1.5, 3))
@settings(max_examples=20)
def test_the_worse_it_gets_the_sooner_it_is_seen(usual: float, factor: float) -> None:
    chart = poisson_cusum(usual, usual * factor, 100)
    lengths = [chart.run_length(usual * level).mean for level in (0.8, 1.0, 1.3, 2.0, 4.0)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] >= 1


@given(st.floats(50, 400))
@settings(max_examples=10)
def test_fewer_false_alarms_cost_a_later_signal(wanted: float) -> None:
    careful, eager = poisson_cusum(3.0, 5.0, 2 * wanted), poisson_cusum(3.0, 5.0, wanted)
    assert careful.limit >= eager.limit
    assert careful.run_length(5.0).mean >= eager.run_length(5.0).mean


@pytest.mark.parametrize(("usual", "raised"), [(0.5, 0.9), (0.3, 0.6), (0.6, 0.7), (0.02, 0.9)])
def test_failures_need_not_be_rare_for_a_chart_of_single_tests(usual: float, raised: float) -> None:
    """Each test takes off what lies between the two levels; 4,000 simulated charts signal as often as stated."""
    chart = bernoulli_cusum(usual, raised, 100)
    assert usual < chart.reference / chart.step < raised
    assert chart.false_alarms.mean >= 100
    sums, signalled = np.zeros(4000), np.zeros(4000, dtype=bool)
    for failed in np.random.default_rng(1999).random((200, 4000)) < usual:
        sums = np.maximum(0, sums + chart.step * failed - chart.reference)
        signalled |= sums >= chart.limit
    assert signalled.mean() == pytest.approx(chart.false_alarms.signals_within(200), abs=0.03)


def test_the_chance_of_a_false_alarm_within_a_year_grows_to_one() -> None:
    chart = poisson_cusum(4.0, 6.0, 100).false_alarms
    chances = [chart.signals_within(periods) for periods in (1, 12, 120, 2000)]
    assert chances == sorted(chances)
    assert chances[0] < 0.01
    assert chances[-1] == pytest.approx(1, abs=1e-6)


def test_signals_are_counted_from_one_and_at_the_limit() -> None:
    chart = poisson_cusum(4.0, 6.0, 200)
    assert chart.sums([14]).tolist() == [9]
    assert chart.first_signal([14]) == 1
    assert chart.first_signal([13, 5, 5]) is None
    assert chart.first_signal([13, 5, 6]) == 3


@pytest.mark.parametrize(("usual", "raised"), [(2.0, 4.0), (2.0, 2.5), (0.3, 0.9), (7.0, 9.5), (1.0, 1.13)])
def test_the_allowance_is_the_simplest_fraction_near_that_of_the_likelihood_ratio(
    usual: float, raised: float
) -> None:
    """Within a tenth of the rise; no smaller denominator comes so near."""
    allowance, near = (raised - usual) / np.log(raised / usual), 0.1 * (raised - usual)
    chart = poisson_cusum(usual, raised, 100)
    assert abs(chart.reference / chart.step - allowance) <= near
    for step in range(1, chart.step):
        assert min(abs(place / step - allowance) for place in range(10 * step + 1)) > near


def test_the_finest_allowance_is_a_fiftieth() -> None:
    """From 2 to 2.0335 the allowance is 2.01670 and a tenth of the rise 0.00335, so 2.02 will just do."""
    chart = poisson_cusum(2.0, 2.0335, 20)
    assert (chart.step, chart.reference) == (50, 101)
    with pytest.raises(Refused, match="too small for a chart of whole counts"):
        poisson_cusum(2.0, 2.0334, 20)


@pytest.mark.parametrize(("usual", "raised"), [(0.01, 0.03), (0.02, 0.05), (0.001, 0.004)])
def test_what_a_test_takes_off_is_the_likelihood_ratios(usual: float, raised: float) -> None:
    """A failure weighs ln(raised/usual), a pass ln((1 − raised)/(1 − usual)): so many passes undo a failure."""
    failing, passing = np.log(raised / usual), np.log((1 - raised) / (1 - usual))
    chart = bernoulli_cusum(usual, raised, 300)
    assert chart.reference == 1
    assert chart.step - 1 == pytest.approx(-failing / passing, abs=0.5)


@pytest.mark.parametrize(("usual", "raised", "wanted"), [(0.02, 0.05, 400), (0.001, 0.002, 7000)])
def test_no_lower_limit_of_a_bernoulli_chart_keeps_the_false_alarms(
    usual: float, raised: float, wanted: float
) -> None:
    """The second needs a limit between 1,024 and the highest that is looked at."""
    chart = bernoulli_cusum(usual, raised, wanted)
    lower = grid_cusum(chart.chances(usual), chart.step, chart.reference, chart.limit - 1, 0)
    assert lower.mean < wanted <= chart.false_alarms.mean


@pytest.mark.parametrize("level", [0.05, 1.0, 30.0, 1000.0])
def test_the_counts_that_are_left_out_are_as_good_as_impossible(level: float) -> None:
    chances = poisson_cusum(2.0, 4.0, 20).chances(level)
    assert chances.sum() == pytest.approx(1, abs=1e-12)
    assert chances == pytest.approx(counting.pmf(np.arange(len(chances)), level))
    assert counting.sf(len(chances) - 1, level) <= 1e-15


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: bernoulli_cusum(0.0, 0.5, 100), "“usual” is 0: a number above 0 and below 1"),
        (lambda: bernoulli_cusum(0.5, 1.0, 100), "“raised” is 1: a number above 0.5 and below 1"),
        (lambda: bernoulli_cusum(0.5, 0.4, 100), "“raised” is 0.4: a number above 0.5"),
        (lambda: poisson_cusum(2.0, 4.0, 1), "“run_length” is 1: a number above 1"),
        (lambda: poisson_cusum(2.0, 4.0, 20).run_length(0), "“level” is 0: a number above 0"),
        (lambda: poisson_cusum(2.0, 4.0, 20).first_signal([1, -1]), "“failures” at place 2 is -1"),
    ],
)
def test_levels_and_run_lengths_have_their_ends(asked: Callable[[], object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        asked()
