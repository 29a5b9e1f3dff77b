from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.thresholds import first_of, within


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_the_first_number_from_the_start_is_found(threshold: int, start: int, more: int) -> None:
    found = first_of(lambda number: number >= threshold, start, start + more)
    assert found == max(start, min(threshold, start + more))
    assert first_of(lambda number: number >= threshold, start) == max(start, threshold)


@pytest.mark.parametrize("stop", [1_000_000, None])
def test_it_is_asked_seldom_and_never_beyond_the_end(stop: int | None) -> None:
    asked: list[int] = []

    def holds(number: int) -> bool:
        asked.append(number)
        return number >= 700_000

    assert first_of(holds, 1, stop) == 700_000
    assert len(asked) <= 40
    assert max(asked) < (stop or 2 * 700_000)


def test_what_is_near_is_found_without_looking_far() -> None:
    asked: list[int] = []

    def holds(number: int) -> bool:
        asked.append(number)
        return number >= 1003

    assert first_of(holds, 1000, 10**12) == 1003
    assert max(asked) <= 1010


def test_an_empty_range_asks_nothing() -> None:
    assert first_of(lambda number: pytest.fail(f"asked for {number}"), 5, 5) == 5


@given(st.integers(1, 400), st.integers(1, 400))
def test_a_share_that_is_the_limit_keeps_it(part: int, more: int) -> None:
    """However it and the limit were rounded: the share, and what one minus the rest leaves."""
    whole = part + more
    limit = float(Fraction(part, whole))
    assert within(part / whole, limit)
    assert within(1 - more / whole, limit)
    assert not within((part + 1) / whole, limit)
    assert within((part - 1) / whole, limit)
