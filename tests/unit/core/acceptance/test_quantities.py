import math
from decimal import Decimal
from fractions import Fraction

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


def test_ends_are_included_or_not() -> None:
    assert (between("p", 0, 0, 1), between("p", 1, 0, 1)) == (0.0, 1.0)
    assert inside("p", 0.5, 0, 1) == 0.5
    for value in (0, 1, math.nan):
        with pytest.raises(AcceptanceError, match=r"“p” is .*; expected a number above 0 and below 1"):
            inside("p", value, 0, 1)
    for value in (-0.001, 1.001, math.nan):
        with pytest.raises(AcceptanceError, match=r"“p” is .*; expected a number from 0 to 1"):
            between("p", value, 0, 1)
