from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from zhicheng.core.estimates.interval import IntervalError
from zhicheng.core.estimates.proportions import proportion_interval
from zhicheng.core.estimates.two_proportions import difference_bounds, difference_interval, fisher_exact_p

counts = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.floats(0.5, 0.999)


@given(counts, counts, levels)
def test_an_interval_holds_the_observed_difference(
    first: tuple[int, int], other: tuple[int, int], level: float
) -> None:
    interval = difference_interval(*first, *other, level=level)
    assert -1 <= interval.low <= interval.high <= 1
    assert interval.low - 1e-12 <= first[0] / first[1] - other[0] / other[1] <= interval.high + 1e-12


@given(counts, counts, levels)
def test_the_other_way_round_the_sign_changes(
    first: tuple[int, int], other: tuple[int, int], level: float
) -> None:
    interval, back = (
        difference_interval(*first, *other, level=level),
        difference_interval(*other, *first, level=level),
    )
    assert interval.low == pytest.approx(-back.high, abs=1e-12)
    assert interval.high == pytest.approx(-back.low, abs=1e-12)


@given(counts, counts, levels, levels)
def test_a_higher_level_gives_an_interval_around_the_other(
    first: tuple[int, int], other: tuple[int, int], level: float, another: float
) -> None:
    narrow = difference_interval(*first, *other, level=min(level, another))
    wide = difference_interval(*first, *other, level=max(level, another))
    assert wide.low <= narrow.low + 1e-12
    assert narrow.high <= wide.high + 1e-12


@given(counts, levels)
def test_of_an_empty_sample_any_proportion_is_possible(count: tuple[int, int], level: float) -> None:
    alone, difference = proportion_interval(*count, level=level), difference_interval(*count, 0, 0, level=level)
    assert difference.low == pytest.approx(alone.low - 1, abs=1e-12)
    assert difference.high == pytest.approx(alone.high, abs=1e-12)


def test_of_two_empty_samples_nothing_is_known() -> None:
    interval = difference_interval(0, 0, 0, 0)
    assert (interval.low, interval.high) == (-1, 1)


def test_many_at_once_are_as_one_by_one() -> None:
    tables = list(product([0, 2, 7], [7, 9], [0, 4], [4, 11]))
    low, high = difference_bounds(*np.array(tables).T, level=0.9)
    single = [difference_interval(*table, level=0.9) for table in tables]
    assert low.tolist() == [interval.low for interval in single]
    assert high.tolist() == [interval.high for interval in single]


@pytest.mark.parametrize("sizes", [(10, 10), (20, 30), (50, 15)])
def test_coverage_is_near_the_level(sizes: tuple[int, int]) -> None:
    """Exact: every pair of outcomes, weighed by its probability, on a grid of true proportions."""
    first, other = (np.arange(size + 1) for size in sizes)
    low, high = difference_bounds(first[:, None], sizes[0], other, sizes[1])
    truths = np.linspace(0.02, 0.98, 13)
    covered = [
        binom.pmf(first, sizes[0], p) @ ((low <= p - q) & (p - q <= high)) @ binom.pmf(other, sizes[1], q)
        for p, q in product(truths, truths)
    ]
    assert 0.945 < np.mean(covered) < 0.97
    assert np.min(covered) > 0.85


@settings(deadline=None)  # SciPy takes its time when it is first asked
@given(counts, counts)
def test_the_exact_probability_sums_the_tables_no_more_probable(
    first: tuple[int, int], other: tuple[int, int]
) -> None:
    (k, n), (j, m) = first, other
    ways = [comb(n, i) * comb(m, k + j - i) for i in range(k + j + 1)]
    expected = sum(way for way in ways if way <= ways[k]) / comb(n + m, k + j)
    assert fisher_exact_p(k, n, j, m) == pytest.approx(expected, rel=1e-9)


def test_the_lady_tasting_tea() -> None:
    """Fisher 1935, The Design of Experiments, chapter 2: 3 of 4 cups right is 34 in 70 by chance, two-sided."""
    assert fisher_exact_p(3, 4, 1, 4) == pytest.approx(34 / 70)


@pytest.mark.parametrize("table", [(3, 2, 0, 1), (0, 1, 3, 2), (0.5, 1, 0, 1)])
def test_what_are_no_counts_is_refused(table: tuple[int, int, int, int]) -> None:
    with pytest.raises(IntervalError, match="expected whole numbers"):
        difference_interval(*table)
    with pytest.raises(IntervalError, match="expected whole numbers"):
        fisher_exact_p(*table)


@pytest.mark.parametrize("level", [0.5, 0.9, 0.999])
def test_where_one_sample_is_empty_the_other_alone_sets_the_ends(level: float) -> None:
    """p − q for any p from 0 to 1, or any q: from the lower end less 1 to the upper end, and the reverse."""
    alone = proportion_interval(8, 10, level=level)
    after, before = difference_interval(8, 10, 0, 0, level=level), difference_interval(0, 0, 8, 10, level=level)
    assert (after.low, after.high) == pytest.approx((alone.low - 1, alone.high))
    assert (before.low, before.high) == pytest.approx((-alone.high, 1 - alone.low))


def test_newcombes_formula_by_hand() -> None:
    """9 of 10 and 3 of 10; Wilson's ends are 0.5958 and 0.9821, 0.1078 and 0.6032 (Newcombe 1998, method 10)."""
    one, other = proportion_interval(9, 10), proportion_interval(3, 10)
    found = difference_interval(9, 10, 3, 10)
    assert found.low == pytest.approx(0.6 - np.sqrt((0.9 - one.low) ** 2 + (other.high - 0.3) ** 2))
    assert found.high == pytest.approx(0.6 + np.sqrt((one.high - 0.9) ** 2 + (0.3 - other.low) ** 2))


@pytest.mark.parametrize(
    ("table", "ends"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_the_examples_of_newcombe(table: tuple[int, int, int, int], ends: tuple[float, float]) -> None:
    """Newcombe 1998, Statistics in Medicine 17:873, table II, examples a to h, method 10."""
    interval = difference_interval(*table)
    assert (round(interval.low, 4), round(interval.high, 4)) == ends
