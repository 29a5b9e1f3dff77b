import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime, minimize

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


def by_hand(distance: Distance, totals: list[float]) -> Dual:
    """Three units with the values 1, −2, 0 and 3, 0, 0, and with the weights and spreads 1, 2, 4."""
    columns = np.array([[1.0, 3.0], [-2.0, 0.0], [0.0, 0.0]])
    weights = np.array([1.0, 2.0, 4.0])
    return Dual(columns, np.array(totals), weights, weights, distance)


def test_factors_sums_and_lengths_by_hand() -> None:
    dual = by_hand(Linear(), [0.0, 1.0])
    assert dual.scale == pytest.approx([np.sqrt(1 / 1 * 1 + 2 / 2 * 4), np.sqrt(1 / 1 * 9)])
    multipliers = np.array([0.5, 0.1])
    assert dual.factors(multipliers) == pytest.approx([1 + 0.8, 1 - 1.0 / 2, 1])
    assert dual.sums(multipliers) == pytest.approx([1.8 - 2 * 2 * 0.5, 3 * 1.8])


def test_what_is_missing_is_a_share_of_the_total_or_of_what_adds_up_to_it() -> None:
    """At λ = 0 the first sums up to 1 − 4 = −3 by absolute values of 5, the second to 3."""
    nothing = np.zeros(2)
    assert by_hand(Linear(), [2.0, 1.0]).shortfall(nothing) == pytest.approx([5 / 5, -2 / 3])
    assert by_hand(Linear(), [-30.0, 9.0]).shortfall(nothing) == pytest.approx([-27 / 30, 6 / 9])
    assert by_hand(Linear(), [0.0, 0.0]).shortfall(nothing) == pytest.approx([3 / 5, -3 / 3])


def test_of_a_total_of_0_the_design_says_what_is_much() -> None:
    """The only unit with a value has nearly lost its weight: what is left is little beside the 3 of before."""
    dual = by_hand(Linear(), [0.0, 0.0])
    far = np.array([0.0, -0.999 / 3])
    assert dual.factors(far)[0] == pytest.approx(0.001)
    assert dual.shortfall(far)[1] == pytest.approx(-0.001)


def test_a_column_of_nothing_has_the_length_1_and_misses_its_total_wholly() -> None:
    dual = Dual(np.zeros((2, 1)), np.array([0.5]), np.ones(2), np.ones(2), Linear())
    assert dual.scale.tolist() == [1]
    assert dual.shortfall(np.zeros(1)).tolist() == [1]
    assert not dual.can_be_met()
    met = Dual(np.zeros((2, 1)), np.zeros(1), np.ones(2), np.ones(2), Linear())
    assert met.is_met(np.zeros(1), 0.0)


def test_a_total_that_is_missed_by_the_tolerance_is_met() -> None:
    dual = Dual(np.ones((4, 1)), np.array([5.0]), np.ones(4), np.ones(4), Linear())
    assert dual.shortfall(np.zeros(1)).tolist() == [0.2]
    assert dual.is_met(np.zeros(1), 0.2)
    assert not dual.is_met(np.zeros(1), 0.19)


@pytest.mark.parametrize(
    ("distance", "total", "possible"),
    [
        (Linear(0.5, 2.0), 2.0, True),
        (Linear(0.5, 2.0), 8.0, True),
        (Linear(0.5, 2.0), 1.9, False),
        (Linear(0.5, 2.0), 8.1, False),
        (Linear(), -100.0, True),
        (Linear(low=0.5), 1e6, True),
        (Linear(high=2.0), -1e6, True),
        (Linear(high=2.0), 8.1, False),
    ],
)
def test_what_bounds_allow_is_known_beforehand(distance: Distance, total: float, possible: bool) -> None:
    """Four units of weight 1, and one of weight 0, which no factor helps."""
    weights = np.array([1.0, 1, 1, 1, 0])
    assert Dual(np.ones((5, 1)), np.array([total]), weights, np.ones(5), distance).can_be_met() is possible
    alone = Dual(np.eye(5)[:, 4:], np.array([1.0]), weights, np.ones(5), distance)
    assert not alone.can_be_met()


def test_the_multipliers_are_those_of_a_general_minimiser() -> None:
    """Σ d σ² G(x·λ/σ²) − T·λ by SciPy, with bounds that bind and a spread."""
    generator = np.random.default_rng(8)
    columns, weights = np.column_stack([np.ones(15), generator.gamma(2, 2, 15)]), generator.uniform(1, 5, 15)
    spread, factors = generator.uniform(0.5, 3, 15), generator.uniform(0.6, 1.8, 15)
    for distance in (Linear(), Linear(0.4, 2.2), Raking(), Raking(0.4, 2.2), Logit(0.4, 2.2)):
        dual = Dual(columns, (weights * factors) @ columns, weights, spread, distance)
        found = dual.minimised(tolerance=1e-10, most_steps=100)
        assert dual.is_met(found, 1e-10)
        general = minimize(
            lambda at, dual=dual: value(dual, at),
            np.zeros(2),
            method="Nelder-Mead",
            options={"xatol": 1e-9, "fatol": 1e-12},
        )
        assert value(dual, found) <= general.fun + 1e-9
        assert found == pytest.approx(general.x, abs=1e-4)
