import math
from fractions import Fraction
from itertools import pairwise
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.acceptance import (
    AcceptanceError,
    DeclaredPlan,
    Lot,
    LqrLevel,
    PerHundredUnits,
    Population,
    Process,
    Verdict,
    declared_limit,
    declared_plan,
)

ALL_SIZES = tuple(range(1, 2001))
PREFERRED = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)


@given(st.floats(0.001, 0.02), st.integers(0, 4))
def test_a_plan_keeps_the_risk_and_the_next_size_does_not(declared: float, limit: int) -> None:
    plan = declared_plan(Process(), declared=declared, limit=limit)
    assert plan.n in PREFERRED
    assert plan.risk <= 0.05
    if plan.n < PREFERRED[-1]:
        larger = PREFERRED[PREFERRED.index(plan.n) + 1]
        assert Process().at_most(limit, larger, declared) < 0.95


@given(st.floats(0.003, 0.009), st.integers(0, 4), st.sampled_from([0.01, 0.05, 0.1]))
def test_of_all_sizes_the_largest_is_taken(declared: float, limit: int, risk: float) -> None:
    plan = declared_plan(Process(), declared=declared, limit=limit, risk=risk, sizes=ALL_SIZES)
    assert plan.risk <= risk < 1 - Process().at_most(limit, plan.n + 1, declared)


@given(st.floats(0.001, 0.02))
def test_higher_levels_discriminate_better(declared: float) -> None:
    plans = [declared_plan(Process(), declared=declared, limit=level.limit, sizes=PREFERRED) for level in LqrLevel]
    assert [plan.limit for plan in plans] == [0, 1, 2, 3]
    assert [plan.n for plan in plans] == sorted({plan.n for plan in plans})
    ratios = [plan.limiting_ratio for plan in plans]
    assert ratios == sorted(ratios, reverse=True)
    assert [plan.power(plan.limiting_quality) for plan in plans] == pytest.approx(4 * [0.9])


@given(st.integers(5, 250), st.data())
def test_a_limit_keeps_the_risk_and_a_smaller_one_does_not(size: int, data: st.DataObject) -> None:
    declared = data.draw(st.integers(0, min(size, 8)))
    n = data.draw(st.integers(1, min(size, 30)))
    plan = declared_limit(Lot(size), declared=declared, n=n)
    assert plan.risk <= 0.05 + 1e-12
    assert plan.limit == 0 or 1 - Lot(size).at_most(plan.limit - 1, n, declared) > 0.05 + 1e-12


def test_a_risk_of_exactly_five_percent_is_kept() -> None:
    """One of twenty is found by one test with 1/20; 1 - 0.95 is a hair more than 0.05 to a computer."""
    assert declared_limit(Lot(20), declared=1, n=1).limit == 0
    assert declared_limit(Lot(6), declared=3, n=3).limit == 2
    assert declared_limit(Lot(40), declared=1, n=2).limit == 0
    assert declared_plan(Lot(40), declared=1, limit=0).n == 2


@given(st.floats(1, 5000), st.integers(1, 40))
def test_more_nonconformities_than_units_may_be_allowed(declared: float, n: int) -> None:
    plan, counts = declared_limit(PerHundredUnits(), declared=declared, n=n), PerHundredUnits()
    assert plan.risk <= 0.05 + 1e-9
    assert plan.limit == 0 or counts.at_most(plan.limit - 1, n, declared) < 0.95


@given(st.integers(5, 100), st.data())
def test_the_worse_the_population_the_surer_it_is_found_out(size: int, data: st.DataObject) -> None:
    plan = declared_limit(Lot(size), declared=1, n=data.draw(st.integers(1, size)))
    powers = [plan.power(faulty) for faulty in range(size + 1)]
    assert all(later >= earlier - 1e-12 for earlier, later in pairwise(powers))
    assert powers[0] == pytest.approx(0, abs=1e-12)


def test_correct_declarations_are_seldom_contradicted_in_simulation() -> None:
    """10,000 checks of populations exactly as declared, and of some that are LQR times as bad."""
    generator, times = np.random.default_rng(20260104), 10_000
    plan = declared_plan(Process(), declared=0.01, limit=1)
    error = 4 * 0.5 / times**0.5
    for fraction, expected in ((0.01, plan.risk), (plan.limiting_quality, 0.9)):
        found = generator.binomial(plan.n, fraction, times)
        contradicted = np.mean([plan.verdict(int(each)) is Verdict.CONTRADICTED for each in found])
        assert contradicted == pytest.approx(expected, abs=error)


def test_nonconformities_are_declared_per_hundred_units() -> None:
    plan = declared_plan(PerHundredUnits(), declared=1.0, limit=2)
    assert plan.n == 80
    assert plan.risk == pytest.approx(1 - PerHundredUnits().at_most(2, 80, 1.0))


def test_of_a_small_population_the_ratio_is_of_whole_units() -> None:
    plan = declared_limit(Lot(100), declared=3, n=12)
    assert plan.limit == 1
    assert plan.limiting_quality == plan.limiting_ratio * 3
    assert (
        Lot(100).at_most(1, 12, plan.limiting_quality) <= 0.1 < Lot(100).at_most(1, 12, plan.limiting_quality - 1)
    )


def test_a_verdict_says_no_more_than_it_may() -> None:
    plan = declared_limit(Lot(50), declared=2, n=12)
    assert plan.limit == 2
    assert [plan.verdict(found) for found in (0, 2)] == 2 * [Verdict.NOT_CONTRADICTED]
    assert [plan.verdict(found) for found in (3, 12)] == 2 * [Verdict.CONTRADICTED]
    with pytest.raises(AcceptanceError, match="“found” is -1"):
        plan.verdict(-1)


def test_declarations_that_cannot_be_checked_are_refused() -> None:
    with pytest.raises(AcceptanceError, match=r"A declared quality of 0\.3 is contradicted too often by 2"):
        declared_plan(Process(), declared=0.3, limit=0)
    with pytest.raises(AcceptanceError, match="“quality” is 7; expected a whole number from 0 to 5"):
        declared_limit(Lot(5), declared=7, n=2)
    with pytest.raises(AcceptanceError, match="“risk” is 5; expected a number above 0 and below 1"):
        declared_limit(Lot(5), declared=1, n=2, risk=5)
    with pytest.raises(AcceptanceError, match="“limit” is -1"):
        declared_plan(Process(), declared=0.01, limit=-1)


@pytest.mark.parametrize("risk", [0, 1, 1.5, -0.1, float("nan")])
def test_a_risk_lies_between_none_and_all(risk: float) -> None:
    for plan in (
        lambda: declared_limit(Lot(50), declared=1, n=2, risk=risk),
        lambda: declared_plan(Lot(50), declared=1, limit=1, risk=risk),
    ):
        with pytest.raises(AcceptanceError, match=f"“risk” is {risk}; expected a number above 0 and below 1"):
            plan()


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ((), "No sample sizes are offered; expected one or more"),
        ((5, 3), "Of the sample sizes 3 comes after 5; expected them in ascending order"),
        ((3, 5, 5), "Of the sample sizes 5 comes after 5; expected them in ascending order"),
        ((0, 5), "“sizes” is 0; expected a whole number, 1 or more"),
        ((5, None), "“sizes” is None; expected a whole number, 1 or more"),
    ],
)
@pytest.mark.parametrize("population", [Process(), Lot(50)])
def test_sizes_that_offer_no_choice_are_refused(population: Population, sizes: Any, message: str) -> None:
    """Halving among sizes that do not ascend would find one that breaks the risk, and say nothing."""
    with pytest.raises(AcceptanceError) as refused:
        declared_plan(population, declared=0, limit=2, sizes=sizes)
    assert str(refused.value) == message


def test_the_only_size_offered_is_taken_or_refused() -> None:
    assert declared_plan(Process(), declared=0.01, limit=2, sizes=(80,)).n == 80
    with pytest.raises(AcceptanceError, match="contradicted too often by 81 units with L = 2"):
        declared_plan(Process(), declared=0.011, limit=2, sizes=(81,))


@pytest.mark.parametrize(("n", "limit", "field"), [(0, 0, "n"), (2.5, 0, "n"), (-3, 0, "n"), (5, -1, "limit")])
def test_plans_of_impossible_numbers_are_refused(n: int, limit: int, field: str) -> None:
    with pytest.raises(AcceptanceError, match=f"“{field}” is "):
        DeclaredPlan(Process(), 0.01, n, limit)


def test_of_a_perfect_declaration_there_is_no_ratio() -> None:
    plan = declared_limit(Lot(20), declared=0, n=5)
    assert (plan.limit, plan.risk) == (0, 0)
    assert plan.limiting_quality == 7
    with pytest.raises(AcceptanceError, match="The declared quality is 0; expected one above 0"):
        assert plan.limiting_ratio


def test_a_plan_for_a_lot_leaves_some_of_it() -> None:
    """A lot with two nonconforming units is never wronged by L = 2; the whole of it is no sample all the same."""
    assert declared_plan(Lot(50), declared=2, limit=2).n == 32
    assert declared_plan(Lot(51), declared=2, limit=2).n == 50
    assert declared_plan(Lot(1000), declared=10, limit=1).n == 32
    with pytest.raises(AcceptanceError, match="“lot_size” is 2; expected a whole number, 3 or more"):
        declared_plan(Lot(2), declared=1, limit=1)


def contradicted(size: int, faulty: int, n: int, limit: int) -> Fraction:
    """How many of all samples of n hold more than L of the nonconforming units."""
    more = sum(comb(faulty, found) * comb(size - faulty, n - found) for found in range(limit + 1, n + 1))
    return Fraction(more, comb(size, n))


@pytest.mark.parametrize("risk", ["0.05", "0.01", "0.2"])
@pytest.mark.parametrize("size", [5, 10, 16, 20])
def test_limits_of_small_populations_by_counting_all_samples(size: int, risk: str) -> None:
    """GB/T 2828.11: the smallest L with which a true declaration is contradicted with the risk at most."""
    for declared in range(size + 1):
        for n in range(1, size + 1):
            plan = declared_limit(Lot(size), declared=declared, n=n, risk=float(risk))
            smallest = next(
                limit for limit in range(n + 1) if contradicted(size, declared, n, limit) <= Fraction(risk)
            )
            assert plan.limit == smallest, (declared, n)
            assert plan.risk == pytest.approx(float(contradicted(size, declared, n, smallest)), abs=1e-14)


@pytest.mark.parametrize(("size", "declared"), [(40, 1), (40, 3), (60, 2), (90, 4)])
def test_levels_of_small_populations_by_counting_all_samples(size: int, declared: int) -> None:
    """GB/T 2828.4, for L = 0 to 3: the largest offered n with a risk of 5 % at most, and what it finds out."""
    for level in LqrLevel:
        fits = [
            n for n in PREFERRED if n < size and contradicted(size, declared, n, level.limit) <= Fraction(1, 20)
        ]
        if not fits:
            with pytest.raises(AcceptanceError, match=f"contradicted too often by 2 units with L = {level.limit}"):
                declared_plan(Lot(size), declared=declared, limit=level.limit)
            continue
        plan = declared_plan(Lot(size), declared=declared, limit=level.limit)
        assert (plan.n, plan.limit) == (max(fits), level.limit)
        missed = [1 - contradicted(size, faulty, plan.n, plan.limit) for faulty in range(size + 1)]
        assert plan.limiting_quality == next(
            faulty for faulty, chance in enumerate(missed) if chance <= Fraction(1, 10)
        )
        for faulty, chance in enumerate(missed):
            assert plan.power(faulty) == pytest.approx(float(1 - chance), abs=1e-13)


@pytest.mark.parametrize(
    ("fraction", "limit", "n"), [(0.0065, 2, 125), (0.01, 0, 5), (0.01, 1, 32), (0.025, 3, 50)]
)
def test_risks_of_processes_by_adding_up_terms(fraction: float, limit: int, n: int) -> None:
    """The offered size beyond breaks 5 %; at the limiting quality one declaration of ten is not contradicted."""

    def risk(quality: float, size: int) -> float:
        terms = [
            comb(size, found) * quality**found * (1 - quality) ** (size - found) for found in range(limit + 1)
        ]
        return 1 - math.fsum(terms)

    plan = declared_plan(Process(), declared=fraction, limit=limit)
    assert plan.n == n
    assert plan.risk == pytest.approx(risk(fraction, n), abs=1e-12)
    assert risk(fraction, n) <= 0.05 < risk(fraction, PREFERRED[PREFERRED.index(n) + 1])
    assert risk(plan.limiting_quality, n) == pytest.approx(0.9, abs=1e-9)
    assert plan.limiting_ratio == pytest.approx(plan.limiting_quality / fraction)
