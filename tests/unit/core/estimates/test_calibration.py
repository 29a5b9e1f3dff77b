import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from zhicheng.core.designs import Design, DesignError, Floats
from zhicheng.core.estimates.calibration import calibrated
from zhicheng.core.estimates.distances import Distance, Linear, Logit, Raking
from zhicheng.core.estimates.margins import CalibrationError

DISTANCES: list[Distance] = [Linear(), Linear(0.3, 3.0), Raking(), Raking(0.3, 3.0), Logit(0.3, 3.0)]
distances = st.sampled_from(DISTANCES)
seeds = st.integers(0, 10_000)


def sample(seed: int, units: int = 20) -> tuple[Design, dict[str, Floats]]:
    generator = np.random.default_rng(seed)
    design = Design.clusters(list(range(units)), weights=generator.uniform(2, 10, units))
    return design, {"all": np.ones(units), "staff": generator.gamma(2, 3, units)}


def near(design: Design, auxiliary: Mapping[str, Floats], seed: int) -> dict[str, float]:
    """Totals that weights within the bounds can have, as they are those of such weights."""
    weights = design.weights * np.random.default_rng(seed + 1).uniform(0.6, 1.7, design.size)
    return {name: float(weights @ column) for name, column in auxiliary.items()}


@given(seeds, distances)
def test_totals_are_met_within_the_bounds(seed: int, distance: Distance) -> None:
    design, auxiliary = sample(seed)
    totals = near(design, auxiliary, seed)
    found = calibrated(design, auxiliary, totals, distance=distance)
    for name, column in auxiliary.items():
        assert found.weights @ column == pytest.approx(totals[name], rel=1e-9)
    factors = found.weights / design.weights
    assert distance.low - 1e-12 <= factors.min()
    assert factors.max() <= distance.high + 1e-12


@given(seeds, distances)
def test_what_agrees_already_stays(seed: int, distance: Distance) -> None:
    design, auxiliary = sample(seed)
    totals = {name: float(design.weights @ column) for name, column in auxiliary.items()}
    assert calibrated(design, auxiliary, totals, distance=distance).weights == pytest.approx(design.weights)


@given(seeds, distances)
def test_only_what_the_variables_say_matters(seed: int, distance: Distance) -> None:
    """Equivariance: other units of measurement, and a variable that repeats the others, change no weight."""
    design, auxiliary = sample(seed)
    totals = near(design, auxiliary, seed)
    found = calibrated(design, auxiliary, totals, distance=distance)
    other = {"all": 100 * auxiliary["all"], "staff": auxiliary["staff"] / 1000 + auxiliary["all"]}
    other_totals = {"all": 100 * totals["all"], "staff": totals["staff"] / 1000 + totals["all"]}
    again = {**auxiliary, "twice": 2 * auxiliary["staff"]}
    again_totals = {**totals, "twice": 2 * totals["staff"]}
    y = np.arange(20) % 6.0
    for design_again in (
        calibrated(design, other, other_totals, distance=distance),
        calibrated(design, again, again_totals, distance=distance),
    ):
        assert design_again.weights == pytest.approx(found.weights, rel=1e-6)
        assert design_again.covariance(design_again.weights * y) == pytest.approx(
            found.covariance(found.weights * y), rel=1e-5
        )


@given(seeds, distances)
def test_what_the_variables_explain_does_not_vary(seed: int, distance: Distance) -> None:
    design, auxiliary = sample(seed)
    found = calibrated(design, auxiliary, near(design, auxiliary, seed), distance=distance)
    y = 3 - 2 * auxiliary["staff"]
    assert found.covariance(found.weights * y)[0, 0] == pytest.approx(0, abs=1e-12)


@given(seeds)
def test_greg_is_the_design_plus_what_the_regression_missed(seed: int) -> None:
    """Särndal, Swensson & Wretman 1992, result 6.3.1: ŷ + (T − x̂)·B, with the weights of the design."""
    design, auxiliary = sample(seed)
    totals = near(design, auxiliary, seed)
    x, y = np.column_stack(list(auxiliary.values())), np.random.default_rng(seed + 2).normal(size=20)
    half = np.sqrt(design.weights)[:, None]
    coefficients = np.linalg.lstsq(half * x, half[:, 0] * y)[0]
    expected = design.weights @ y + (np.array(list(totals.values())) - design.weights @ x) @ coefficients
    assert calibrated(design, auxiliary, totals).weights @ y == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(seeds)
def test_the_ratio_estimator_is_a_calibration(seed: int) -> None:
    """One variable, which is its own spread: all weights are multiplied by one number (Deville & Särndal 1992)."""
    design, auxiliary = sample(seed)
    staff = auxiliary["staff"]
    found = calibrated(design, {"staff": staff}, {"staff": 900}, spread=staff)
    assert found.weights == pytest.approx(design.weights * 900 / (design.weights @ staff))


@settings(max_examples=15, deadline=None)  # the general solver takes its time
@given(seeds)
def test_bounded_weights_are_the_nearest_ones(seed: int) -> None:
    """Held against a general solver, which knows nothing of the dual."""
    design, auxiliary = sample(seed, units=8)
    totals = near(design, auxiliary, seed)
    x, target = np.column_stack(list(auxiliary.values())), np.array(list(totals.values()))
    found = calibrated(design, auxiliary, totals, distance=Linear(0.5, 1.8)).weights / design.weights
    answer = minimize(
        lambda g: design.weights @ (g - 1) ** 2 / 2,
        np.ones(8),
        jac=lambda g: design.weights * (g - 1),
        bounds=[(0.5, 1.8)] * 8,
        constraints={"type": "eq", "fun": lambda g: (design.weights * g) @ x - target},
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert found == pytest.approx(answer.x, abs=1e-4)


@pytest.mark.parametrize("distance", DISTANCES, ids=str)
def test_intervals_hold_the_truth_as_often_as_they_say(distance: Distance) -> None:
    """Monte Carlo: 500 simple random samples of 80 from 2 000; a variable with correlation 0.9 is known."""
    generator = np.random.default_rng(11)
    staff = generator.gamma(4, 5, 2000)
    y = 3 * staff + generator.normal(0, 13, 2000)
    held, errors, plain = 0, [], []
    for _ in range(500):
        drawn = generator.permutation(2000)[:80]
        before = Design.simple(80, population=2000)
        known = {"all": 2000.0, "staff": float(staff.sum())}
        design = calibrated(before, {"all": np.ones(80), "staff": staff[drawn]}, known, distance=distance)
        error = design.covariance(design.weights * y[drawn])[0, 0] ** 0.5
        held += abs(design.weights @ y[drawn] - y.sum()) <= 1.99 * error
        errors.append(error)
        plain.append(before.covariance(before.weights * y[drawn])[0, 0] ** 0.5)
    assert 0.92 < held / 500 < 0.975
    assert np.mean(errors) < 0.5 * np.mean(plain)


def test_bounds_that_cannot_be_met_are_told() -> None:
    design, auxiliary = sample(1)
    low = {"all": float(design.weights.sum()), "staff": 0.3 * float(design.weights @ auxiliary["staff"])}
    for distance in (Linear(0.9, 1.1), Raking(0.9, 1.1), Logit(0.9, 1.1)):
        with pytest.raises(
            CalibrationError, match=r"No weights between 0\.9 and 1\.1 times .* “staff” sums up to"
        ):
            calibrated(design, auxiliary, low, distance=distance)


@pytest.mark.parametrize("distance", DISTANCES, ids=str)
def test_totals_that_contradict_each_other_are_told(distance: Distance) -> None:
    design, auxiliary = sample(1)
    totals = near(design, auxiliary, 1)
    auxiliary["twice"] = 2 * auxiliary["staff"]
    with pytest.raises(CalibrationError, match=r"have the known totals.* contradict each other"):
        calibrated(design, auxiliary, {**totals, "twice": 3 * totals["staff"]}, distance=distance)


@pytest.mark.parametrize("distance", [Linear(), Linear(0, 5), Raking(), Logit(0, 5), Logit(-0.5, 5)], ids=str)
def test_a_class_of_one_unit_and_without_population_is_calibrated_away(distance: Distance) -> None:
    """What a total of 0 is met to cannot be measured by what is left of the class: that is nothing."""
    design = Design.clusters(list(range(6)), weights=np.arange(2.0, 8))
    alone = np.eye(6)[0]
    found = calibrated(design, {"all": np.ones(6), "alone": alone}, {"all": 30, "alone": 0}, distance=distance)
    assert found.weights[0] == pytest.approx(0, abs=1e-9)
    assert found.weights[1:] == pytest.approx(np.arange(3.0, 8) * 1.2)


def test_bounds_that_are_just_reached_are_met_by_all() -> None:
    design = Design.clusters(list(range(6)), weights=np.arange(2.0, 8))
    for distance in (Linear(0.5, 2), Raking(0.5, 2), Logit(0.5, 2)):
        found = calibrated(design, {"all": np.ones(6)}, {"all": 54}, distance=distance)
        assert found.weights == pytest.approx(2 * design.weights)


def test_too_few_steps_are_told() -> None:
    design, auxiliary = sample(1)
    totals = near(design, auxiliary, 1)
    with pytest.raises(CalibrationError, match=r"has not converged after 1 steps: “\w+” sums up to .* instead of"):
        calibrated(design, auxiliary, totals, distance=Raking(), most_steps=1)


def test_names_that_differ_are_refused() -> None:
    design, auxiliary = sample(1)
    with pytest.raises(CalibrationError, match="variables are all, staff, and totals are given for all, stuff"):
        calibrated(design, auxiliary, {"all": 100, "stuff": 5})
    with pytest.raises(CalibrationError, match="variables are none, and totals are given for none"):
        calibrated(design, {}, {})


def test_missing_values_are_refused() -> None:
    design, auxiliary = sample(1)
    auxiliary["staff"][[3, 5]] = math.nan
    with pytest.raises(CalibrationError, match="“staff” is missing for 2 units, and its total is 5"):
        calibrated(design, auxiliary, {"all": 100, "staff": 5})
    with pytest.raises(CalibrationError, match="“all” is missing for 0 units, and its total is nan"):
        calibrated(design, {"all": np.ones(20)}, {"all": math.nan})


def test_another_number_of_units_is_refused() -> None:
    with pytest.raises(
        CalibrationError, match=r"“all” has the shape \(3,\); expected a value for each of 20 units"
    ):
        calibrated(sample(1)[0], {"all": np.ones(3)}, {"all": 100})


@pytest.mark.parametrize("spread", [0.0, -1.0, math.nan, [1.0, 2.0]])
def test_what_is_no_spread_is_refused(spread: float | list[float]) -> None:
    with pytest.raises(CalibrationError, match="The spread has the shape"):
        calibrated(sample(1)[0], {"all": np.ones(20)}, {"all": 100}, spread=spread)


def test_what_is_outside_a_domain_stays_outside() -> None:
    """Calibrating a domain to its own totals is calibrating a sample of it, but for who might have been drawn."""
    design, auxiliary = sample(4)
    inside = np.arange(20) < 12
    totals = {"all": 80.0, "staff": 500.0}
    found = calibrated(design.domain(inside), auxiliary, totals, distance=Raking())
    alone = calibrated(
        Design.clusters(list(range(12)), weights=design.weights[:12]),
        {name: column[:12] for name, column in auxiliary.items()},
        totals,
        distance=Raking(),
    )
    assert found.weights[12:].tolist() == [0] * 8
    assert found.weights[:12] == pytest.approx(alone.weights, rel=1e-9)


def test_negative_weights_are_no_start() -> None:
    design = Design.simple(3, population=30)
    units = {"all": np.ones(3), "staff": np.array([1.0, 2.0, 9.0])}
    negative = calibrated(design, units, {"all": 30, "staff": 20})
    assert (negative.weights < 0).any()
    with pytest.raises(
        CalibrationError, match="1 weights are negative before the calibration; expected 0 or more"
    ):
        calibrated(negative, units, {"all": 30, "staff": 40})


@pytest.mark.parametrize(("name", "distance"), [("linear", Linear()), ("raking", Raking())])
def test_a_distance_may_be_named(name: str, distance: Distance) -> None:
    design, x = Design.simple(5, population=50), np.array([1.0, 2.0, 4.0, 3.0, 6.0])
    auxiliary, totals = {"one": np.ones(5), "x": x}, {"one": 50, "x": 170}
    named = calibrated(design, auxiliary, totals, distance=name)
    assert named.weights.tolist() == calibrated(design, auxiliary, totals, distance=distance).weights.tolist()


@pytest.mark.parametrize("distance", ["logit", "Raking", Raking, 0.5, None])
def test_what_is_no_distance_is_refused(distance: Any) -> None:
    with pytest.raises(
        CalibrationError, match=r"expected one of linear, raking, Linear\(low, high\), Raking\(low"
    ):
        calibrated(Design.simple(2, population=4), {"one": np.ones(2)}, {"one": 4}, distance=distance)


@given(seeds)
def test_errors_of_the_ratio_estimator_are_those_of_the_ratio(seed: int) -> None:
    """One variable, and itself as the spread: what is left of y is y − R x, R = Σ w y / Σ w x."""
    design, auxiliary = sample(seed)
    staff = auxiliary["staff"]
    y = staff * np.random.default_rng(seed).uniform(1, 3, 20)
    found = calibrated(design, {"staff": staff}, {"staff": 400}, spread=staff)
    slope = float(design.weights @ y) / float(design.weights @ staff)
    expected = design.covariance(found.weights * (y - slope * staff))
    assert found.covariance(found.weights * y) == pytest.approx(expected, rel=1e-9)


@given(seeds)
def test_errors_with_a_spread_are_those_of_weighted_residuals(seed: int) -> None:
    """The regression is weighted with the weights over the spread (Deville and Särndal 1992, section 3)."""
    design, auxiliary = sample(seed)
    generator = np.random.default_rng(seed)
    spread, y = generator.uniform(0.2, 5, 20), generator.normal(size=20)
    found = calibrated(design, auxiliary, near(design, auxiliary, seed), spread=spread)
    columns, half = np.column_stack(list(auxiliary.values())), np.sqrt(design.weights / spread)
    coefficients = np.linalg.lstsq(half[:, None] * columns, half * y)[0]
    expected = design.covariance(found.weights * (y - columns @ coefficients))
    assert found.covariance(found.weights * y) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(
    "spread", [[1.0] * 19 + [0.0], [1.0] * 19 + [math.inf], [math.nan] + [1.0] * 19, [[1.0] * 20]]
)
def test_one_unit_without_a_spread_is_enough_to_refuse(spread: Any) -> None:
    with pytest.raises(
        CalibrationError, match=r"The spread has the shape .* expected a number above 0 for each of 20"
    ):
        calibrated(sample(1)[0], {"all": np.ones(20)}, {"all": 100}, spread=spread)


@pytest.mark.parametrize(
    ("distance", "sentence"),
    [
        (Linear(), "No weights have the known totals, which contradict each other: “all” sums up to"),
        (
            Linear(0.5, math.inf),
            "No weights between 0.5 and inf times those of the design have the known totals: “",
        ),
        (
            Linear(-math.inf, 1.5),
            "No weights between -inf and 1.5 times those of the design have the known totals",
        ),
        (Raking(), "No weights between 0 and inf times those of the design have the known totals"),
    ],
    ids=str,
)
def test_it_is_told_whether_bounds_are_in_the_way(distance: Distance, sentence: str) -> None:
    auxiliary = {"all": np.ones(3), "again": np.full(3, 2.0)}
    with pytest.raises(CalibrationError) as refused:
        calibrated(Design.simple(3, population=30), auxiliary, {"all": 30, "again": 90}, distance=distance)
    assert str(refused.value).startswith(sentence)


def test_what_is_missed_by_most_is_named_with_what_was_reached() -> None:
    with pytest.raises(CalibrationError, match="“staff” sums up to 54 instead of 90; widen the bounds"):
        calibrated(
            Design.simple(3, population=6),
            {"staff": [1.0, 2.0, 6.0]},
            {"staff": 90},
            distance=Linear(0.0, 3.0),
        )


def test_a_spread_in_words_is_refused() -> None:
    with pytest.raises(DesignError, match="“spread” holds “wide”; expected numbers"):
        calibrated(sample(1)[0], {"all": np.ones(20)}, {"all": 100}, spread=["wide"] * 20)


def test_years_for_names_are_told_where_they_do_not_fit() -> None:
    """Names of variables may be numbers, as labels are; the refusal has to be able to say them."""
    design = Design.simple(4, population=100)
    met = calibrated(design, {2025: np.ones(4)}, {2025: 90})  # type: ignore[dict-item]
    assert met.weights == pytest.approx(22.5)
    with pytest.raises(CalibrationError, match="variables are 2025, and totals are given for 2026, staff"):
        calibrated(design, {2025: np.ones(4)}, {2026: 90, "staff": 1})  # type: ignore[dict-item]
