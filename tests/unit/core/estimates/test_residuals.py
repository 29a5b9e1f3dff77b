import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.designs import Design, Floats
from zhicheng.core.estimates.margins import CalibrationError
from zhicheng.core.estimates.residuals import (
    TURNS,
    GroupResiduals,
    RakingResiduals,
    RegressionResiduals,
    starting_weights,
)

seeds = st.integers(0, 10_000)


def sample(seed: int, *, units: int = 12, groups: int = 3) -> dict[str, Floats]:
    generator = np.random.default_rng(seed)
    group = np.concatenate([np.arange(groups), generator.integers(0, groups, units - groups)])
    return {
        "group": group,
        "before": generator.uniform(1, 9, units),
        "after": generator.uniform(1, 9, units),
        "x": np.column_stack([np.ones(units), generator.normal(size=(units, 2))]),
        "y": generator.normal(size=(units, 2)),
    }


@given(seeds)
def test_what_remains_is_nowhere_near_the_variables(seed: int) -> None:
    """The residuals, weighted with the weights from before, sum up to 0 times every variable."""
    s = sample(seed)
    step = RegressionResiduals.on(s["x"], before=s["before"], after=s["after"])
    plain = step.residuals(s["after"][:, None] * s["y"]) / s["after"][:, None]
    assert s["x"].T @ (s["before"][:, None] * plain) == pytest.approx(np.zeros((3, 2)), abs=1e-9)


@given(seeds)
def test_coefficients_are_those_of_least_squares(seed: int) -> None:
    s = sample(seed)
    half = np.sqrt(s["before"])[:, None]
    coefficients = np.linalg.lstsq(half * s["x"], half * s["y"])[0]
    expected = s["after"][:, None] * (s["y"] - s["x"] @ coefficients)
    step = RegressionResiduals.on(s["x"], before=s["before"], after=s["after"])
    assert step.residuals(s["after"][:, None] * s["y"]) == pytest.approx(expected, abs=1e-9)


@given(seeds)
def test_nothing_remains_twice(seed: int) -> None:
    s = sample(seed)
    for step in (
        RegressionResiduals.on(s["x"], before=s["before"], after=s["after"]),
        GroupResiduals(s["group"].astype(np.intp), before=s["before"], after=s["after"]),
    ):
        once = step.residuals(s["y"])
        assert step.residuals(once) == pytest.approx(once, abs=1e-9)


@given(seeds)
def test_groups_are_the_regression_on_their_indicators(seed: int) -> None:
    s = sample(seed)
    group = s["group"].astype(np.intp)
    by_group = GroupResiduals(group, before=s["before"], after=s["after"])
    by_regression = RegressionResiduals.on(np.eye(3)[group], before=s["before"], after=s["after"])
    assert by_group.residuals(s["y"]) == pytest.approx(by_regression.residuals(s["y"]), abs=1e-9)


@given(seeds)
def test_columns_that_repeat_others_change_nothing(seed: int) -> None:
    s = sample(seed)
    more = np.column_stack([s["x"], 2 * s["x"][:, 1] - s["x"][:, 0], np.zeros(len(s["x"])), 1e6 * s["x"][:, 2]])
    one = RegressionResiduals.on(s["x"], before=s["before"], after=s["after"])
    other = RegressionResiduals.on(more, before=s["before"], after=s["after"])
    assert other.residuals(s["y"]) == pytest.approx(one.residuals(s["y"]), abs=1e-8)


@given(seeds)
def test_a_unit_without_weight_takes_no_part(seed: int) -> None:
    s = sample(seed)
    s["after"][5] = 0
    influence = s["after"][:, None] * s["y"]
    rest = np.arange(12) != 5
    group = s["group"].astype(np.intp)
    for step, without in (
        (
            RegressionResiduals.on(s["x"], before=s["before"], after=s["after"]),
            RegressionResiduals.on(s["x"][rest], before=s["before"][rest], after=s["after"][rest]),
        ),
        (
            GroupResiduals(group, before=s["before"], after=s["after"]),
            GroupResiduals(group[rest], before=s["before"][rest], after=s["after"][rest]),
        ),
    ):
        found = step.residuals(influence)
        assert found[5].tolist() == [0, 0]
        assert found[rest] == pytest.approx(without.residuals(influence[rest]), abs=1e-9)


def test_negative_weights_are_no_start() -> None:
    design = Design.simple(4, weights=[0, 1, 2, 3])
    assert starting_weights(design) is design.weights
    moved = design.reweighted([-1, 0, 2, -0.5], adjustment=RakingResiduals(()))
    with pytest.raises(
        CalibrationError, match="2 weights are negative before the calibration; expected 0 or more"
    ):
        starting_weights(moved)


def test_a_mean_of_each_class_is_taken_by_hand() -> None:
    """Two classes; the weights from before are 1, 3 | 2, 2 and those after 2, 4 | 1, 0: the last takes no part."""
    step = GroupResiduals(np.array([0, 0, 1, 1]), np.array([1.0, 3, 2, 2]), np.array([2.0, 4, 1, 0]))
    values = np.array([5.0, 1.0, 7.0, 9.0])
    influence = step.after * values
    assert step.residuals(influence[:, None])[:, 0].tolist() == [2 * (5 - 2), 4 * (1 - 2), 0, 0]


def test_a_class_without_any_weight_has_nothing_to_explain() -> None:
    step = GroupResiduals(np.array([0, 0, 1]), np.array([1.0, 1, 4]), np.array([1.0, 1, 0]))
    assert step.residuals(np.array([[3.0], [5.0], [0.0]]))[:, 0].tolist() == [-1, 1, 0]


def test_margins_take_their_turns_as_often_as_those_of_r() -> None:
    s = sample(5)
    one = GroupResiduals(s["group"].astype(np.intp), before=s["before"], after=s["after"])
    other = GroupResiduals(np.arange(12) % 2, before=s["before"], after=s["after"])
    found = s["y"]
    for _ in range(TURNS):
        found = other.residuals(one.residuals(found))
    assert TURNS == 10
    assert RakingResiduals((one, other)).residuals(s["y"]).tolist() == found.tolist()


def test_after_the_turns_hardly_anything_of_either_margin_is_left() -> None:
    s = sample(5)
    alike = np.ones(12)
    groups = (s["group"].astype(np.intp), np.arange(12) % 2)
    steps = tuple(GroupResiduals(group, before=alike, after=s["after"]) for group in groups)
    found = RakingResiduals(steps).residuals(s["y"]) / s["after"][:, None]
    for group in groups:
        assert np.abs(np.stack([found[group == each].mean(axis=0) for each in np.unique(group)])).max() < 1e-3


def test_more_variables_than_units_leave_nothing() -> None:
    step = RegressionResiduals.on(np.eye(3, 5) + 0.1, before=np.ones(3), after=np.array([1.0, 2, 3]))
    assert step.residuals(np.array([[1.0], [4.0], [9.0]])) == pytest.approx(np.zeros((3, 1)), abs=1e-9)


def test_variables_that_are_nothing_explain_nothing() -> None:
    step = RegressionResiduals.on(np.zeros((3, 2)), before=np.ones(3), after=np.array([1.0, 2, 3]))
    assert step.residuals(np.array([[1.0], [4.0], [9.0]]))[:, 0].tolist() == [1, 4, 9]


def test_two_columns_that_differ_by_a_part_in_ten_thousand_millions_are_two() -> None:
    """Where columns are dependent is a matter of rounding: 10⁻¹⁰ is not, 10⁻¹⁷ is."""
    x, y = np.arange(6.0), np.array([1.0, 0, 2, 5, 1, 3])
    ones, z = np.ones(6), np.array([1.0, -1, 1, -1, -1, 1])
    for own, explains in ((1e-10, True), (1e-17, False)):
        step = RegressionResiduals.on(np.column_stack([ones, x, x + own * z]), before=ones, after=ones)
        left = step.residuals(y[:, None])[:, 0]
        full = np.column_stack([ones, x, z] if explains else [ones, x])
        expected = y - full @ np.linalg.lstsq(full, y)[0]
        assert left == pytest.approx(expected, abs=1e-4)
