import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.acceptance.quantities import AcceptanceError, between, first_of, inside, whole


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_first_number_is_found_by_halving(threshold: int, stop: int) -> None:
    assert first_of(lambda number: number >= threshold, 0, stop) == min(threshold, stop)


def test_halving_asks_seldom_and_never_beyond_the_end() -> None:
    asked: list[int] = []

    def holds(number: int) -> bool:
        asked.append(number)
        return number >= 700_000

    assert first_of(holds, 1, 1_000_000) == 700_000
    assert len(asked) <= 20
    assert max(asked) < 1_000_000


@pytest.mark.parametrize("value", [-1, 0.5, math.nan, math.inf, -math.inf])
def test_what_is_no_whole_number_is_refused_by_name(value: float) -> None:
    with pytest.raises(AcceptanceError, match=r"“n” is .* expected a whole number, 0 or more"):
        whole("n", value, 0)


def test_whole_numbers_may_come_as_floats_and_have_two_ends() -> None:
    assert whole("n", 5.0, 0) == 5
    assert isinstance(whole("n", 5.0, 0), int)
    assert (whole("n", 2, 2, 8), whole("n", 8, 2, 8)) == (2, 8)
    with pytest.raises(AcceptanceError, match="“n” is 9; expected a whole number from 2 to 8"):
        whole("n", 9, 2, 8)


def test_ends_are_included_or_not() -> None:
    assert (between("p", 0, 0, 1), between("p", 1, 0, 1)) == (0.0, 1.0)
    assert inside("p", 0.5, 0, 1) == 0.5
    for value in (0, 1, math.nan):
        with pytest.raises(AcceptanceError, match=r"“p” is .*; expected a number above 0 and below 1"):
            inside("p", value, 0, 1)
    for value in (-0.001, 1.001, math.nan):
        with pytest.raises(AcceptanceError, match=r"“p” is .*; expected a number from 0 to 1"):
            between("p", value, 0, 1)
