"""Judgements are counted, those that are missing are not, and strange ones are named."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.refused import Refused
from zhicheng.core.scores.agreement.tally import tally

TABLES = st.integers(1, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.sampled_from([1.0, 2.0, 5.0, None]), min_size=raters, max_size=raters), min_size=1, max_size=8
    )
)


@given(TABLES)
def test_every_judgement_is_counted_once(table: list[list[float | None]]) -> None:
    counted, values = tally(table)
    given_ones = [value for row in table for value in row if value is not None]
    assert values.tolist() == sorted(set(given_ones))
    assert counted.sum(axis=0).tolist() == [given_ones.count(value) for value in values]
    assert counted.sum(axis=1).tolist() == [sum(value is not None for value in row) for row in table]


@given(TABLES, st.randoms())
def test_who_judged_does_not_matter(table: list[list[float | None]], random: object) -> None:
    turned = [list(reversed(row)) for row in table]
    assert (tally(table)[0] == tally(turned)[0]).all()


def test_categories_that_nobody_chose_are_kept_if_given() -> None:
    counted, values = tally([[1, 3], [3, 3]], [3, 2, 1])
    assert values.tolist() == [1, 2, 3]
    assert counted.tolist() == [[1, 0, 1], [0, 0, 2]]


def test_strange_judgements_are_refused() -> None:
    with pytest.raises(Refused, match="“4” is none of the categories 1, 2, 3"):
        tally([[1, 4]], [1, 2, 3])
    with pytest.raises(Refused, match="Ratings with 1 dimensions"):
        tally(np.array([1.0, 2.0]))


def test_a_unit_that_nobody_judged_is_a_row_of_nothing() -> None:
    counted, values = tally([[None, None], [1, float("nan")], [2, 2]])
    assert values.tolist() == [1, 2]
    assert counted.tolist() == [[0, 0], [1, 0], [0, 2]]


def test_of_no_judgements_there_are_no_values() -> None:
    counted, values = tally([[None, None]])
    assert (counted.shape, values.tolist()) == ((1, 0), [])


def test_categories_given_twice_are_one() -> None:
    counted, values = tally([[2, 2]], [2, 1, 2, 1])
    assert (counted.tolist(), values.tolist()) == ([[0, 2]], [1, 2])


def test_the_first_strange_judgement_by_size_is_named() -> None:
    with pytest.raises(Refused, match=r"“0\.5” is none of the categories 1, 2\.5"):
        tally([[7, 1, 0.5]], [2.5, 1])


def test_categories_are_numbers_and_every_unit_has_as_many_raters() -> None:
    with pytest.raises(Refused, match="“ratings” holds “clean”: numbers were expected"):
        tally([["clean", "dirty"], [1, 2]])
    with pytest.raises(Refused, match=r"“ratings” holds “\[\[1, 2\], \[1\]\]”: numbers were expected"):
        tally([[1, 2], [1]])
