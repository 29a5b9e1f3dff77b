"""EWMA charts: the average, its limits, and the false alarms that simulated periods give."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.core.ranking import ewma, ewma_run_length, ewma_width, opening_run_length
from zhicheng.core.refused import Refused

FIGURES = st.lists(st.floats(-1000, 1000), min_size=1, max_size=20)
WEIGHTS = st.floats(0.01, 1)


@given(FIGURES, WEIGHTS)
def test_the_average_is_the_weighted_sum_of_all_that_came_before(figures: list[float], weight: float) -> None:
    found = ewma(figures, weight=weight, width=3, centre=7, deviation=1).values[-1]
    periods = len(figures)
    weights = weight * (1 - weight) ** np.arange(periods - 1, -1, -1)
    assert found == pytest.approx(7 * (1 - weight) ** periods + weights @ np.array(figures), abs=1e-8)


@given(FIGURES, WEIGHTS, st.floats(-100, 100), st.floats(0.1, 10))
def test_units_do_not_matter(figures: list[float], weight: float, centre: float, scale: float) -> None:
    plain = ewma(figures, weight=weight, width=3, centre=0, deviation=1)
    other = ewma(scale * np.array(figures) + centre, weight=weight, width=3, centre=centre, deviation=scale)
    assert other.values == pytest.approx(centre + scale * plain.values, abs=1e-6)
    assert other.upper == pytest.approx(centre + scale * plain.upper, abs=1e-6)


@given(FIGURES, WEIGHTS)
def test_limits_open_up_to_the_steady_ones(figures: list[float], weight: float) -> None:
    opening = ewma(figures, weight=weight, width=3, centre=0, deviation=2, steady=False)
    steady = ewma(figures, weight=weight, width=3, centre=0, deviation=2)
    assert opening.upper[0] == pytest.approx(3 * 2 * weight)
    assert (opening.upper <= steady.upper + 1e-12).all()
    assert (np.diff(opening.upper) >= 0).all()


def test_periods_may_be_of_different_size() -> None:
    """Deviations 1 and 3, λ = ½: variances ⅓ in the long run, then ¼·⅓ + ¼·9; from the start ¼, then ¼·¼ + ¼·9."""
    steady, opening = (
        ewma([1, 1], weight=0.5, width=2, centre=0, deviation=[1, 3], steady=steady) for steady in (True, False)
    )
    assert steady.upper == pytest.approx(2 * np.sqrt([1 / 3, 7 / 3]))
    assert opening.upper == pytest.approx(2 * np.sqrt([1 / 4, 37 / 16]))
    assert steady.signals.tolist() == [False, False]


@pytest.mark.parametrize("steady", [True, False])
def test_averages_of_periods_that_differ_lie_beyond_their_limits_as_often(steady: bool) -> None:
    """Normal averages pass 1.96 deviations of their own one time in twenty, whatever the sizes of months."""
    deviation = 1 / np.sqrt(np.array([100, 20, 20, 300, 50, 10, 80, 200]))
    random = np.random.default_rng(1990)
    signals = []
    for _ in range(4000):
        before = random.normal(0, np.sqrt(0.3 / 1.7) * deviation[0]) if steady else 0.0
        figures = random.normal(0, deviation)
        figures[0] += 0.7 / 0.3 * before
        chart = ewma(figures, weight=0.3, width=1.96, centre=0, deviation=deviation, steady=steady)
        signals.append(chart.signals)
    assert np.mean(signals, axis=0) == pytest.approx(0.05, abs=0.015)


def simulated(weight: float, width: float, shift: float, charts: int, *, steady: bool = True) -> np.ndarray:
    """Run lengths of simulated charts."""
    random = np.random.default_rng(1959)
    average, running = np.zeros(charts), np.zeros(charts, dtype=int)
    going = np.ones(charts, dtype=bool)
    limit = width * np.sqrt(weight / (2 - weight))
    while going.any():
        average[going] += weight * (random.normal(shift, 1, going.sum()) - average[going])
        running[going] += 1
        opened = 1.0 if steady else np.sqrt(1 - (1 - weight) ** (2 * running.max()))
        going &= np.abs(average) <= limit * opened
    return running


@pytest.mark.parametrize(("weight", "width", "shift"), [(0.1, 2.0, 0.0), (0.3, 2.2, 0.0), (0.1, 2.7, 0.8)])
def test_the_stated_run_length_is_the_one_that_comes(weight: float, width: float, shift: float) -> None:
    runs = simulated(weight, width, shift, 20_000)
    stated = ewma_run_length(weight, width, shift=shift)
    assert runs.mean() == pytest.approx(stated.mean, abs=4 * runs.std() / np.sqrt(len(runs)))
    within = (runs <= 12).mean()
    assert within == pytest.approx(stated.signals_within(12), abs=4 * np.sqrt(within / len(runs)))


@pytest.mark.parametrize(("weight", "width", "shift"), [(0.1, 2.0, 0.0), (0.3, 2.2, 0.0), (0.1, 2.7, 0.8)])
def test_limits_that_open_up_alarm_sooner_and_as_stated(weight: float, width: float, shift: float) -> None:
    runs = simulated(weight, width, shift, 20_000, steady=False)
    stated = opening_run_length(weight, width, shift=shift)
    assert runs.mean() == pytest.approx(stated, abs=4 * runs.std() / np.sqrt(len(runs)))
    assert stated < ewma_run_length(weight, width, shift=shift).mean


def test_without_memory_limits_stand_at_once() -> None:
    assert opening_run_length(1, 3) == pytest.approx(ewma_run_length(1, 3).mean) == pytest.approx(370.4, abs=0.05)


@settings(max_examples=20)
@given(st.floats(0.05, 1), st.floats(20, 5000))
def test_the_width_is_the_one_for_the_run_length(weight: float, wanted: float) -> None:
    assert ewma_run_length(weight, ewma_width(weight, wanted)).mean == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize(
    ("weight", "width", "said"),
    [(0, 3, "“weight” is 0: above"), (1.1, 3, "“weight” is 1.1"), (0.2, 0, "“width” is 0"), (0.01, 3, "0.02 or")],
)
def test_impossible_charts_are_refused(weight: float, width: float, said: str) -> None:
    with pytest.raises(Refused, match=said):
        ewma_run_length(weight, width)


def test_too_low_and_too_high_are_signalled_and_a_figure_on_the_limit_is_not() -> None:
    """With λ = 1 the average is the figure itself, and the limits are 10 ± 2·3."""
    chart = ewma([3.9, 4, 10, 16, 16.1], weight=1, width=2, centre=10, deviation=3)
    assert (chart.lower.tolist(), chart.upper.tolist()) == (5 * [4], 5 * [16])
    assert chart.signals.tolist() == [True, False, False, False, True]
    assert chart.values == pytest.approx([3.9, 4, 10, 16, 16.1])
    assert chart.centre == 10


def test_a_run_length_is_computed_down_to_a_weight_of_a_fiftieth() -> None:
    assert opening_run_length(0.02, 1.2) < ewma_run_length(0.02, 1.2).mean < float("inf")
    for asked in (ewma_run_length, opening_run_length):
        with pytest.raises(Refused, match=r"for a weight of 0\.02 or more, not 0\.0199"):
            asked(0.0199, 1.0)
        with pytest.raises(Refused, match="“width” is 0: a number above 0"):
            asked(0.5, 0)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_shift_is_seen_alike_on_both_sides(sign: int) -> None:
    assert ewma_run_length(0.3, 2.5, shift=0.7 * sign).mean == pytest.approx(
        ewma_run_length(0.3, 2.5, shift=0.7).mean
    )
    assert opening_run_length(0.3, 2.5, shift=0.7 * sign) == pytest.approx(opening_run_length(0.3, 2.5, shift=0.7))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"weight": 0}, "“weight” is 0: above 0 and up to 1"),
        ({"weight": 1.01}, "“weight” is 1.01: above 0 and up to 1"),
        ({"width": 0}, "“width” is 0: a number above 0"),
        ({"centre": float("nan")}, "“centre” is nan: a finite number"),
        ({"deviation": 0}, "“deviation” at place 1 is 0: a number above 0"),
        ({"deviation": [1, 1, 1]}, "“figures” has 2 values and “deviation” has 3"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        ewma([1, 2], **({"weight": 0.2, "width": 3, "centre": 0, "deviation": 1} | given))


@pytest.mark.parametrize("run_length", [ewma_run_length, opening_run_length])
def test_a_shift_that_is_no_number_is_refused(run_length: Callable[..., object]) -> None:
    with pytest.raises(Refused, match="“shift” is nan: a finite number was expected"):
        run_length(0.2, 3, shift=float("nan"))


def test_no_width_has_a_run_length_out_of_reach() -> None:
    with pytest.raises(Refused, match="is beyond this chart"):
        ewma_width(0.5, 1e8)
    with pytest.raises(Refused, match="“wanted run length” is 1"):
        ewma_width(0.5, 1)
