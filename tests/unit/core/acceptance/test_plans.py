from fractions import Fraction
from itertools import pairwise
from math import comb, exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.acceptance import (
    AcceptanceError,
    DoublePlan,
    Lot,
    PerHundredUnits,
    Process,
    SinglePlan,
    average_outgoing_quality,
)

fractions = st.floats(0, 1)


@st.composite
def singles(draw: st.DrawFn) -> SinglePlan:
    n = draw(st.integers(1, 100))
    return SinglePlan(n, draw(st.integers(0, min(n - 1, 10))))


@st.composite
def doubles(draw: st.DrawFn) -> DoublePlan:
    ac1 = draw(st.integers(0, 3))
    re1 = ac1 + draw(st.integers(2, 4))
    ac2 = draw(st.integers(re1 - 1, re1 + 3))
    return DoublePlan(draw(st.integers(1, 40)), ac1, re1, draw(st.integers(1, 40)), ac2)


plans = st.one_of(singles(), doubles())


@given(plans, fractions, fractions)
def test_worse_processes_are_accepted_no_more_often(
    plan: SinglePlan | DoublePlan, one: float, other: float
) -> None:
    better, worse = sorted((one, other))
    for population, unit in ((Process(), 1), (PerHundredUnits(), 300)):
        assert plan.acceptance(population, worse * unit) <= plan.acceptance(population, better * unit) + 1e-12


@given(plans, st.integers(81, 120))
def test_one_more_nonconforming_unit_never_helps_a_lot(plan: SinglePlan | DoublePlan, size: int) -> None:
    curve = [plan.acceptance(Lot(size), faulty) for faulty in range(0, size + 1, 7)]
    assert curve[0] == pytest.approx(1)
    assert all(later <= earlier + 1e-12 for earlier, later in pairwise(curve))


@given(singles(), fractions)
def test_allowing_more_accepts_more_and_drawing_more_accepts_less(plan: SinglePlan, fraction: float) -> None:
    acceptance = plan.acceptance(Process(), fraction)
    assert SinglePlan(plan.n, plan.ac + 1).acceptance(Process(), fraction) >= acceptance - 1e-12
    assert SinglePlan(plan.n + 1, plan.ac).acceptance(Process(), fraction) <= acceptance + 1e-12


@given(singles(), st.integers(0, 20))
def test_a_large_lot_is_as_a_process(plan: SinglePlan, percent: int) -> None:
    size = 1_000_000
    lot = plan.acceptance(Lot(size), percent * size // 100)
    assert lot == pytest.approx(plan.acceptance(Process(), percent / 100), abs=2e-3)


@given(doubles(), fractions)
def test_a_second_sample_gives_another_chance(plan: DoublePlan, fraction: float) -> None:
    first = SinglePlan(plan.n1, plan.ac1).acceptance(Process(), fraction)
    undecided = SinglePlan(plan.n1, plan.re1 - 1).acceptance(Process(), fraction) - first
    assert first - 1e-12 <= plan.acceptance(Process(), fraction) <= first + undecided + 1e-12
    average = plan.average_sample_number(Process(), fraction)
    assert average == pytest.approx(plan.n1 + plan.n2 * undecided, abs=1e-9)
    assert plan.n1 - 1e-9 <= average <= plan.n1 + plan.n2


@given(doubles(), fractions)
def test_a_double_plan_by_all_pairs_of_findings(plan: DoublePlan, fraction: float) -> None:
    process, accepted = Process(), 0.0
    for first in range(plan.n1 + 1):
        for second in range(plan.n2 + 1):
            probability = process.exactly(first, plan.n1, fraction) * process.exactly(second, plan.n2, fraction)
            if first <= plan.ac1 or (first < plan.re1 and first + second <= plan.ac2):
                accepted += probability
        if first >= plan.re1:
            break
    assert plan.acceptance(process, fraction) == pytest.approx(accepted, abs=1e-10)


def test_a_double_plan_in_a_lot_by_simulation() -> None:
    """The second sample comes from what the first has left: 20,000 lots of 60 units with 6 nonconforming ones."""
    plan, size, faulty, times = DoublePlan(13, 0, 3, 20, 3), 60, 6, 20_000
    generator = np.random.default_rng(20260101)
    first = generator.hypergeometric(faulty, size - faulty, plan.n1, times)
    left = faulty - first
    second = generator.hypergeometric(left, size - plan.n1 - left, plan.n2)
    undecided = (first > plan.ac1) & (first < plan.re1)
    accepted = (first <= plan.ac1) | (undecided & (first + second <= plan.ac2))
    expected = plan.acceptance(Lot(size), faulty)
    assert accepted.mean() == pytest.approx(expected, abs=4 * (expected * (1 - expected) / times) ** 0.5)
    average = plan.average_sample_number(Lot(size), faulty)
    assert (plan.n1 + plan.n2 * undecided).mean() == pytest.approx(average, abs=4 * plan.n2 * 0.5 / times**0.5)


def by_counting(plan: DoublePlan, size: int, faulty: int) -> tuple[float, float]:
    """Pa and AOQ in a lot, adding up exact fractions over all pairs of findings."""
    accepted = outgoing = Fraction(0)
    for first in range(plan.re1):
        chance = hypergeometric(first, size, faulty, plan.n1)
        if first <= plan.ac1:
            accepted += chance
            outgoing += chance * max(0, faulty - first) / size
            continue
        for second in range(plan.ac2 - first + 1):
            both = chance * hypergeometric(second, size - plan.n1, max(0, faulty - first), plan.n2)
            accepted += both
            outgoing += both * max(0, faulty - first - second) / size
    return float(accepted), float(outgoing)


def hypergeometric(count: int, size: int, faulty: int, n: int) -> Fraction:
    """By counting samples."""
    if count > n:
        return Fraction(0)
    return Fraction(comb(faulty, count) * comb(size - faulty, n - count), comb(size, n))


@given(doubles(), st.integers(82, 130), st.data())
def test_a_double_plan_in_a_lot_by_counting(plan: DoublePlan, size: int, data: st.DataObject) -> None:
    faulty = data.draw(st.integers(0, 30))
    accepted, outgoing = by_counting(plan, size, faulty)
    assert plan.acceptance(Lot(size), faulty) == pytest.approx(accepted, abs=1e-12)
    assert average_outgoing_quality(plan, Lot(size), faulty) == pytest.approx(outgoing, abs=1e-12)


def test_the_decision_is_made_in_stages() -> None:
    plan = DoublePlan(50, 0, 3, 50, 3)
    first, second = plan.stages(Process(), 0.02)
    assert (first.inspected, second.inspected) == (50, 100)
    assert first.probability == pytest.approx(0.98**50)
    assert first.probability + second.probability == plan.acceptance(Process(), 0.02)
    assert [stage.inspected for stage in SinglePlan(80, 2).stages(Lot(50), 1)] == [50]


def test_a_single_plan_inspects_all_of_its_sample() -> None:
    plan = SinglePlan(80, 2)
    assert plan.re == 3
    assert {plan.average_sample_number(Process(), fraction) for fraction in (0, 0.1, 1)} == {80}
    assert plan.average_sample_number(Lot(50), 5) == 50


@pytest.mark.parametrize(("n", "ac", "field"), [(0, 0, "n"), (1.5, 0, "n"), (5, -1, "ac")])
def test_impossible_single_plans_are_refused(n: int, ac: int, field: str) -> None:
    with pytest.raises(AcceptanceError, match=f"“{field}” is "):
        SinglePlan(n, ac)


@pytest.mark.parametrize("numbers", [(2, 3, 5), (0, 0, 1), (0, 5, 3), (1, 1, 4)])
def test_double_plans_that_cannot_go_on_are_refused(numbers: tuple[int, int, int]) -> None:
    ac1, re1, ac2 = numbers
    with pytest.raises(AcceptanceError, match=r"expected Ac1 \+ 2 ≤ Re1 ≤ Ac2 \+ 1"):
        DoublePlan(10, ac1, re1, 10, ac2)


@pytest.mark.parametrize("numbers", [(0, 2.5, 3), (0, 3, 3.5), (-1, 3, 3), (0.5, 3, 3)])
def test_double_plans_have_whole_numbers(numbers: tuple[int, int, int]) -> None:
    ac1, re1, ac2 = numbers
    with pytest.raises(AcceptanceError, match="expected a whole number"):
        DoublePlan(10, ac1, re1, 10, ac2)


def test_plans_of_all_types_of_numbers_are_the_same() -> None:
    single = SinglePlan(np.int64(80), 2.0)  # type: ignore[arg-type]
    assert (single, repr(single)) == (SinglePlan(80, 2), "SinglePlan(n=80, ac=2)")
    double = DoublePlan(*(np.int64(number) for number in (50, 0, 3, 50, 3)))
    assert repr(double) == "DoublePlan(n1=50, ac1=0, re1=3, n2=50, ac2=3)"


@pytest.mark.parametrize("size", [13, 14, 20, 25, 26, 27])
@pytest.mark.parametrize("faulty", [0, 1, 2, 5])
def test_a_lot_no_larger_than_both_samples_is_inspected_wholly(size: int, faulty: int) -> None:
    """The second sample is what is left, and none if the first was all: then fewer than Re1 are accepted."""
    plan, left = DoublePlan(13, 0, 2, 13, 1), size - 13
    none = Fraction(comb(left, faulty), comb(size, faulty))
    one = Fraction(13 * comb(left, faulty - 1), comb(size, faulty)) if faulty else Fraction(0)
    no_more = Fraction(comb(left - min(13, left), faulty - 1), comb(left, faulty - 1)) if one else Fraction(0)
    assert plan.acceptance(Lot(size), faulty) == pytest.approx(float(none + one * no_more), abs=1e-12)
    assert plan.average_sample_number(Lot(size), faulty) == pytest.approx(float(13 + min(13, left) * one))


@given(doubles(), st.integers(1, 90), st.data())
def test_no_lot_is_too_small_for_a_double_plan(plan: DoublePlan, size: int, data: st.DataObject) -> None:
    faulty = data.draw(st.integers(0, size))
    for population, quality in ((Lot(size), faulty), (Process(size), faulty / size), (PerHundredUnits(size), 9)):
        assert 0 <= plan.acceptance(population, quality) <= 1
        assert plan.average_sample_number(population, quality) <= size + 1e-9
        assert 0 <= average_outgoing_quality(plan, population, quality) <= population.share(quality) + 1e-12


@given(doubles(), st.integers(1, 60), st.data())
def test_a_lot_is_accepted_after_one_sample_or_after_two_and_never_more_than_surely(
    plan: DoublePlan, size: int, data: st.DataObject
) -> None:
    """Also where the first sample is the whole lot: then what it leaves open is accepted, once."""
    faulty = data.draw(st.integers(0, size))
    first, second = plan.stages(Lot(size), faulty)
    assert first.inspected <= second.inspected <= size
    assert first.probability == pytest.approx(
        SinglePlan(plan.n1, plan.ac1).acceptance(Lot(size), faulty), abs=1e-12
    )
    assert 0 <= first.probability + second.probability <= 1 + 1e-12
    if size <= plan.n1:
        assert second.probability == (plan.ac1 < faulty < plan.re1)


def test_average_sample_number_of_a_double_plan_by_hand() -> None:
    """Half of the units bad: of 2, one is bad half of the time, and only then 3 more are drawn."""
    plan = DoublePlan(n1=2, ac1=0, re1=2, n2=3, ac2=1)
    assert plan.average_sample_number(Process(), 0.5) == pytest.approx(2 + 3 / 2)
    assert plan.acceptance(Process(), 0.5) == pytest.approx(1 / 4 + 1 / 2 * 1 / 8)
    assert plan.average_sample_number(Lot(4), 2) == pytest.approx(2 + 2 * 4 / 6)
    assert plan.acceptance(Lot(4), 2) == pytest.approx(1 / 6)
    assert plan.average_sample_number(PerHundredUnits(), 50) == pytest.approx(2 + 3 * exp(-1))


@pytest.mark.parametrize(
    ("numbers", "field"),
    [((0, 0, 2, 5, 1), "n1"), ((5, -1, 2, 5, 1), "ac1"), ((5, 0, 2, 0, 1), "n2"), ((5, 0, 2, 5, 0.5), "ac2")],
)
def test_the_number_of_a_double_plan_that_is_wrong_is_named(numbers: tuple[int, ...], field: str) -> None:
    with pytest.raises(AcceptanceError) as refused:
        DoublePlan(*numbers)
    assert refused.value.params["field"] == field
