from fractions import Fraction
from math import comb, exp, factorial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.acceptance import (
    AcceptanceError,
    Lot,
    PerHundredUnits,
    Population,
    Process,
    code_letter,
    plan_for,
)
from zhicheng.core.thresholds import within

fractions = st.floats(0.001, 0.999)


def hypergeometric(count: int, size: int, faulty: int, n: int) -> Fraction:
    """By counting samples, exactly."""
    return Fraction(comb(faulty, count) * comb(size - faulty, n - count), comb(size, n))


@st.composite
def lots(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Size, nonconforming units, sample, and a number that may be found."""
    size = draw(st.integers(1, 60))
    n = draw(st.integers(1, size))
    return size, draw(st.integers(0, size)), n, draw(st.integers(0, n))


@given(lots())
def test_lots_are_counted(lot: tuple[int, int, int, int]) -> None:
    size, faulty, n, count = lot
    probabilities = [hypergeometric(each, size, faulty, n) for each in range(count + 1)]
    assert Lot(size).exactly(count, n, faulty) == pytest.approx(float(probabilities[-1]), abs=1e-13)
    assert Lot(size).at_most(count, n, faulty) == pytest.approx(float(sum(probabilities)), abs=1e-13)


@given(st.integers(0, 8), st.integers(1, 40), fractions)
def test_processes_are_binomial(count: int, n: int, fraction: float) -> None:
    terms = [comb(n, each) * fraction**each * (1 - fraction) ** (n - each) for each in range(min(count, n) + 1)]
    assert Process().at_most(count, n, fraction) == pytest.approx(sum(terms), rel=1e-11)
    if count <= n:
        assert Process().exactly(count, n, fraction) == pytest.approx(terms[-1], rel=1e-11)


@given(st.integers(0, 8), st.integers(1, 40), st.floats(0, 200))
def test_counts_per_hundred_units_are_poisson(count: int, n: int, quality: float) -> None:
    mean = n * quality / 100
    terms = [exp(-mean) * mean**each / factorial(each) for each in range(count + 1)]
    assert PerHundredUnits().at_most(count, n, quality) == pytest.approx(sum(terms), rel=1e-11)
    assert PerHundredUnits().exactly(count, n, quality) == pytest.approx(terms[-1], rel=1e-11, abs=1e-300)


@given(st.integers(0, 5), st.integers(6, 100), st.sampled_from([0.99, 0.95, 0.5, 0.1, 0.05]))
def test_the_quality_at_a_probability_has_it(count: int, n: int, acceptance: float) -> None:
    for population in (Process(), PerHundredUnits()):
        quality = population.quality_at(acceptance, count, n)
        assert population.at_most(count, n, quality) == pytest.approx(acceptance, rel=1e-9)


@given(st.integers(2, 60), st.data(), st.sampled_from([0.95, 0.5, 0.1]))
def test_of_a_lot_it_is_the_first_whole_number(size: int, data: st.DataObject, acceptance: float) -> None:
    n = data.draw(st.integers(1, size))
    count = data.draw(st.integers(0, n - 1))
    lot = Lot(size)
    faulty = int(lot.quality_at(acceptance, count, n))
    assert within(lot.at_most(count, n, faulty), acceptance)
    assert not within(lot.at_most(count, n, faulty - 1), acceptance)


@pytest.mark.parametrize(
    ("size", "n", "acceptance", "faulty"), [(6, 3, 0.05, 3), (10, 5, 0.5, 1), (20, 1, 0.95, 1), (5, 3, 0.1, 2)]
)
def test_a_probability_that_is_met_exactly_is_met(size: int, n: int, acceptance: float, faulty: int) -> None:
    assert hypergeometric(0, size, faulty, n) == Fraction(str(acceptance))
    assert Lot(size).quality_at(acceptance, 0, n) == faulty


@given(st.integers(0, 6), st.integers(1, 60), st.data())
def test_most_is_passed_where_it_is_said(count: int, n: int, data: st.DataObject) -> None:
    """Around the place, and anywhere else, less is passed."""
    populations: list[tuple[Population, float]] = [(Process(), 1), (PerHundredUnits(), 100 * (count + 9))]
    for population, end in populations:
        peak = population.worst_passed(count, n)
        highest = peak * population.at_most(count, n, peak)
        others = [peak * 0.999, min(end, peak * 1.001), data.draw(st.floats(0, end))]
        for quality in others:
            assert quality * population.at_most(count, n, quality) <= highest * (1 + 1e-12)


def test_with_none_allowed_most_is_passed_at_one_in_n_plus_one() -> None:
    """d/dp p(1 − p)ⁿ = 0 at p = 1/(n + 1), and u exp(−nu/100) is largest at u = 100/n."""
    for n in (1, 2, 13, 80, 1250):
        assert Process().worst_passed(0, n) == pytest.approx(1 / (n + 1), rel=1e-9)
        assert PerHundredUnits().worst_passed(0, n) == pytest.approx(100 / n, rel=1e-9)


def test_what_is_taken_from_a_lot_is_missing_and_a_process_goes_on() -> None:
    assert Lot(50).rest(20, 3, 5) == (Lot(30), 2)
    assert Process().rest(20, 3, 0.1) == (Process(), 0.1)
    assert PerHundredUnits().rest(20, 3, 7) == (PerHundredUnits(), 7)
    assert Process(50).rest(20, 3, 0.1) == (Process(30), 0.1)
    assert PerHundredUnits(50).rest(20, 3, 7) == (PerHundredUnits(30), 7)


def test_a_sample_as_large_as_the_lot_finds_all() -> None:
    for n in (10, 11, 80):
        assert Lot(10).at_most(2, n, 2) == 1
        assert Lot(10).at_most(2, n, 3) == 0


@pytest.mark.parametrize("kind", [Process, PerHundredUnits])
def test_a_sample_of_a_process_is_no_larger_than_its_lots(kind: type[Process] | type[PerHundredUnits]) -> None:
    """100 % inspection of 50 units made at this quality, and not 80 of them."""
    lots, endless = kind(50), kind()
    assert (lots.drawn(80), lots.drawn(20), endless.drawn(80)) == (50, 20, 80)
    for count in range(4):
        assert lots.at_most(count, 80, 0.03) == endless.at_most(count, 50, 0.03)
        assert lots.exactly(count, 80, 0.03) == endless.exactly(count, 50, 0.03)
        assert lots.quality_at(0.1, count, 80) == endless.quality_at(0.1, count, 50)


@pytest.mark.parametrize("size", [np.int64(50), 50.0])
def test_lots_of_all_types_of_numbers_are_the_same(size: int) -> None:
    assert (Lot(size), Process(size), PerHundredUnits(size)) == (Lot(50), Process(50), PerHundredUnits(50))
    assert type(Lot(size).lot_size) is int
    assert type(Process(size).lot_size) is int


@given(st.integers(1, 2000), st.data())
def test_binomial_probabilities_by_fractions(n: int, data: st.DataObject) -> None:
    """To the last digits, as whole numbers give them."""
    count, percent = data.draw(st.integers(0, min(n, 44))), data.draw(st.integers(1, 99))
    share = Fraction(percent, 128)
    exact = sum(comb(n, each) * share**each * (1 - share) ** (n - each) for each in range(count + 1))
    assert Process().at_most(count, n, percent / 128) == pytest.approx(float(exact), rel=1e-13, abs=1e-290)


@pytest.mark.parametrize(
    ("population", "quality", "message"),
    [
        (Lot(50), 51, "“quality” is 51; expected a whole number from 0 to 50"),
        (Lot(50), 0.02, "“quality” is 0.02; expected a whole number from 0 to 50"),
        (Process(), 1.5, "“quality” is 1.5; expected a number from 0 to 1"),
        (PerHundredUnits(), -1, "“quality” is -1; expected a number, 0 or more"),
        (PerHundredUnits(), float("inf"), "“quality” is inf; expected a number, 0 or more"),
    ],
)
def test_an_impossible_quality_is_refused(population: Population, quality: float, message: str) -> None:
    for ask in (population.at_most, population.exactly):
        with pytest.raises(AcceptanceError) as refused:
            ask(0, 10, quality)
        assert str(refused.value) == message


@pytest.mark.parametrize("population", [Lot(50), Process(), PerHundredUnits()])
def test_impossible_samples_and_probabilities_are_refused(population: Population) -> None:
    with pytest.raises(AcceptanceError, match="“n” is 0; expected a whole number, 1 or more"):
        population.at_most(0, 0, 0)
    with pytest.raises(AcceptanceError, match="“acceptance” is 95; expected a number above 0 and below 1"):
        population.quality_at(95, 0, 10)


def test_a_plan_that_accepts_everything_has_no_limit() -> None:
    for population in (Lot(50), Process()):
        with pytest.raises(AcceptanceError, match="With Ac = 5 a sample of 5 accepts everything"):
            population.quality_at(0.1, 5, 5)
    assert Process().worst_passed(5, 5) == 1
    for lot_size in (0, -1):
        with pytest.raises(AcceptanceError, match="“lot_size”"):
            Process(lot_size)
        with pytest.raises(AcceptanceError, match="“lot_size”"):
            Lot(lot_size)


@pytest.mark.parametrize("size", [None, "50", "fifty"])
def test_a_lot_of_no_number_of_units_is_refused_in_words(size: Any) -> None:
    asked = [Lot, lambda units: plan_for(lot_size=units, aql="1.0"), lambda units: code_letter(units, "II")]
    asked += [] if size is None else [Process, PerHundredUnits]  # of which None is one without lots
    for ask in asked:
        with pytest.raises(AcceptanceError, match=r"“lot_size” is .*; expected a whole number, [12] or more$"):
            ask(size)


@pytest.mark.parametrize("fraction", [5e-324, 1e-308, 1e-301])
def test_the_smallest_of_all_fractions_are_none(fraction: float) -> None:
    """SciPy 1.17 overflows in the binomial probability of a number there."""
    assert Process().exactly(1, 2, fraction) == 0
    assert Process().at_most(0, 2, fraction) == 1


def test_shares_are_of_units_or_counts_per_hundred() -> None:
    assert Lot(50).share(5) == 0.1
    assert Process().share(0.3) == 0.3
    assert Process().share(1) == 1
    assert PerHundredUnits().share(250) == 250
    for population, quality in ((Lot(50), 51), (Process(), 1.01), (Process(), -0.01), (PerHundredUnits(), -0.5)):
        with pytest.raises(AcceptanceError, match="“quality” is"):
            population.share(quality)


@given(st.integers(2, 25), st.data())
def test_most_of_a_lot_is_passed_where_it_is_said(size: int, data: st.DataObject) -> None:
    """Of D nonconforming units in N, D · P(accepted and the unit not drawn) pass: the best D of all."""
    n, count = data.draw(st.integers(1, size - 1)), data.draw(st.integers(0, 3))
    others = Lot(size - 1)
    passed = [0.0, *(faulty * others.at_most(count, n, faulty - 1) for faulty in range(1, size + 1))]
    found = Lot(size).worst_passed(count, n)
    assert passed[int(found)] == pytest.approx(max(passed))


@pytest.mark.parametrize("kind", [Process, PerHundredUnits])
def test_lots_of_one_unit_are_lots(kind: type[Process] | type[PerHundredUnits]) -> None:
    assert kind(lot_size=1).drawn(80) == 1
    with pytest.raises(AcceptanceError, match="“lot_size” is 0; expected a whole number, 1 or more"):
        kind(lot_size=0)
