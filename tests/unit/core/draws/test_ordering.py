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
def test_floating_point_keeps_its_bound(hashes: list[bytes]) -> None:
    for digest, found in zip(hashes, ordering._u_odds(hashes).tolist(), strict=True):
        exact = ranking_variable(digest, (1, 1))
        assert abs(Fraction(found) - exact) <= exact * Fraction(ordering.RELATIVE_ERROR) / 2


def test_nothing_is_ordered_of_nothing() -> None:
    assert pareto_order([], [], targets([], 1)).dtype == np.intp
