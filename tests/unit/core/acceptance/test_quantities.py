import math
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from zhicheng.core.acceptance.quantities import AcceptanceError, between, inside, whole


@pytest.mark.parametrize("value", [-1, 0.5, math.nan, math.inf, -math.inf, Decimal("NaN"), Fraction(1, 2)])
def test_what_is_no_whole_number_is_refused_by_name(value: float) -> None:
    with pytest.raises(AcceptanceError, match=r"“n” is .* expected a whole number, 0 or more"):
        whole("n", value, 0)


def test_whole_numbers_may_come_as_floats_and_have_two_ends() -> None:
    assert whole("n", 5.0, 0) == 5
    assert isinstance(whole("n", 5.0, 0), int)
    assert (whole("n", 2, 2, 8), whole("n", 8, 2, 8)) == (2, 8)
    with pytest.raises(AcceptanceError, match="“n” is 9; expected a whole number from 2 to 8"):
        whole("n", 9, 2, 8)


@pytest.mark.parametrize(
    "value", [80, 80.0, np.int64(80), np.uint8(80), np.float64(80), Decimal(80), Fraction(80)]
)
def test_whole_numbers_of_all_types_are_the_same(value: float) -> None:
    assert type(whole("n", value, 0)) is int
    assert whole("n", value, 0) == 80


def test_no_whole_number_is_too_large() -> None:
    assert whole("n", 10**400, 0) == 10**400
    with pytest.raises(AcceptanceError, match=r"“n” is 1000.* expected a whole number from 0 to 5"):
        whole("n", 10**400, 0, 5)


NO_NUMBERS = [None, "80", "", "eighty", [80], 80j, np.array([1, 2]), Decimal("sNaN")]


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
def test_what_is_no_number_at_all_is_refused_in_words(value: Any) -> None:
    with pytest.raises(AcceptanceError, match=r"“n” is .*; expected a whole number, 1 or more$"):
        whole("n", value, 1)
    with pytest.raises(AcceptanceError, match=r"“n” is .*; expected a number, 0 or more$"):
        between("n", value, 0)
    with pytest.raises(AcceptanceError, match=r"“n” is .*; expected a number above 0 and below 100$"):
        inside("n", value, 0, 100)


def test_text_is_shown_as_text() -> None:
    """Otherwise “80 is no number” would be all that somebody reads who gave the text “80”."""
    text: Any = "80"
    for check in (whole, between, inside):
        with pytest.raises(AcceptanceError, match="“n” is “80”; expected") as refused:
            check("n", text, 0, 100)
        assert refused.value.params["value"] == "“80”"


@pytest.mark.parametrize(
    "value", [10**400, Fraction(10**400), Decimal("1e400")], ids=["int", "fraction", "decimal"]
)
def test_what_no_float_can_hold_is_refused_where_a_float_is_needed(value: Any) -> None:
    with pytest.raises(AcceptanceError, match="expected a number, 0 or more"):
        between("quality", value, 0)
    assert between("quality", sys.float_info.max, 0) == sys.float_info.max
    assert whole("n", value, 0) == 10**400


def test_ends_are_included_or_not() -> None:
    assert (between("p", 0, 0, 1), between("p", 1, 0, 1)) == (0.0, 1.0)
    assert inside("p", 0.5, 0, 1) == 0.5
    for value in (0, 1, math.nan):
        with pytest.raises(AcceptanceError, match=r"“p” is .*; expected a number above 0 and below 1"):
            inside("p", value, 0, 1)
    for value in (-0.001, 1.001, math.nan):
        with pytest.raises(AcceptanceError, match=r"“p” is .*; expected a number from 0 to 1"):
            between("p", value, 0, 1)
