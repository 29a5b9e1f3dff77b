"""Unequal chances: the variances are right on average over every sample that a plan of sampling can draw."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.designs.columns import DesignError
from zhicheng.core.designs.pairs import Form, Known, Pairs, Separable

POPULATION = np.array([4.0, 9.0, 1.0, 7.0, 3.0])
PAIRS_OF_UNITS = list(combinations(range(5), 2))
CHANCES = np.array([4, 1, 2, 3, 1, 2, 2, 1, 3, 1]) / 20
"""How likely each pair of units is to be the sample."""
ONE_STRATUM = (np.zeros(4, dtype=np.intp), 1)
probabilities = st.lists(st.floats(0.05, 1), min_size=4, max_size=4).map(np.array)
totals = st.lists(st.floats(-9, 9), min_size=8, max_size=8).map(lambda values: np.array(values).reshape(4, 2))


def joint() -> np.ndarray:
    found = np.zeros((5, 5))
    for (one, other), chance in zip(PAIRS_OF_UNITS, CHANCES, strict=True):
        found[one, other] += chance
        found[other, one] += chance
        found[one, one] += chance
        found[other, other] += chance
    return found


@pytest.mark.parametrize("form", list(Form))
def test_variances_are_right_on_average(form):
    every = joint()
    single = np.diag(every)
    estimates = [sum(POPULATION[unit] / single[unit] for unit in pair) for pair in PAIRS_OF_UNITS]
    truth = CHANCES @ np.square(estimates) - (CHANCES @ estimates) ** 2
    found = [
        Pairs(np.arange(2), Known.of(every[np.ix_(pair, pair)], tolerance=0), form).covariance(
            (POPULATION[list(pair)] / single[list(pair)])[:, None]
        )[0, 0]
        for pair in PAIRS_OF_UNITS
    ]
    assert CHANCES @ estimates == pytest.approx(POPULATION.sum())
    assert CHANCES @ found == pytest.approx(truth)


@given(probabilities, totals)
def test_hartley_and_rao_as_a_matrix(single, values):
    n, q = 4, single.mean()
    delta = 1 - (n - single[:, None] - single[None, :] + q) / (n - 1)
    np.fill_diagonal(delta, 1 - single)
    assert Separable.hartley_rao(single, ONE_STRATUM).times(values) == pytest.approx(delta @ values, abs=1e-9)


@given(probabilities, totals)
def test_overton_as_a_matrix(single, values):
    delta = 1 - (4 - (single[:, None] + single[None, :]) / 2) / 3
    np.fill_diagonal(delta, 1 - single)
    assert Separable.overton(single, ONE_STRATUM).times(values) == pytest.approx(delta @ values, abs=1e-9)


@given(probabilities, totals)
def test_strata_are_drawn_apart(single, values):
    strata = np.array([0, 1, 0, 1]), 2
    found = Pairs(np.arange(4), Separable.hartley_rao(single, strata), Form.YATES_GRUNDY).covariance(values)
    apart = sum(
        Pairs(
            np.arange(2),
            Separable.hartley_rao(single[rows], (np.zeros(2, dtype=np.intp), 1)),
            Form.YATES_GRUNDY,
        ).covariance(values[rows])
        for rows in ([0, 2], [1, 3])
    )
    assert found == pytest.approx(apart, abs=1e-8)


@given(probabilities, totals)
def test_the_form_of_yates_and_grundy_is_one_of_differences(single, values):
    drawn = Separable.hartley_rao(single, ONE_STRATUM)
    delta = drawn.times(np.eye(4))
    expected = -0.5 * sum(
        delta[i, j] * np.outer(values[i] - values[j], values[i] - values[j]) for i in range(4) for j in range(4)
    )
    assert Pairs(np.arange(4), drawn, Form.YATES_GRUNDY).covariance(values) == pytest.approx(expected, abs=1e-8)


def test_independent_draws_vary_one_by_one():
    single, values = np.array([0.2, 0.5]), np.array([[3.0], [4.0]])
    drawn = Pairs(np.arange(2), Separable.poisson(single), Form.HORVITZ_THOMPSON)
    assert drawn.covariance(values)[0, 0] == pytest.approx(0.8 * 9 + 0.5 * 16)


def test_rows_of_a_cluster_are_drawn_together():
    drawn = Separable.poisson(np.array([0.2, 0.5]))
    rows = Pairs(np.array([0, 1, 0]), drawn, Form.HORVITZ_THOMPSON).covariance(np.array([[1.0], [4.0], [2.0]]))
    assert rows[0, 0] == pytest.approx(0.8 * 9 + 0.5 * 16)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (np.ones((2, 3)), r"shape \(2, 3\); expected a square"),
        (np.array([[0.5, 0.0], [0.0, 0.5]]), "units 0 and 1 are drawn together with probability 0.0"),
        (np.array([[0.5, 0.6], [0.6, 0.7]]), "probability 0.6; expected 0 < π ≤ 0.5"),
        (np.array([[0.5, 0.2], [0.3, 0.5]]), "units 0 and 1"),
    ],
)
def test_impossible_joint_chances(matrix, message):
    with pytest.raises(DesignError, match=message):
        Known.of(matrix)


def test_small_dependence_is_dropped_as_asked():
    matrix = np.array([[0.5, 0.25001], [0.25001, 0.5]])
    assert Known.of(matrix).delta[0, 1] == 0
    assert Known.of(matrix, tolerance=0).delta[0, 1] == pytest.approx(0.00001 / 0.25001)


def test_two_units_of_a_stratum_by_hand():
    """Δ = 1 − (n − π₁ − π₂ + q)/(n − 1) by Hartley and Rao, 1 − (n − (π₁ + π₂)/2)/(n − 1) by Overton."""
    single, influence = np.array([0.2, 0.5]), np.array([[3.0], [7.0]])
    own = 0.8 * 3**2 + 0.5 * 7**2
    strata = np.zeros(2, dtype=np.intp), 1
    q = (0.2 + 0.5) / 2
    for drawn, delta in (
        (Separable.hartley_rao(single, strata), 1 - (2 - 0.7 + q)),
        (Separable.hartley_rao(single, strata, np.array([0.3])), 1 - (2 - 0.7 + 0.3)),
        (Separable.overton(single, strata), 1 - (2 - 0.35)),
    ):
        found = Pairs(np.arange(2), drawn, Form.HORVITZ_THOMPSON).covariance(influence)
        assert float(found[0, 0]) == pytest.approx(own + 2 * delta * 3 * 7)


@pytest.mark.parametrize("approximated", [Separable.hartley_rao, Separable.overton])
def test_a_unit_alone_in_its_stratum_varies_by_its_own_chance(approximated):
    single = np.array([0.25, 1.0])
    drawn = approximated(single, (np.arange(2, dtype=np.intp), 2))
    found = Pairs(np.arange(2), drawn, Form.HORVITZ_THOMPSON).covariance(np.array([[4.0], [9.0]]))
    assert float(found[0, 0]) == pytest.approx(0.75 * 4**2)


def test_no_chance_is_above_1():
    with pytest.raises(
        DesignError, match=r"units 0 and 0 are drawn together with probability 1\.5; expected 0 < π"
    ):
        Known.of(np.array([[1.5, 0.3], [0.3, 0.5]]))
