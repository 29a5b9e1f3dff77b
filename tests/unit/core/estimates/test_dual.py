import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from zhicheng.core.designs import Floats
from zhicheng.core.estimates.distances import Distance, Linear, Logit, Raking
from zhicheng.core.estimates.dual import Dual

DISTANCES: list[Distance] = [Linear(), Linear(0.4, 2.5), Raking(), Logit(0.4, 2.5)]
distances = st.sampled_from(DISTANCES)
seeds = st.integers(0, 10_000)


def problem(seed: int, distance: Distance, *, factor: float = 1.2) -> Dual:
    """Two variables of fifteen units, with totals a little above those of the design."""
    generator = np.random.default_rng(seed)
    columns = np.column_stack([np.ones(15), generator.gamma(2, 3, 15)])
    design = generator.uniform(2, 9, 15)
    return Dual(columns, factor * design @ columns, design, generator.uniform(0.5, 2, 15), distance)


def value(dual: Dual, multipliers: Floats) -> float:
    """The function that is minimised, as the module states it."""
    combined = dual.columns @ multipliers / dual.spread
    return float((dual.design * dual.spread) @ dual.distance.integral(combined) - dual.totals @ multipliers)


@given(seeds, distances)
def test_at_the_minimum_the_totals_are_met(seed: int, distance: Distance) -> None:
    dual = problem(seed, distance)
    found = dual.minimised(tolerance=1e-9, most_steps=50)
    assert dual.is_met(found, 1e-9)
    assert (dual.design * dual.factors(found)) @ dual.columns == pytest.approx(dual.totals, rel=1e-8)
    assert dual.sums(found) == pytest.approx(dual.totals, rel=1e-8)


@given(seeds, distances)
def test_nothing_near_the_minimum_is_less(seed: int, distance: Distance) -> None:
    dual = problem(seed, distance)
    found = dual.minimised(tolerance=1e-9, most_steps=50)
    steps = np.random.default_rng(seed).normal(0, 1e-3, (10, 2))
    assert all(value(dual, found) <= value(dual, found + step) + 1e-12 for step in steps)


@given(seeds, distances, st.floats(-0.1, 0.1), st.floats(-0.02, 0.02))
def test_what_is_missing_is_the_slope_of_the_function(
    seed: int, distance: Distance, first: float, second: float
) -> None:
    dual = problem(seed, distance)
    at = np.array([first, second])
    slope = approx_fprime(at, lambda multipliers: value(dual, multipliers), 1e-7)
    assert dual.sums(at) - dual.totals == pytest.approx(slope, rel=1e-3, abs=1e-2)


@given(seeds)
def test_without_bounds_one_step_is_enough_for_the_linear_distance(seed: int) -> None:
    dual = problem(seed, Linear())
    assert dual.is_met(dual.minimised(tolerance=1e-8, most_steps=1), 1e-8)


@pytest.mark.parametrize("distance", DISTANCES, ids=str)
@pytest.mark.parametrize(("factor", "possible"), [(1.2, True), (2.4, True), (2.6, False)])
def test_whether_totals_can_be_met_is_known(distance: Distance, factor: float, possible: bool) -> None:
    dual = problem(3, distance, factor=factor)
    assert dual.can_be_met() == (possible or distance.high > 2.5)
    found = dual.minimised(tolerance=1e-9, most_steps=200)
    assert dual.is_met(found, 1e-9) == dual.can_be_met()


def test_the_shortfall_is_a_share_of_the_total() -> None:
    dual = Dual(np.ones((4, 1)), np.array([50.0]), np.full(4, 10.0), np.ones(4), Linear())
    assert dual.shortfall(np.zeros(1)).tolist() == [0.2]


def test_a_variable_that_nobody_has_does_no_harm() -> None:
    columns = np.column_stack([np.ones(4), np.zeros(4)])
    dual = Dual(columns, np.array([50.0, 0.0]), np.full(4, 10.0), np.ones(4), Raking())
    assert dual.factors(dual.minimised(tolerance=1e-9, most_steps=50)) == pytest.approx(np.full(4, 1.25))


@pytest.mark.parametrize("distance", [Linear(), Raking(), Logit(-1.0, 1e5), Logit(0.0, 1e6)], ids=str)
@pytest.mark.parametrize("factor", [1e-4, 1e4])
def test_weights_that_are_wrong_by_far_are_a_start_too(distance: Distance, factor: float) -> None:
    """As weights of 1 are for thousands; totals are met to a share of themselves, not of the first sums."""
    dual = problem(5, distance, factor=factor)
    found = dual.minimised(tolerance=1e-9, most_steps=100)
    assert (dual.design * dual.factors(found)) @ dual.columns == pytest.approx(dual.totals, rel=1e-7)
