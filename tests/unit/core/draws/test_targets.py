from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhicheng.core.draws.targets import Targets, targets

sizes = st.lists(st.fractions(min_value=0, max_value=50, max_denominator=6), max_size=12)
any_sizes = st.lists(st.fractions(min_value=-9, max_value=50, max_denominator=6), max_size=12)


def by_definition(sizes: list[Fraction], n: int) -> list[Fraction]:
    """Certain units taken out round by round, the rest shared out anew."""
    found, open_ = [Fraction(0)] * len(sizes), set(range(len(sizes)))
    while open_ and n > 0:
        total = sum(sizes[unit] for unit in open_)
        certain = {unit for unit in open_ if n * sizes[unit] >= total}
        if not certain:
            for unit in open_:
                found[unit] = n * sizes[unit] / total
            break
        for unit in certain:
            found[unit] = Fraction(1)
        open_, n = open_ - certain, n - len(certain)
    return found


def values(shared: Targets) -> list[Fraction]:
    return [Fraction(shared.texts[place]) for place in shared.which.tolist()]


@given(any_sizes, st.integers(-1, 14))
@example([Fraction(0)] * 3, 2)
@example([Fraction(1), Fraction(-1)], 2)
@example([Fraction(-1), Fraction(-2), Fraction(-2)], 1)
@example([Fraction(5), Fraction(0), Fraction(0)], 2)
@example([Fraction(10**30), Fraction(1, 10**30), Fraction(-(10**25))], 2)
def test_lambda_is_the_one_defined(sizes: list[Fraction], n: int) -> None:
    assert values(targets(sizes, n)) == by_definition(sizes, n)


@given(any_sizes, st.integers(-1, 14))
def test_drawable_are_those_with_a_positive_lambda(sizes: list[Fraction], n: int) -> None:
    shared = targets(sizes, n)
    assert shared.drawable.tolist() == [unit for unit, each in enumerate(values(shared)) if each > 0]


@given(sizes, st.integers(0, 14))
def test_lambdas_add_up_to_what_is_drawn(sizes: list[Fraction], n: int) -> None:
    shared = values(targets(sizes, n))
    assert all(0 <= each <= 1 for each in shared)
    positive = sum(1 for size in sizes if size > 0)
    assert sum(shared) == n if n <= positive else sum(shared) >= min(positive, n)


@given(sizes, st.integers(1, 14))
def test_a_larger_unit_is_not_less_likely(sizes: list[Fraction], n: int) -> None:
    pairs = sorted(zip(sizes, values(targets(sizes, n)), strict=True))
    assert [each for _, each in pairs] == sorted(each for _, each in pairs)


@given(sizes, st.integers(1, 14))
def test_odds_are_those_of_lambda(sizes: list[Fraction], n: int) -> None:
    shared = targets(sizes, n)
    for unit in shared.drawable.tolist():
        place = int(shared.which[unit])
        if not shared.is_certain(place):
            above, below = shared.odds_against(place)
            likely = Fraction(shared.texts[place])
            assert Fraction(above, below) == (1 - likely) / likely


def test_whole_numbers_and_fractions_are_the_same() -> None:
    assert (
        targets([2, 4, 6], 1).texts
        == targets([Fraction(1, 3), Fraction(2, 3), 1], 1).texts
        == ["1/6", "1/3", "1/2"]
    )


def test_nothing_is_drawn_of_nothing() -> None:
    shared = targets([], 3)
    assert (shared.texts, shared.drawable.tolist()) == ([], [])


def test_many_certain_units_take_one_round_each_and_little_time() -> None:
    """Powers of two: each round makes one unit certain, a thousand times."""
    shared = targets([2**place for place in range(1000)], 999)
    assert values(shared) == by_definition([Fraction(2**place) for place in range(1000)], 999)


def test_a_fraction_that_cannot_be_written_is_an_error() -> None:
    with pytest.raises(ValueError, match="digits"):
        _ = targets([Fraction(10**5000), Fraction(10**5000 + 1)], 1).texts
