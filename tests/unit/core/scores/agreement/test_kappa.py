"""Kappa: 1 if all agree, 0 by chance, and an interval that holds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.core.refused import Refused
from zhicheng.core.scores.agreement import Weights, cohen, cohen_of_table, fleiss

TABLES = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(1, 30), min_size=k, max_size=k), min_size=k, max_size=k)
)
EVERY = pytest.mark.parametrize("weights", list(Weights))


@EVERY
@given(table=TABLES)
def test_raters_may_be_exchanged(weights: Weights, table: list[list[int]]) -> None:
    one, other = cohen_of_table(table, weights=weights), cohen_of_table(np.transpose(table), weights=weights)
    assert one.value == pytest.approx(other.value)
    assert one.error == pytest.approx(other.error)
    assert -1 <= one.value <= 1
    assert one.value in one.interval


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=30).filter(lambda names: len(set(names)) > 1))
def test_who_always_agrees_has_one(names: list[str]) -> None:
    found = cohen(names, names, order="abc")
    assert (found.value, found.error) == pytest.approx((1, 0), abs=1e-7)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=4), st.lists(st.integers(1, 9), min_size=2, max_size=4))
def test_independent_raters_have_none(rows: list[int], columns: list[int]) -> None:
    size = min(len(rows), len(columns))
    table = np.outer(rows[:size], columns[:size])
    for weights in Weights:
        assert cohen_of_table(table, weights=weights).value == pytest.approx(0, abs=1e-12)


@given(TABLES, st.integers(2, 9))
def test_more_of_the_same_narrows_and_changes_nothing_else(table: list[list[int]], times: int) -> None:
    once, often = cohen_of_table(table), cohen_of_table(times * np.array(table))
    assert often.value == pytest.approx(once.value)
    assert often.error == pytest.approx(once.error / np.sqrt(times), abs=1e-9)


def test_with_two_categories_weights_make_no_difference() -> None:
    values = {cohen_of_table([[20, 5], [10, 15]], weights=weights).value for weights in Weights}
    assert max(values) == pytest.approx(min(values))


def test_near_misses_count_with_weights() -> None:
    near, far = [[9, 3, 0], [3, 9, 3], [0, 3, 9]], [[9, 0, 3], [3, 9, 0], [0, 6, 9]]
    plain, linear = cohen_of_table(near), cohen_of_table(near, weights=Weights.LINEAR)
    assert linear.value > plain.value
    assert linear.value > cohen_of_table(far, weights=Weights.LINEAR).value


@EVERY
@given(table=TABLES)
def test_errors_are_those_of_the_delta_method(weights: Weights, table: list[list[int]]) -> None:
    """The derivative of kappa by each share, taken numerically, under the multinomial distribution."""
    counted = np.array(table, dtype=float)
    units, step = counted.sum(), 1e-5
    slopes = np.empty(counted.size)
    for cell in range(counted.size):
        ends = []
        for sign in (1, -1):
            moved = counted.copy()
            moved.flat[cell] += sign * step * units
            ends.append(cohen_of_table(moved, weights=weights).value)
        slopes[cell] = (ends[0] - ends[1]) / (2 * step)
    shares = counted.ravel() / units
    variance = (slopes**2 @ shares - (slopes @ shares) ** 2) / units
    assert cohen_of_table(table, weights=weights).error ** 2 == pytest.approx(variance, rel=1e-4, abs=1e-9)


def test_lists_and_tables_agree() -> None:
    first, second = list("aabbbcca"), list("abbbacca")
    table = np.zeros((3, 3))
    for one, other in zip(first, second, strict=True):
        table["abc".index(one), "abc".index(other)] += 1
    assert cohen(first, second, order="abc", weights=Weights.LINEAR) == cohen_of_table(
        table, weights=Weights.LINEAR
    )


@pytest.mark.parametrize("weights", list(Weights))
def test_intervals_of_kappa_hold_at_their_level(weights: Weights) -> None:
    """200 units in three categories; the true kappa by the table of probabilities."""
    chances = np.array([[0.30, 0.06, 0.02], [0.05, 0.22, 0.05], [0.03, 0.05, 0.22]])
    true = cohen_of_table(1e6 * chances, weights=weights).value
    random = np.random.default_rng(1969)
    tables = random.multinomial(200, chances.ravel(), size=4000).reshape(-1, 3, 3)
    held = np.mean([true in cohen_of_table(table, weights=weights, level=0.9).interval for table in tables])
    assert held == pytest.approx(0.9, abs=0.02)


@settings(max_examples=20)
@given(st.integers(2, 6), st.integers(3, 20), st.integers(0, 99))
def test_two_categories_and_many_raters(raters: int, units: int, seed: int) -> None:
    """By Fleiss' own formula for two categories: 1 − Σx(m − x)/(n·m·(m − 1)·p·q)."""
    passed = np.random.default_rng(seed).integers(0, raters + 1, units)
    share = passed.sum() / (units * raters)
    if 0 < share < 1:
        found = fleiss(np.column_stack([passed, raters - passed])).value
        off = (passed * (raters - passed)).sum()
        assert found == pytest.approx(1 - off / (units * raters * (raters - 1) * share * (1 - share)))


def test_intervals_of_fleiss_hold_at_their_level() -> None:
    """60 units by five raters; a unit fails with a chance of its own, drawn from a beta distribution.

    With Beta(a, b), two ratings of a unit correlate by 1/(a + b + 1), which is what kappa estimates.
    """
    random = np.random.default_rng(1971)
    held = []
    for _ in range(300):
        failed = random.binomial(5, random.beta(2, 3, 60))
        held.append(1 / 6 in fleiss(np.column_stack([failed, 5 - failed]), level=0.9).interval)
    assert np.mean(held) == pytest.approx(0.9, abs=0.05)


def test_what_has_no_kappa_is_refused() -> None:
    with pytest.raises(Refused, match="one category: chance would agree as well"):
        cohen_of_table([[9, 0], [0, 0]])
    with pytest.raises(Refused, match=r"shape \(2, 3\): as many rows as columns"):
        cohen_of_table([[1, 2, 3], [1, 2, 3]])
    with pytest.raises(Refused, match="“table” at place 2 is -1"):
        cohen_of_table([[1, -1], [1, 1]])
    with pytest.raises(Refused, match="holds no judgement"):
        cohen_of_table([[0, 0], [0, 0]])
    with pytest.raises(Refused, match="first rater judged 2 units and the second 1"):
        cohen(["a", "b"], ["a"])
    with pytest.raises(Refused, match="need the order"):
        cohen(["a", "b"], ["a", "b"], weights=Weights.LINEAR)
    with pytest.raises(Refused, match="“c” is none of the categories a, b"):
        cohen(["a", "c"], ["a", "b"], order="ab")
    with pytest.raises(Refused, match="1 on the diagonal"):
        cohen_of_table([[1, 1], [1, 1]], weights=[[0, 1], [1, 0]])
    with pytest.raises(Refused, match="Unit 2 was judged by 2 raters"):
        fleiss([[2, 1], [1, 1], [2, 1]])
    with pytest.raises(Refused, match="2 units were judged by two or more: 3 or more"):
        fleiss([[2, 1], [1, 2]])


NEAR = [[4, 1, 0], [1, 3, 1], [0, 1, 4]]


@pytest.mark.parametrize(
    ("weights", "value"), [(Weights.NONE, 0.6), (Weights.LINEAR, 0.7), (Weights.QUADRATIC, 0.8)]
)
def test_three_categories_by_hand(weights: Weights, value: float) -> None:
    """Chance agrees by 3/9, with near misses counted ½ or ¾ by 5/9 or 6/9; found are 11, 13 and 14 of 15."""
    assert cohen_of_table(NEAR, weights=weights).value == pytest.approx(value)


def test_weights_may_be_given_as_a_table() -> None:
    table = [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]
    assert cohen_of_table(NEAR, weights=table) == cohen_of_table(NEAR, weights=Weights.LINEAR)
    for wrong in ([[1, 0], [0, 1]], [1, 1, 1], [[1, 0, 0], [0, 1, 0], [0, 0, 0.9]]):
        with pytest.raises(Refused, match=r"Weights of shape \(.*\): 3 rows and columns with 1 on the diagonal"):
            cohen_of_table(NEAR, weights=wrong)


def test_who_always_disagrees_has_minus_one() -> None:
    found = cohen_of_table([[0, 5], [5, 0]])
    assert (found.value, found.error, found.interval.low) == pytest.approx((-1, 0, -1), abs=1e-7)


@pytest.mark.parametrize(("table", "end"), [([[9, 1], [0, 2]], 1.0), ([[0, 2], [3, 1]], -1.0)])
def test_an_interval_ends_where_kappa_does(table: list[list[int]], end: float) -> None:
    found = cohen_of_table(table, level=0.99)
    assert end in (found.interval.low, found.interval.high)
    assert (found.interval.level, found.interval.method) == (0.99, "normal")


def test_a_category_that_nobody_chose_changes_nothing_without_weights() -> None:
    wider = [[20, 5, 0], [10, 15, 0], [0, 0, 0]]
    assert cohen_of_table(wider).value == pytest.approx(0.4)
    assert cohen_of_table(wider, weights=Weights.LINEAR).value == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("ratings", "unit", "raters"),
    [([[1, 0], [1, 0], [1, 0]], 1, 1), ([[2, 0], [1, 1], [2, 1]], 3, 3), ([[0, 0], [1, 1], [1, 1]], 1, 0)],
)
def test_units_of_too_few_or_other_raters_are_named(ratings: list[list[int]], unit: int, raters: int) -> None:
    with pytest.raises(
        Refused, match=f"Unit {unit} was judged by {raters} raters: as many as the others, and two"
    ):
        fleiss(ratings)


def test_many_raters_by_hand() -> None:
    """Of four units pairs agree by 1, 1/3, 1, 1, which is 5/6; two thirds passed, so that chance agrees by 5/9."""
    found = fleiss([[3, 0], [2, 1], [0, 3], [3, 0]])
    assert found.value == pytest.approx((5 / 6 - 5 / 9) / (4 / 9))
    without = [fleiss_of([[2, 1], [0, 3], [3, 0]]), fleiss_of([[3, 0], [0, 3], [3, 0]])]
    without += [fleiss_of([[3, 0], [2, 1], [3, 0]]), fleiss_of([[3, 0], [2, 1], [0, 3]])]
    assert found.error == pytest.approx(np.sqrt(3 / 4 * np.sum((np.array(without) - np.mean(without)) ** 2)))


def fleiss_of(ratings: list[list[int]]) -> float:
    return fleiss(ratings).value


@EVERY
def test_weights_may_be_named_by_their_text(weights: Weights) -> None:
    table, first, second = [[9, 3, 1], [2, 8, 4], [0, 3, 7]], "aabbccab", "abbbcaab"
    assert cohen_of_table(table, weights=weights.value) == cohen_of_table(table, weights=weights)
    by_text, by_member = (cohen(first, second, order="abc", weights=each) for each in (weights.value, weights))
    assert by_text == by_member


def test_weights_and_tables_that_are_none_are_named() -> None:
    with pytest.raises(Refused, match="“weights” is “cubic”; expected one of none, linear, quadratic"):
        cohen_of_table([[9, 1], [2, 8]], weights="cubic")
    with pytest.raises(Refused, match="“table” holds “many”: numbers were expected"):
        cohen_of_table([[9, "many"], [2, 8]])
    with pytest.raises(Refused, match="“weights” holds “half”: numbers were expected"):
        cohen_of_table([[9, 1], [2, 8]], weights=[[1, "half"], ["half", 1]])
