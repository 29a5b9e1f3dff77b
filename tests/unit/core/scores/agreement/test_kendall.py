"""Kendall's W: its ends, its relation to rank correlations, and scipy's Friedman test."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare, spearmanr

from zhicheng.core.refused import Refused
from zhicheng.core.scores.agreement import concordance

TABLES = st.tuples(st.integers(2, 6), st.integers(3, 8), st.integers(0, 999)).map(
    lambda size: np.random.default_rng(size[2]).integers(0, 9, (size[0], size[1])).astype(float)
)


@given(TABLES)
def test_it_lies_between_none_and_one_and_order_is_all_that_matters(table: np.ndarray) -> None:
    if any(len(set(row)) > 1 for row in table):
        found = concordance(table)
        assert -1e-12 <= found.value <= 1 + 1e-12
        assert concordance(np.exp(table)).value == pytest.approx(found.value)


@given(TABLES)
def test_the_test_is_friedmans(table: np.ndarray) -> None:
    if all(len(set(row)) > 1 for row in table):
        found = concordance(table)
        statistic, p_value = friedmanchisquare(*table.T)
        assert (found.chi_squared, found.p_value) == pytest.approx((statistic, p_value))


@given(st.integers(2, 6), st.integers(3, 8), st.integers(0, 999))
def test_without_ties_it_tells_the_mean_rank_correlation(judges: int, units: int, seed: int) -> None:
    """Mean Spearman correlation of the pairs of judges = (m·W − 1)/(m − 1)."""
    random = np.random.default_rng(seed)
    table = np.array([random.permutation(units) for _ in range(judges)], dtype=float)
    pairs = [spearmanr(table[i], table[j])[0] for i in range(judges) for j in range(i)]
    value = concordance(table).value
    assert np.mean(pairs) == pytest.approx((judges * value - 1) / (judges - 1), abs=1e-9)


def test_one_order_is_one_and_two_opposite_ones_are_none() -> None:
    assert concordance([[1, 2, 3, 4]] * 3).value == pytest.approx(1)
    assert concordance([[1, 2, 3, 4], [4, 3, 2, 1]]).value == pytest.approx(0)


def test_judges_at_random_are_called_in_accord_as_often_as_stated() -> None:
    random = np.random.default_rng(1939)
    found = [concordance(random.random((6, 8))).p_value <= 0.05 for _ in range(800)]
    assert np.mean(found) == pytest.approx(0.045, abs=0.02)


def test_what_has_no_order_is_refused() -> None:
    with pytest.raises(Refused, match="No judge tells any two units apart"):
        concordance([[1, 1], [2, 2]])
    with pytest.raises(Refused, match=r"shape \(3,\): two or more judges"):
        concordance([1, 2, 3])
    with pytest.raises(Refused, match="“judgements” at place 1 is nan"):
        concordance([[float("nan"), 1], [2, 1]])


@pytest.mark.parametrize(
    ("judgements", "value"),
    [
        ([[1, 2, 3], [1, 3, 2]], 12 * 6 / (4 * 24)),
        ([[10, 20, 30], [0.1, 0.3, 0.2]], 12 * 6 / (4 * 24)),
        ([[1, 2, 2], [1, 2, 3]], 12 * 6.5 / (4 * 24 - 2 * 6)),
        ([[1, 1, 1], [1, 2, 3]], 12 * 2 / (4 * 24 - 2 * 24)),
        ([[1, 2], [1, 2], [2, 1]], 12 * 0.5 / (9 * 6)),
    ],
)
def test_by_hand(judgements: list[list[float]], value: float) -> None:
    """Sums of ranks 2, 5 and 5 lie 6 around 4, squared; who ties two takes 6 off m·(n³ − n), who ties all 24."""
    found = concordance(judgements)
    judges, units = len(judgements), len(judgements[0])
    assert found.value == pytest.approx(value)
    assert (found.chi_squared, found.degrees_of_freedom) == (
        pytest.approx(judges * (units - 1) * value),
        units - 1,
    )


def test_chance_by_hand() -> None:
    """χ² of two degrees of freedom lies beyond 3 with e^(−3/2)."""
    assert concordance([[1, 2, 3], [1, 3, 2]]).p_value == pytest.approx(np.exp(-1.5))


@given(TABLES, st.data())
def test_names_of_judges_and_units_play_no_part(table: np.ndarray, data: st.DataObject) -> None:
    rows, columns = data.draw(st.permutations(range(len(table)))), data.draw(st.permutations(range(len(table[0]))))
    if any(len(set(row)) > 1 for row in table):
        moved = table[np.ix_(list(rows), list(columns))]
        assert concordance(moved).value == pytest.approx(concordance(table).value)


def test_judgements_are_numbers() -> None:
    with pytest.raises(Refused, match="“judgements” holds “first”: numbers were expected"):
        concordance([[1, 2, 3], ["first", 2, 3]])
