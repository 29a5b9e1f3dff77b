import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from zhicheng.core.estimates.distances import Distance, Linear, Logit, Raking
from zhicheng.core.estimates.margins import CalibrationError

DISTANCES: list[Distance] = [
    Linear(),
    Linear(0.6, 1.6),
    Raking(),
    Raking(0.5, 2.0),
    Logit(0.5, 2.5),
    Logit(-0.2, 9.0),
]
distances = st.sampled_from(DISTANCES)
places = st.floats(-4, 4)


@given(distances)
def test_without_cause_no_weight_is_changed(distance: Distance) -> None:
    at = np.zeros(1)
    assert distance.factor(at)[0] == pytest.approx(1)
    assert distance.slope(at)[0] == pytest.approx(1)
    assert distance.integral(at)[0] == pytest.approx(0)


@given(distances, st.floats(-1e3, 1e3))
def test_factors_stay_within_the_bounds(distance: Distance, u: float) -> None:
    assert distance.low <= distance.factor(np.array([u]))[0] <= distance.high


@given(distances, st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))
def test_factors_do_not_fall(distance: Distance, u: float, v: float) -> None:
    low, high = distance.factor(np.array([min(u, v), max(u, v)]))
    assert low <= high


@given(distances, places)
def test_a_slope_is_the_change_of_the_factor(distance: Distance, u: float) -> None:
    step = 1e-6
    before, after = distance.factor(np.array([u - step, u + step]))
    slope = distance.slope(np.array([u - step, u + step]))
    assert min(slope) - 1e-4 <= (after - before) / (2 * step) <= max(slope) + 1e-4


@given(distances, places)
def test_an_integral_is_that_of_the_factor(distance: Distance, u: float) -> None:
    expected, _ = quad(lambda v: float(distance.factor(np.array([v]))[0]), 0, u, limit=200)
    assert distance.integral(np.array([u]))[0] == pytest.approx(expected, abs=1e-6, rel=1e-6)


def test_raking_never_overflows() -> None:
    with np.errstate(all="raise"):
        assert np.isfinite(Raking().factor(np.array([1e6]))).all()


@pytest.mark.parametrize(("low", "high"), [(1.0, 2.0), (0.5, 1.0), (2.0, 0.5), (math.nan, 2.0), (0.5, math.nan)])
@pytest.mark.parametrize("kind", [Linear, Raking, Logit])
def test_bounds_on_one_side_of_1_are_refused(kind: type[Linear | Raking | Logit], low: float, high: float) -> None:
    with pytest.raises(CalibrationError, match=f"Bounds of {low} and {high}"):
        kind(low, high)


def test_raking_cannot_be_asked_for_negative_weights() -> None:
    with pytest.raises(CalibrationError, match=r"expected one from 0\.0 to below 1"):
        Raking(-0.5, 2.0)


@pytest.mark.parametrize(("low", "high"), [(-math.inf, 2.0), (0.5, math.inf)])
def test_the_logit_needs_both_bounds(low: float, high: float) -> None:
    with pytest.raises(CalibrationError, match="expected finite ones"):
        Logit(low, high)
