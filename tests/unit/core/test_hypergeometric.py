from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaincinv
from scipy.stats import binom, hypergeom

from zhicheng.core.hypergeometric import at_most, exactly, fewest_faulty, more_than, most_faulty

HUGE = [10**6, 10**9, 10**15, 10**25]


def counted(count: int, size: int, faulty: int, n: int) -> Fraction:
    """The probability of exactly so many, by counting samples."""
    if not 0 <= count <= n:
        return Fraction(0)
    return Fraction(comb(faulty, count) * comb(size - faulty, n - count), comb(size, n))


@st.composite
def lots(draw: st.DrawFn, most: int = 60) -> tuple[int, int, int]:
    """Size, faulty units, sample."""
    size = draw(st.integers(1, most))
    return size, draw(st.integers(0, size)), draw(st.integers(0, size))


@given(lots(), st.integers(-2, 62))
def test_samples_of_small_lots_are_counted(lot: tuple[int, int, int], count: int) -> None:
    size, faulty, n = lot
    few = sum((counted(each, size, faulty, n) for each in range(count + 1)), Fraction(0))
    asked = {"size": size, "faulty": faulty, "n": n}
    assert exactly(count, **asked) == pytest.approx(float(counted(count, size, faulty, n)), rel=1e-13)
    assert at_most(count, **asked) == pytest.approx(float(few), rel=1e-13)
    assert more_than(count, **asked) == pytest.approx(float(1 - few), rel=1e-13)


@given(lots(2000), st.integers(0, 2000))
def test_in_lots_of_some_size_it_is_as_scipys(lot: tuple[int, int, int], count: int) -> None:
    size, faulty, n = lot
    asked = {"size": size, "faulty": faulty, "n": n}
    assert exactly(count, **asked) == pytest.approx(hypergeom.pmf(count, size, faulty, n), rel=1e-9, abs=1e-280)
    assert at_most(count, **asked) == pytest.approx(hypergeom.cdf(count, size, faulty, n), rel=1e-9, abs=1e-14)
    assert more_than(count, **asked) == pytest.approx(hypergeom.sf(count, size, faulty, n), rel=1e-9, abs=1e-14)


@pytest.mark.parametrize("size", HUGE)
@pytest.mark.parametrize(("n", "count"), [(5, 0), (80, 2), (315, 21)])
@pytest.mark.parametrize("percent", [1, 5, 50, 99])
def test_no_digit_is_lost_in_huge_lots(size: int, n: int, count: int, percent: int) -> None:
    """Fractions of whole numbers of thousands of digits; SciPy is off by 2e-7 at 10⁹, and never ends at 10¹²."""
    faulty = size * percent // 100
    few = sum((counted(each, size, faulty, n) for each in range(count + 1)), Fraction(0))
    assert at_most(count, size=size, faulty=faulty, n=n) == pytest.approx(float(few), rel=1e-12)
    assert more_than(count, size=size, faulty=faulty, n=n) == pytest.approx(float(1 - few), rel=1e-12)


@given(lots(500), st.integers(0, 500))
def test_sample_and_faulty_units_may_change_places(lot: tuple[int, int, int], count: int) -> None:
    size, faulty, n = lot
    assert at_most(count, size=size, faulty=faulty, n=n) == pytest.approx(
        at_most(count, size=size, faulty=n, n=faulty), rel=1e-12
    )


@given(lots(500), st.integers(0, 500))
def test_probabilities_stay_within_nought_and_one(lot: tuple[int, int, int], count: int) -> None:
    size, faulty, n = lot
    few = at_most(count, size=size, faulty=faulty, n=n)
    many = more_than(count, size=size, faulty=faulty, n=n)
    assert 0 <= few <= 1
    assert 0 <= many <= 1
    assert few + many == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize("size", [10**6, 10**12])
def test_far_numbers_have_the_probability_nought_and_not_none(size: int) -> None:
    asked = {"size": size, "faulty": size // 2, "n": 100_000}
    assert exactly(0, **asked) == 0
    assert at_most(40_000, **asked) == 0
    assert at_most(60_000, **asked) == 1
    assert more_than(100_000, **asked) == 0


def test_a_simulation_finds_as_many() -> None:
    size, faulty, n, times = 5_000_000, 100_000, 80, 40_000
    found = np.random.default_rng(20260303).hypergeometric(faulty, size - faulty, n, times)
    for count in range(5):
        expected = at_most(count, size=size, faulty=faulty, n=n)
        tolerance = 4 * (expected * (1 - expected) / times) ** 0.5
        assert (found <= count).mean() == pytest.approx(expected, abs=tolerance)


@given(lots(30), st.data(), st.sampled_from([Fraction(1, 20), Fraction(1, 10), Fraction(1, 5), Fraction(1, 2)]))
def test_bounds_are_the_ones_defined(lot: tuple[int, int, int], data: st.DataObject, risk: Fraction) -> None:
    """Every number of faulty units tried in fractions, where many probabilities are the risk exactly."""
    size, _, n = lot
    found = data.draw(st.integers(0, n))
    possible = range(found, size - (n - found) + 1)
    few = [faulty for faulty in possible if sum(counted(k, size, faulty, n) for k in range(found + 1)) > risk]
    many = [faulty for faulty in possible if sum(counted(k, size, faulty, n) for k in range(found, n + 1)) > risk]
    asked = {"found": found, "n": n, "size": size, "risk": float(risk)}
    assert most_faulty(**asked) == few[-1]
    assert fewest_faulty(**asked) == many[0]


def test_bounds_of_a_huge_lot_are_those_of_clopper_and_pearson() -> None:
    size = 10**12
    most = most_faulty(found=2, n=100, size=size, risk=0.05)
    fewest = fewest_faulty(found=2, n=100, size=size, risk=0.05)
    assert most / size == pytest.approx(betaincinv(3, 98, 0.95), rel=1e-8)
    assert fewest / size == pytest.approx(betaincinv(2, 99, 0.05), rel=1e-8)


def test_of_an_endless_lot_draws_are_as_with_replacement() -> None:
    """A lot of a million million is not counted through."""
    chance = at_most(2, size=10**12, faulty=10**10, n=80)
    assert chance == pytest.approx(binom.cdf(2, 80, 0.01), rel=1e-8)
