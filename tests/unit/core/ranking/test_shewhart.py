"""Charts of counts: their limits, and the false alarms that these really give."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from zhicheng.core.ranking import Chart, c_chart, p_chart, u_chart
from zhicheng.core.refused import Refused


@given(st.lists(st.integers(0, 60), min_size=1, max_size=20))
def test_a_c_chart_is_a_u_chart_of_units_of_one(cases: list[int]) -> None:
    if not sum(cases):
        return
    c, u = c_chart(cases), u_chart(cases, np.ones(len(cases)))
    assert c.upper == pytest.approx(u.upper)
    assert c.centre == pytest.approx(np.mean(cases))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(40, 400)), min_size=2, max_size=15), st.floats(1, 4))
def test_the_centre_is_the_overall_figure_and_limits_are_possible(
    periods: list[tuple[int, int]], sigmas: float
) -> None:
    cases, sizes = np.array(periods).T
    if not cases.sum():
        return
    chart = p_chart(cases, sizes, sigmas=sigmas)
    assert chart.centre == pytest.approx(cases.sum() / sizes.sum())
    assert (chart.lower >= 0).all()
    assert (chart.upper <= 1).all()
    assert (chart.lower <= chart.centre).all()
    assert (chart.upper >= chart.centre).all()


def test_a_known_centre_is_taken() -> None:
    chart = p_chart([10, 10], [100, 100], centre=0.2)
    assert chart.centre == 0.2
    assert chart.upper == pytest.approx(0.2 + 3 * 0.04)


def test_three_sigmas_of_rare_counts_alarm_more_often_than_of_measurements() -> None:
    """At a mean of 1 the upper limit is 4: five cases or more come with probability 0.00366."""
    chart = c_chart([1, 0, 2, 1], centre=1)
    assert chart.false_alarm_rate == pytest.approx(poisson.sf(4, 1))
    assert chart.periods_to_false_alarm == pytest.approx(1 / 0.0036598, rel=1e-4)
    assert chart.periods_to_false_alarm < 370


def test_what_lies_exactly_on_a_limit_is_inside() -> None:
    """Mean 9: limits 0 and 18, whole counts both."""
    chart = c_chart([0, 18, 19], centre=9)
    assert chart.outside.tolist() == [False, False, True]
    assert chart.false_alarm_rate == pytest.approx(poisson.sf(18, 9))


@pytest.mark.parametrize(
    ("size", "centre", "case"), [(100, 0.2, 8), (225, 0.1, 9), (225, 0.2, 27), (225, 0.8, 162), (225, 0.9, 189)]
)
def test_what_rounding_puts_beyond_a_limit_is_inside(size: int, centre: float, case: int) -> None:
    """Three standard errors below 0.2 is 0.08, to a computer a hair more; the chances count eight as inside."""
    chart = p_chart([case, case - 1], [size, size], centre=centre)
    assert chart.outside.tolist() == [False, True]
    assert chart.chances[0] == pytest.approx(
        binom.cdf(case - 1, size, centre) + binom.sf(round(2 * size * centre) - case, size, centre), rel=1e-9
    )


def test_no_false_alarm_where_none_is_possible() -> None:
    chart = p_chart([0, 1], [1, 1], centre=0.5)
    assert chart.false_alarm_rate == 0
    assert chart.periods_to_false_alarm == float("inf")


@pytest.mark.parametrize("centre", [0.5, 3.0, 40.0])
def test_stated_false_alarms_are_those_that_come(centre: float) -> None:
    random = np.random.default_rng(1931)
    sizes = random.uniform(0.5, 2, 200_000)
    chart = u_chart(random.poisson(centre * sizes), sizes, centre=centre)
    error = np.sqrt(chart.false_alarm_rate / len(sizes))
    assert chart.outside.mean() == pytest.approx(chart.false_alarm_rate, abs=4 * error)


def test_stated_false_alarms_of_proportions_are_those_that_come() -> None:
    random = np.random.default_rng(1931)
    sizes = random.integers(20, 300, 200_000)
    chart = p_chart(random.binomial(sizes, 0.07), sizes, centre=0.07)
    assert chart.outside.mean() == pytest.approx(chart.false_alarm_rate, abs=4 * np.sqrt(0.004 / 200_000))


def test_impossible_periods_are_refused() -> None:
    with pytest.raises(Refused, match="“cases” at place 1 is 5: at most “sizes”, 4"):
        p_chart([5], [4])
    with pytest.raises(Refused, match="“sizes” at place 2 is 0"):
        u_chart([1, 1], [1, 0])
    with pytest.raises(Refused, match="“sigmas” is 0"):
        c_chart([4], sigmas=0)


@pytest.mark.parametrize("size", [3, 6, 7, 12, 14])
def test_a_figure_on_the_limit_is_inside_whatever_rounding_makes_of_it(size: int) -> None:
    """4/n + 3·√(4/n²) is 10/n, which binary numbers miss by a hair; and no chance is counted for it."""
    chart = u_chart([10, 4], [size, size], centre=4 / size)
    assert chart.outside.tolist() == [False, False]
    assert chart.chances == pytest.approx(poisson.sf(10, 4))


def test_limits_lie_so_many_errors_on_both_sides() -> None:
    """A mean of 100 per unit: deviations of 10 for one unit, of 5 for four; none of the limits is cut off."""
    chart = u_chart([100, 400], [1, 4], centre=100, sigmas=2)
    assert chart.lower == pytest.approx([80, 90])
    assert chart.upper == pytest.approx([120, 110])
    assert c_chart([100], centre=100, sigmas=0.5).lower == pytest.approx([95])
    chart = p_chart([50, 200], [100, 400], centre=0.5, sigmas=2)
    assert chart.lower == pytest.approx([0.4, 0.45])
    assert chart.upper == pytest.approx([0.6, 0.55])


def test_too_few_are_outside_too() -> None:
    assert c_chart([69, 70, 130, 131], centre=100).outside.tolist() == [True, False, False, True]
    assert c_chart([70], centre=100).chances[0] == pytest.approx(poisson.cdf(69, 100) + poisson.sf(130, 100))


def test_limits_of_rare_and_of_usual_cases_stay_possible() -> None:
    """Three errors around 0.9 of two, and around one case per unit, would be 0.26 to 1.54 and −2 to 4."""
    often, seldom = p_chart([1], [2], centre=0.9), p_chart([1], [2], centre=0.1)
    assert (often.lower[0], often.upper[0]) == (pytest.approx(0.9 - 3 * np.sqrt(0.045)), 1)
    assert (seldom.lower[0], seldom.upper[0]) == (0, pytest.approx(0.1 + 3 * np.sqrt(0.045)))
    assert (c_chart([1], centre=1).lower[0], c_chart([1], centre=1).upper[0]) == (0, 4)


def test_where_nothing_ever_happened_nothing_is_outside() -> None:
    for chart in (p_chart([0, 0], [50, 60]), u_chart([0, 0], [50, 60]), c_chart([0, 0])):
        assert chart.centre == 0
        assert not chart.outside.any()
        assert chart.periods_to_false_alarm == float("inf")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: p_chart([1, 2], [9]), "“cases” has 2 values and “sizes” has 1: as many"),
        (lambda: u_chart([1, 2], [9]), "“cases” has 2 values and “sizes” has 1: as many"),
        (lambda: p_chart([0, 0], [9, 0]), "“sizes” at place 2 is 0: a number above 0"),
        (lambda: p_chart([1], [9], centre=1.5), "“centre” is 1.5: a number above 0 and below 1 was"),
        (lambda: p_chart([1], [9], centre=0), "“centre” is 0: a number above 0 and below 1 was"),
        (lambda: u_chart([1], [9], centre=0), "“centre” is 0: a number above 0"),
        (lambda: p_chart([1], [9], sigmas=0), "“sigmas” is 0: a number above 0"),
        (lambda: c_chart([-1]), "“cases” at place 1 is -1: 0 or more"),
        (lambda: p_chart([-1], [9]), "“cases” at place 1 is -1: 0 or more"),
    ],
)
def test_a_chart_needs_periods_of_some_size_and_limits_of_some_width(
    asked: Callable[[], Chart], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        asked()
