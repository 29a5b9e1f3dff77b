import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.designs import Floats
from zhicheng.core.estimates.residuals import GroupResiduals, RegressionResiduals

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
