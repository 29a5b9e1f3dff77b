"""The jackknife: exact for a mean, right for a curved function of it, and silent on too few units."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.estimates.interval import IntervalError
from zhicheng.core.refused import Refused
from zhicheng.core.scores.agreement.coefficient import jackknifed

VALUES = st.lists(st.integers(-100, 100).map(float), min_size=3, max_size=20)


def mean(units: np.ndarray) -> float:
    return float(units.mean())


@given(VALUES)
def test_the_error_of_a_mean_is_the_usual_one(values: list[float]) -> None:
    found = jackknifed(np.array(values), mean, level=0.95)
    assert found.value == pytest.approx(np.mean(values))
    assert found.error == pytest.approx(np.std(values, ddof=1) / np.sqrt(len(values)), abs=1e-9)
    assert found.value in found.interval


@given(VALUES, st.floats(0.1, 9))
def test_errors_scale_with_the_coefficient(values: list[float], factor: float) -> None:
    plain = jackknifed(np.array(values), mean, level=0.9)
    scaled = jackknifed(np.array(values), lambda units: factor * mean(units), level=0.9)
    assert scaled.error == pytest.approx(factor * plain.error, abs=1e-9)


@given(VALUES)
def test_a_higher_level_is_a_wider_interval(values: list[float]) -> None:
    low, high = (jackknifed(np.array(values), mean, level=level).interval for level in (0.8, 0.99))
    assert high.low <= low.low
    assert high.high >= low.high


def test_a_curved_coefficient_has_the_error_of_its_slope() -> None:
    values = np.random.default_rng(1958).normal(5, 1, 400)
    found = jackknifed(values, lambda units: float(np.exp(units.mean())), level=0.95)
    assert found.error == pytest.approx(np.exp(values.mean()) * values.std(ddof=1) / 20, rel=0.02)


def test_intervals_hold_at_their_level() -> None:
    random = np.random.default_rng(5)
    held = [4.0 in jackknifed(random.gamma(4, 1, 30), mean, level=0.9).interval for _ in range(800)]
    assert np.mean(held) == pytest.approx(0.9, abs=0.035)


def test_the_interval_ends_where_the_coefficient_does() -> None:
    values = np.array([0.5, 1.0, 1.0, 0.9])
    assert jackknifed(values, mean, level=0.95).interval.high > 1
    assert jackknifed(values, mean, level=0.95, most=1.0).interval.high == 1


def test_too_few_units_and_no_level_are_refused() -> None:
    with pytest.raises(Refused, match="2 units were judged by two or more: 3 or more"):
        jackknifed(np.ones(2), mean, level=0.95)
    with pytest.raises(IntervalError, match="A confidence level of 95"):
        jackknifed(np.ones(3), mean, level=95)
