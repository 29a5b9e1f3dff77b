from fractions import Fraction
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhicheng.core.draws import ordering
from zhicheng.core.draws.ordering import pareto_order, ranking_variable
from zhicheng.core.draws.targets import targets

digests = st.one_of(
    st.binary(min_size=32, max_size=32),
    st.sampled_from(
        [bytes(32), b"\xff" * 32, bytes(16) + b"\x01" * 16, b"\xff" * 8 + bytes(24), b"\x80" + bytes(31)]
    ),
    st.integers(0, 3).map(lambda low: b"\x7f" * 31 + bytes([low])),
)
sizes = st.one_of(
    st.integers(0, 5), st.sampled_from([Fraction(1, 3), -1, 10**20, Fraction(1, 10**200), Fraction(10**200)])
)
units = st.lists(st.tuples(sizes, digests), min_size=1, max_size=9)


def by_definition(ids: list[str], hashes: list[bytes], sizes: list[Fraction], n: int) -> list[str]:
    """Rational numbers throughout, as the definition has them."""
    shared = targets(sizes, n)
    keys = {}
    for unit, digest in zip(shared.drawable.tolist(), hashes, strict=True):
        likely = Fraction(shared.texts[int(shared.which[unit])])
        u = Fraction(2 * int.from_bytes(digest) + 1, 2**257)
        keys[ids[unit]] = Fraction(-1) if likely == 1 else u / (1 - u) * (1 - likely) / likely
    return sorted(keys, key=lambda each: (keys[each], each))


def drawn(ids: list[str], given: list[tuple[Fraction, bytes]], n: int) -> tuple[list[str], list[str]]:
    """The order found and the order defined."""
    sizes = [size for size, _ in given]
    shared = targets(sizes, n)
    positive = shared.drawable.tolist()
    hashes = [given[unit][1] for unit in positive]
    names = [ids[unit] for unit in positive]
    return [names[place] for place in pareto_order(names, hashes, shared)], by_definition(ids, hashes, sizes, n)


@given(units, st.integers(0, 10), st.randoms(use_true_random=False))
@example([(1, b"\x7f" * 32)] * 5, 2, None)
def test_the_order_is_the_one_defined(given: list, n: int, random) -> None:
    ids = [f"u{place}" for place in range(len(given))]
    if random:
        random.shuffle(ids)
    found, defined = drawn(ids, given, n)
    assert found == defined


def test_what_floating_point_cannot_tell_apart_is_told_apart() -> None:
    near = [b"\x40" + bytes(30) + bytes([low]) for low in (2, 1, 3, 0)]
    found, defined = drawn(["a", "b", "c", "d"], [(1, digest) for digest in near], 1)
    assert found == defined == ["d", "b", "a", "c"]


def test_equal_units_are_ordered_by_identifier() -> None:
    found, defined = drawn(["c", "a", "b"], [(1, b"\x11" * 32)] * 3, 1)
    assert found == defined == ["a", "b", "c"]


def test_certain_units_come_first_by_identifier() -> None:
    given = [(1, bytes(32)), (9, b"\xff" * 32), (9, b"\x80" * 32), (1, b"\x01" * 32)]
    found, defined = drawn(["z", "y", "x", "a"], given, 3)
    assert found == defined == ["x", "y", "z", "a"]


def test_a_lambda_above_one_may_come_before_or_after_the_certain_ones() -> None:
    """Only sizes below 0 make one."""
    hashes = [sha256(bytes([each])).digest() for each in range(5)]
    found, defined = drawn(list("abcde"), list(zip([4, -1, -1, -1, -1], hashes, strict=True)), 3)
    assert found == defined
    assert len(found) == 5


def test_two_thousand_units_need_no_exact_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = [sha256(str(each).encode()).digest() for each in range(2000)]
    shared = targets([1 + each % 7 for each in range(2000)], 100)
    ids = [str(each) for each in range(2000)]
    exact = pareto_order(ids, hashes, shared).tolist()
    monkeypatch.setattr(ordering, "_exactly", lambda *_: pytest.fail("compared exactly"))
    assert pareto_order(ids, hashes, shared).tolist() == exact
    keys = [ranking_variable(hashes[unit], shared.odds_against(int(shared.which[unit]))) for unit in exact]
    assert keys == sorted(keys)


@given(st.lists(digests, min_size=1, max_size=6))
@example([bytes(7) + b"\x01" + b"\xff" * 24, b"\xff" * 7 + b"\xfe" + bytes(24)])
@example([bytes(7) + b"\x01" + b"\xff" * 8 + bytes(16), b"\xff" * 7 + b"\xfe" + b"\x80" + bytes(23)])
@example([bytes(6) + b"\x01\x00" + b"\xff" * 24, bytes(7) + b"\x03" + b"\x80" * 24])
def test_floating_point_keeps_its_bound(hashes: list[bytes]) -> None:
    for digest, found in zip(hashes, ordering._u_odds(hashes).tolist(), strict=True):
        exact = ranking_variable(digest, (1, 1))
        assert abs(Fraction(found) - exact) <= exact * Fraction(ordering.RELATIVE_ERROR) / 2


def test_nothing_is_ordered_of_nothing() -> None:
    assert pareto_order([], [], targets([], 1)).dtype == np.intp


def hashes_of(seeds: list[int]) -> list[bytes]:
    """A hash for each number, as unlike each other as lots are."""
    return [sha256(f"lot {seed}".encode()).digest() for seed in seeds]


def order_of(sizes: list[int], seeds: list[int], n: int) -> list[int]:
    """The units in the order of the draw, as positions; every size is above 0."""
    found = pareto_order([f"{unit:03}" for unit in range(len(sizes))], hashes_of(seeds), targets(sizes, n))
    return found.tolist()


rosters = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 10**6)), min_size=2, max_size=10, unique_by=lambda u: u[1]
)


def test_the_ranking_variable_by_hand() -> None:
    """u just above 1/2 has the odds 1, so that q is (1 − λ)/λ: 4 for 1/5, and 1/4 for 4/5."""
    half = b"\x80" + bytes(31)
    u = Fraction(2**256 + 1, 2**257)
    assert ranking_variable(half, (4, 1)) == u / (1 - u) * 4
    assert float(ranking_variable(half, (4, 1))) == 4
    assert float(ranking_variable(half, (1, 4))) == 0.25
    quarter, last = b"\x40" + bytes(31), b"\xff" * 32
    assert float(ranking_variable(quarter, (1, 1))) == pytest.approx(1 / 3, rel=1e-15)
    assert ranking_variable(last, (1, 1)) == 2**257 - 1


def test_an_order_by_hand() -> None:
    """Sizes 1, 2 and 7, one drawn: λ 1/10, 1/5, 7/10; odds 1/3, 1, 3 of u 1/4, 1/2, 3/4; q is 3, 4 and 9/7."""
    lots = [bytes([first]) + bytes(31) for first in (0x40, 0x80, 0xC0)]
    assert pareto_order(["a", "b", "c"], lots, targets([1, 2, 7], 1)).tolist() == [2, 0, 1]


@given(rosters, st.integers(1, 8), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_plays_no_part(roster: list, n: int, random) -> None:
    sizes, seeds = [size for size, _ in roster], [seed for _, seed in roster]
    turned = random.sample(range(len(roster)), len(roster))
    found = order_of([sizes[unit] for unit in turned], [seeds[unit] for unit in turned], n)
    certain = sum(targets(sizes, n).is_certain(int(place)) for place in targets(sizes, n).which)
    assert [turned[unit] for unit in found][certain:] == order_of(sizes, seeds, n)[certain:]


@given(rosters, st.integers(1, 8))
def test_names_play_no_part_unless_units_are_certain_or_their_lots_the_same(roster: list, n: int) -> None:
    sizes, hashes = [size for size, _ in roster], hashes_of([seed for _, seed in roster])
    shared = targets(sizes, n)
    names = [f"{unit:03}" for unit in range(len(roster))]
    one, other = (pareto_order(given_, hashes, shared).tolist() for given_ in (names, names[::-1]))
    certain = [unit for unit in range(len(roster)) if shared.is_certain(int(shared.which[unit]))]
    assert one[len(certain) :] == other[len(certain) :]
    assert (one[: len(certain)], other[: len(certain)]) == (certain, certain[::-1])


@given(rosters, st.integers(1, 8), st.integers(0, 9), st.integers(1, 60))
def test_who_grows_does_not_fall_behind(roster: list, n: int, unit: int, more: int) -> None:
    """With the same lots: a larger unit comes as early as before or earlier, and nobody else overtakes it."""
    sizes, seeds = [size for size, _ in roster], [seed for _, seed in roster]
    unit %= len(roster)
    grown = [size + more * (place == unit) for place, size in enumerate(sizes)]
    before, after = order_of(sizes, seeds, n), order_of(grown, seeds, n)
    if not targets(grown, n).is_certain(int(targets(grown, n).which[unit])):
        assert set(after[: after.index(unit)]) <= set(before[: before.index(unit)])
    assert after.index(unit) < n or after.index(unit) <= before.index(unit)


@given(rosters, st.integers(1, 8), st.integers(1, 8))
def test_among_equals_more_are_the_same_and_some_further(roster: list, n: int, more: int) -> None:
    """Of one size the lots alone decide: whoever draws fewer draws the first of those."""
    seeds = [seed for _, seed in roster]
    fewer, all_ = order_of([3] * len(seeds), seeds, min(n, len(seeds) - 1)), hashes_of(seeds)
    assert fewer == sorted(range(len(seeds)), key=all_.__getitem__)
    assert order_of([3] * len(seeds), seeds, min(n + more, len(seeds) - 1)) == fewer


@given(rosters, st.integers(1, 8), st.builds(Fraction, st.integers(1, 1000), st.integers(1, 1000)))
def test_the_unit_of_sizes_plays_no_part(roster: list, n: int, factor: Fraction) -> None:
    """Workers, or thousands of workers."""
    sizes, seeds = [size for size, _ in roster], [seed for _, seed in roster]
    ids = [f"{unit:03}" for unit in range(len(sizes))]
    found = pareto_order(ids, hashes_of(seeds), targets([size * factor for size in sizes], n))
    assert found.tolist() == order_of(sizes, seeds, n)


def test_odds_beyond_floating_point_are_compared_exactly() -> None:
    """Sizes of which one is 10⁴⁰⁰ times the other, and lots that would make up for it."""
    sizes = [1, 10**400, 10**400]
    lots = [bytes(32), b"\xff" * 32, b"\x80" + bytes(31)]
    found, defined = drawn(["a", "b", "c"], list(zip(sizes, lots, strict=True)), 1)
    assert found == defined == ["c", "b", "a"]


@pytest.mark.parametrize("power", [599, 600, 601, 1074])
def test_odds_at_the_ends_of_what_is_safe(power: int) -> None:
    sizes = [1, 2**power, 2**power + 1]
    lots = [bytes(31) + b"\x01", b"\xff" * 32, b"\xff" * 31 + b"\xfe"]
    found, defined = drawn(["a", "b", "c"], list(zip(sizes, lots, strict=True)), 1)
    assert found == defined


def test_odds_that_would_overflow_are_compared_exactly() -> None:
    """With the lots of those that come last, q of both small units is beyond 2¹⁰²⁴."""
    lots = [b"\xff" * 32, b"\xff" * 31 + b"\xfe", b"\x80" + bytes(31)]
    for names in (["a", "b", "c"], ["b", "a", "c"]):
        found, defined = drawn(names, list(zip([1, 1, 2**900], lots, strict=True)), 1)
        assert found == defined == ["c", names[1], names[0]]


def test_certain_units_come_first_also_where_the_others_are_compared_exactly() -> None:
    """Two are certain, whatever their lots; of the others one is 2⁷⁰⁰ times as large as the next."""
    sizes = [1, 10**900, 2**700, 2 * 10**900, 2**700]
    lots = [b"\x40" + bytes(31), b"\xff" * 32, b"\xc0" + bytes(31), bytes(32), b"\x80" + bytes(31)]
    found, defined = drawn(["a", "y", "b", "z", "c"], list(zip(sizes, lots, strict=True)), 3)
    assert found == defined == ["y", "z", "c", "b", "a"]
    found, defined = drawn(["a", "z", "b", "y", "c"], list(zip(sizes, lots, strict=True)), 3)
    assert found == defined == ["y", "z", "c", "b", "a"]


def test_sizes_below_nothing_by_hand() -> None:
    """Of 100, −5 and −4 the first is certain; 3 of −9 make λ 5/3 and 4/3, so that q is −2/5 and −1/4 of the odds.

    The odds being 3, that is −6/5 and −3/4: before and after the −1 of the certain one, as the definition has it.
    """
    lots = [b"\xff" * 32, b"\xc0" + bytes(31), b"\xc0" + bytes(31)]
    found, defined = drawn(["a", "b", "c"], list(zip([100, -5, -4], lots, strict=True)), 4)
    assert found == defined == ["b", "a", "c"]


def test_odds_next_to_nothing_are_compared_exactly() -> None:
    """7 and 13 parts of 2¹⁰⁷⁷ are 1 and 2 parts of 2¹⁰⁷⁴ in floating point; the odds of the lots are 1.93 to 1."""
    large = 2**1076
    sizes = [large, large - 3, large // 4, 10 - large // 4]
    lots = [b"\xff\xff\xf7\xb0" + bytes(28), b"\xff\xff\xf0" + bytes(29), b"\x80" + bytes(31), bytes(32)]
    found, defined = drawn(list("abcd"), list(zip(sizes, lots, strict=True)), 2)
    assert found == defined == ["b", "a", "c"]
