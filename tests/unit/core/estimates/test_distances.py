import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from zhicheng.core.estimates.distances import Distance, Linear, Logit, Raking, distance_named
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


@pytest.mark.parametrize(
    ("distance", "u", "factor", "slope", "integral"),
    [
        (Linear(), -3.0, -2.0, 1.0, 1.5),
        (Linear(0.6, 1.6), -1.0, 0.6, 0.0, -0.32 - 0.36),
        (Linear(0.6, 1.6), 0.5, 1.5, 1.0, 0.625),
        (Linear(0.6, 1.6), 2.0, 1.6, 0.0, 0.78 + 1.6 * 1.4),
        (Raking(), -1.0, math.exp(-1), math.exp(-1), math.exp(-1) - 1),
        (Raking(0.5, 2.0), -2.0, 0.5, 0.0, -0.5 + 0.5 * (math.log(2) - 2)),
        (Raking(0.5, 2.0), 0.5, math.exp(0.5), math.exp(0.5), math.exp(0.5) - 1),
        (Raking(0.5, 2.0), 2.0, 2.0, 0.0, 1 + 2 * (2 - math.log(2))),
        (Raking(0.0, 2.0), -30.0, math.exp(-30), math.exp(-30), math.exp(-30) - 1),
    ],
)
def test_by_hand_between_the_bounds_and_beyond(
    distance: Distance, u: float, factor: float, slope: float, integral: float
) -> None:
    """Parabola or exponential up to the bound, and a straight line of that slope from there on."""
    at = np.array([u])
    assert distance.factor(at)[0] == pytest.approx(factor)
    assert distance.slope(at)[0] == pytest.approx(slope)
    assert distance.integral(at)[0] == pytest.approx(integral)


def test_the_logit_is_that_of_deville_and_sarndal() -> None:
    """Their case 6: g = (L(U − 1) + U(1 − L) e^{Au}) / (U − 1 + (1 − L) e^{Au}), A = (U − L)/((1 − L)(U − 1))."""
    low, high, u = 0.4, 3.0, np.linspace(-2, 2, 9)
    growth = np.exp((high - low) / ((1 - low) * (high - 1)) * u)
    expected = (low * (high - 1) + high * (1 - low) * growth) / (high - 1 + (1 - low) * growth)
    assert Logit(low, high).factor(u) == pytest.approx(expected)


def test_where_a_bound_is_reached_nothing_moves_any_more() -> None:
    assert Linear(0.5, 1.5).slope(np.array([-0.5, 0.5])).tolist() == [0, 0]
    assert Raking(0.5, 2.0).slope(np.log([0.5, 2.0])).tolist() == [0, 0]


def test_beyond_ten_to_the_43rd_no_weight_grows() -> None:
    far = np.array([100.0, 101.0, 1e5])
    assert Raking().factor(far) == pytest.approx(np.full(3, math.exp(100)))
    assert Raking().slope(far) == pytest.approx(np.full(3, math.exp(100)))
    assert Raking(0.0, 1e50).integral(far[1:]) == pytest.approx(math.exp(100) * (far[1:] - 99), rel=1e-12)


@pytest.mark.parametrize("distance", ["logit", "Linear", None, 3, Linear, Raking, Logit, object()])
def test_what_is_no_distance_is_refused_with_those_there_are(distance: object) -> None:
    with pytest.raises(CalibrationError) as refused:
        distance_named(distance)  # type: ignore[arg-type]
    assert str(refused.value) == (
        f"“distance” is “{distance}”; expected one of "
        "linear, raking, Linear(low, high), Raking(low, high), Logit(low, high)"
    )


def test_a_distance_has_a_name_or_is_one() -> None:
    assert distance_named("linear") == Linear()
    assert distance_named("raking") == Raking()
    bent = Logit(0.5, 2.0)
    assert distance_named(bent) is bent
