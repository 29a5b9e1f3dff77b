"""What people give to a method is checked, and what is refused is named."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.given import (
    at_most,
    between,
    counts,
    finite,
    floats,
    numbers,
    positives,
    same_length,
    vector,
    whole,
)
from zhicheng.core.refused import Refused

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(FINITE, min_size=1, max_size=9))
def test_finite_numbers_pass_unchanged(values: list[float]) -> None:
    assert vector("score", values).tolist() == values


@given(st.lists(FINITE, max_size=5), st.sampled_from([np.nan, np.inf, -np.inf]), st.lists(FINITE, max_size=5))
def test_the_place_of_what_is_no_number_is_named(before: list[float], odd: float, after: list[float]) -> None:
    with pytest.raises(Refused, match=f"“score” at place {len(before) + 1} is .*finite"):
        vector("score", [*before, odd, *after])


def test_one_number_is_a_list_of_one() -> None:
    assert vector("score", 3).tolist() == [3.0]


@pytest.mark.parametrize(
    ("values", "said"),
    [([], "“score” has 0 values: 1 or more"), ([[1, 2], [3, 4]], "“score” has 2 dimensions: one list")],
)
def test_only_one_list_with_enough_numbers_is_taken(values: list[object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        vector("score", values)


def test_so_many_as_a_method_needs() -> None:
    with pytest.raises(Refused, match="“score” has 2 values: 3 or more"):
        vector("score", [1, 2], least=3)


def test_nothing_divides_by_zero_and_no_count_is_negative() -> None:
    with pytest.raises(Refused, match="“size” at place 2 is 0: a number above 0"):
        positives("size", [1, 0])
    with pytest.raises(Refused, match="“cases” at place 1 is -1: 0 or more"):
        counts("cases", [-1, 5])
    assert counts("cases", [0, 2.5]).tolist() == [0.0, 2.5]


def test_lists_belong_together() -> None:
    same_length("cases", np.ones(2), "size", np.ones(2))
    with pytest.raises(Refused, match="“cases” has 2 values and “size” has 3"):
        same_length("cases", np.ones(2), "size", np.ones(3))
    at_most("cases", np.array([1.0, 3.0]), "size", np.array([1.0, 3.0]))
    with pytest.raises(Refused, match="“cases” at place 2 is 4: at most “size”, 3, was expected"):
        at_most("cases", np.array([1.0, 4.0]), "size", np.array([1.0, 3.0]))


@pytest.mark.parametrize("value", [0, 1, -2, 95, float("nan")])
def test_a_level_lies_strictly_between(value: float) -> None:
    with pytest.raises(Refused, match=r"“level” is .* above 0 and below 1"):
        between("level", value, 0, 1)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=9))
def test_whole_numbers_pass(values: list[int]) -> None:
    assert whole("failures", values).tolist() == values


@pytest.mark.parametrize(
    ("value", "said"), [(0.5, "0.5: a whole number"), (-1, "-1: 0 or more"), (np.nan, "nan: a finite")]
)
def test_what_is_not_whole_is_refused(value: float, said: str) -> None:
    with pytest.raises(Refused, match=f"“failures” at place 2 is {said}"):
        whole("failures", [3, value])


NO_NUMBERS = [
    ([1, [2]], "[1, [2]]"),
    ([[1], ["no"]], "no"),
    (["3", "", "4"], ""),
    ([1, None, "E"], "E"),
    (["H", "E"], "H"),
    ("score", "score"),
]
"""And what is shown of them; of rows of different lengths none is at fault alone."""


@pytest.mark.parametrize(("values", "shown"), NO_NUMBERS)
def test_what_is_no_number_is_shown(values: Any, shown: str) -> None:
    with pytest.raises(Refused) as refused:
        vector("score", values)
    assert str(refused.value) == f"“score” holds “{shown}”: numbers were expected"
    assert refused.value.__cause__ is None


def test_the_refusal_of_what_is_no_number_is_the_callers_own() -> None:
    class Mine(Refused):
        """A kind of one method."""

    with pytest.raises(Mine, match="not x"):
        floats([2.0, "x"], lambda value: Mine("not {value}", value=value))
    assert floats([[1, None]], lambda value: Mine("never")).shape == (1, 2)


@pytest.mark.parametrize("values", [3, [1, None], [[1, 2], [3, None]], [[[1]]]])
def test_numbers_of_any_shape_pass_with_nan_for_none(values: Any) -> None:
    assert numbers("ratings", values).shape == np.shape(values)


class OwnError(Refused):
    """A refusal of some module's own."""


@pytest.mark.parametrize(
    ("values", "shown"), [("a", "a"), ([[1, "b"]], "b"), ([[1, 2], [3]], r"\[\[1, 2\], \[3\]\]")]
)
def test_what_is_no_table_of_numbers_is_refused_as_the_module_does(values: Any, shown: str) -> None:
    with pytest.raises(OwnError, match=f"“ratings” holds “{shown}”: numbers were expected"):
        numbers("ratings", values, OwnError)


@pytest.mark.parametrize(
    "value", [0, -1.5, Decimal("0.95"), Fraction(1, 3), np.float64(2), np.int64(7), np.array(0.5)]
)
def test_one_finite_number_of_any_type_passes(value: Any) -> None:
    assert finite("target", value) == float(value)
    assert between("target", value, -2, 8) == float(value)


@pytest.mark.parametrize(
    ("value", "told"),
    [("0.95", "“0.95”"), (None, "None"), ([1, 2], r"\[1, 2\]"), (np.nan, "nan"), (np.inf, "inf")],
)
def test_what_is_no_number_is_refused_as_it_was_given(value: Any, told: str) -> None:
    """“0.95” in quotation marks, so that nobody looks for what is wrong with 0.95."""
    with pytest.raises(Refused, match=f"“level” is {told}: a finite number was expected"):
        finite("level", value)
    with pytest.raises(Refused, match=f"“level” is {told}: a number above 0 and below 1 was expected"):
        between("level", value, 0, 1)
