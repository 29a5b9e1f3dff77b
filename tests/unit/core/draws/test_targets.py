from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhicheng.core.draws.targets import Targets, targets

denominators = st.sampled_from([1, 2, 3, 4, 6])
sizes = st.lists(st.builds(Fraction, st.integers(0, 60), denominators), max_size=12)
any_sizes = st.lists(st.builds(Fraction, st.integers(-9, 60), denominators), max_size=12)


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
@example([Fraction(1), Fraction(2)], 1)
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


@given(any_sizes, st.integers(1, 14))
@example([Fraction(-1), Fraction(-2), Fraction(-2)], 1)
def test_odds_are_those_of_lambda(sizes: list[Fraction], n: int) -> None:
    shared = targets(sizes, n)
    for unit in shared.drawable.tolist():
        place = int(shared.which[unit])
        if not shared.is_certain(place):
            above, below = shared.odds_against(place)
            likely = Fraction(shared.texts[place])
            assert Fraction(above, below) == (1 - likely) / likely
            assert below > 0


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


def test_three_rounds_by_hand() -> None:
    """12 of the sizes 1 to 20: 18, 19 and 20 have more than 210/12; then 17 has 153/9 exactly; then 136 are left.

    8 are drawn of these, so that λ is x/17, and 1/17 to 16/17 add up to 8.
    """
    shared = targets(range(1, 21), 12)
    assert shared.texts == [f"{size}/17" for size in range(1, 17)] + ["1"] * 4
    assert (shared.certain_from, shared.left, shared.total) == (16, 8, 136)


@pytest.mark.parametrize(
    ("sizes", "n", "expected"),
    [
        ([5, 5, 5, 5], 1, ["1/4"] * 4),
        ([5, 5, 5, 5], 4, ["1"] * 4),
        ([5, 5, 5, 5], 9, ["1"] * 4),
        ([6, 3, 2, 1], 2, ["1", "1/2", "1/3", "1/6"]),
        ([Fraction("0.5"), Fraction("2/3"), Fraction("1e1")], 1, ["3/67", "4/67", "60/67"]),
        ([1, 0, 1], 1, ["1/2", "0", "1/2"]),
        ([1, 0, 0], 2, ["1", "1", "1"]),
        ([1, 2, 3], 0, ["0", "0", "0"]),
        ([1, 2, 3], -1, ["0", "0", "0"]),
    ],
)
def test_lambdas_by_hand(sizes: list[Fraction | int], n: int, expected: list[str]) -> None:
    shared = targets(sizes, n)
    assert [shared.texts[place] for place in shared.which] == expected


@given(sizes, st.integers(1, 14), st.builds(Fraction, st.integers(1, 30), denominators))
def test_the_unit_of_sizes_plays_no_part(sizes: list[Fraction], n: int, factor: Fraction) -> None:
    assert values(targets([size * factor for size in sizes], n)) == values(targets(sizes, n))


@given(sizes, st.integers(1, 14), st.randoms(use_true_random=False))
def test_the_order_of_units_plays_no_part(sizes: list[Fraction], n: int, random) -> None:
    turned = random.sample(range(len(sizes)), len(sizes))
    found = values(targets([sizes[unit] for unit in turned], n))
    assert found == [values(targets(sizes, n))[unit] for unit in turned]


@given(sizes, st.integers(0, 14))
def test_where_more_are_drawn_nobody_is_less_likely(sizes: list[Fraction], n: int) -> None:
    fewer, more = values(targets(sizes, n)), values(targets(sizes, n + 1))
    assert all(one <= other for one, other in zip(fewer, more, strict=True))


@given(
    sizes.filter(len),
    st.integers(1, 14),
    st.integers(0, 11),
    st.builds(Fraction, st.integers(0, 99), denominators),
)
def test_who_grows_is_not_less_likely_and_nobody_else_more(
    sizes: list[Fraction], n: int, unit: int, more: Fraction
) -> None:
    unit %= len(sizes)
    n = min(n, sum(1 for size in sizes if size > 0))  # else all that is left has size 0, and is certain
    before = values(targets(sizes, n))
    after = values(targets([size + more * (place == unit) for place, size in enumerate(sizes)], n))
    assert after[unit] >= before[unit]
    assert all(after[place] <= before[place] for place in range(len(sizes)) if place != unit)


@given(sizes, st.integers(0, 14))
def test_what_is_left_is_shared_in_proportion(sizes: list[Fraction], n: int) -> None:
    """Among units that are not certain, λ to λ is as size to size."""
    likely = values(targets(sizes, n))
    open_ = [(size, each) for size, each in zip(sizes, likely, strict=True) if 0 < each < 1]
    assert len({each / size for size, each in open_}) <= 1


@pytest.mark.parametrize(("sizes", "n"), [([1, 1], 5), ([1, 1], 2), ([1, 2], 0), ([], 3)])
def test_where_all_or_none_are_drawn_nothing_is_left_to_chance(sizes: list[Fraction | int], n: int) -> None:
    assert targets(sizes, n).left == 0
