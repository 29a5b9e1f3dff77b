from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.core.acceptance import (
    AcceptanceError,
    DoublePlan,
    Lot,
    OutgoingLimit,
    PerHundredUnits,
    Population,
    Process,
    SinglePlan,
    average_outgoing_quality,
    average_total_inspection,
    curve,
    outgoing_limit,
    quality_at,
)


@dataclass(frozen=True)
class Case:
    """A lot of `size` with `faulty` units, and a plan that leaves some of it uninspected."""

    size: int
    faulty: int
    plan: SinglePlan


@st.composite
def cases(draw: st.DrawFn) -> Case:
    size = draw(st.integers(2, 60))
    n = draw(st.integers(1, size))
    return Case(size, draw(st.integers(0, size)), SinglePlan(n, draw(st.integers(0, 5))))


@given(cases())
def test_what_goes_out_of_a_lot_is_counted(case: Case) -> None:
    """By its definition: what an accepted lot keeps after those found were replaced."""
    lot, n = Lot(case.size), case.plan.n
    left = [(case.faulty - found) * lot.exactly(found, n, case.faulty) for found in range(case.plan.ac + 1)]
    expected = sum(max(0.0, each) for each in left) / case.size
    assert average_outgoing_quality(case.plan, lot, case.faulty) == pytest.approx(expected, abs=1e-12)


@given(cases())
def test_total_inspection_lies_between_the_sample_and_the_lot(case: Case) -> None:
    total = average_total_inspection(case.plan, Lot(case.size), case.faulty)
    assert case.plan.n - 1e-9 <= total <= case.size + 1e-9
    assert average_total_inspection(case.plan, Lot(case.size), 0) == pytest.approx(case.plan.n)


@settings(max_examples=40)
@given(cases())
def test_the_limit_of_a_lot_is_the_worst_of_all_numbers(case: Case) -> None:
    lot = Lot(case.size)
    limit = outgoing_limit(case.plan, lot)
    worst = max(average_outgoing_quality(case.plan, lot, faulty) for faulty in range(case.size + 1))
    assert limit.quality == pytest.approx(worst, abs=1e-12)
    assert limit.quality == average_outgoing_quality(case.plan, lot, limit.offered)


@given(st.integers(1, 100), st.integers(0, 5), st.floats(0, 1))
def test_no_process_sends_out_more_than_the_limit(n: int, ac: int, fraction: float) -> None:
    for process in (Process(), Process(lot_size=1000)):
        limit = outgoing_limit(SinglePlan(n, ac), process)
        outgoing = average_outgoing_quality(SinglePlan(n, ac), process, fraction)
        assert outgoing <= limit.quality * (1 + 1e-12)
        assert outgoing <= fraction


def test_a_lot_size_lowers_the_limit_by_what_is_inspected() -> None:
    plan = SinglePlan(80, 2)
    endless, limited = outgoing_limit(plan, Process()), outgoing_limit(plan, Process(lot_size=1000))
    assert limited.offered == endless.offered
    assert limited.quality == pytest.approx(endless.quality * 920 / 1000)


def test_rectifying_inspection_of_a_double_plan_by_simulation() -> None:
    """8,000 lots of 200 units from a process; what goes out and what is inspected, against the formulas."""
    plan, size, fraction, times = DoublePlan(20, 0, 3, 20, 3), 200, 0.06, 8_000
    generator = np.random.default_rng(20260102)
    first = generator.binomial(plan.n1, fraction, times)
    second = generator.binomial(plan.n2, fraction, times)
    early = first <= plan.ac1
    late = ~early & (first < plan.re1) & (first + second <= plan.ac2)
    inspected = np.where(early, plan.n1, np.where(late, plan.n1 + plan.n2, size))
    passed = generator.binomial(size - inspected, fraction) / size
    population = Process(lot_size=size)
    for simulated, expected in (
        (passed, average_outgoing_quality(plan, population, fraction)),
        (inspected, average_total_inspection(plan, population, fraction)),
    ):
        assert simulated.mean() == pytest.approx(expected, abs=4 * simulated.std() / times**0.5)


def test_an_endless_process_passes_what_is_accepted() -> None:
    plan = DoublePlan(50, 0, 3, 50, 3)
    for quality in (0.0, 0.01, 0.05):
        expected = quality * plan.acceptance(Process(), quality)
        assert average_outgoing_quality(plan, Process(), quality) == pytest.approx(expected)


def test_all_that_a_curve_shows() -> None:
    plan, population = SinglePlan(80, 2), Process(lot_size=1000)
    for point in curve(plan, population, [0.0, 0.01, 0.03, 0.1]):
        assert point.acceptance == plan.acceptance(population, point.quality)
        assert point.outgoing_quality == average_outgoing_quality(plan, population, point.quality)
        assert point.average_sample_number == 80
        assert point.average_total_inspection == average_total_inspection(plan, population, point.quality)
    assert curve(plan, PerHundredUnits(), [1])[0].average_total_inspection is None
    assert curve(plan, Process(), []) == ()


def test_total_inspection_needs_lots_of_a_size() -> None:
    with pytest.raises(AcceptanceError, match="expected a lot size"):
        average_total_inspection(SinglePlan(80, 2), Process(), 0.01)


def test_a_lot_that_is_inspected_wholly_sends_out_nothing_bad() -> None:
    for size, n in ((1, 1), (20, 20), (20, 50)):
        assert average_outgoing_quality(SinglePlan(n, 3), Lot(size), size) == 0
        for population in (Lot(size), Process(size), PerHundredUnits(size)):
            assert outgoing_limit(SinglePlan(n, 3), population) == OutgoingLimit(0, 0)


def test_the_limit_of_a_huge_lot_is_that_of_a_process() -> None:
    plan, size = SinglePlan(1250, 21), 10**12
    lot, process = outgoing_limit(plan, Lot(size)), outgoing_limit(plan, Process())
    assert lot.quality == pytest.approx(process.quality, rel=1e-6)
    assert lot.offered / size == pytest.approx(process.offered, rel=1e-6)


@pytest.mark.parametrize(("population", "quality"), [(Lot(1), 7), (Process(), -0.1), (PerHundredUnits(1), -1)])
def test_what_goes_out_of_an_impossible_quality_is_refused(population: Population, quality: float) -> None:
    with pytest.raises(AcceptanceError, match="“quality” is "):
        average_outgoing_quality(SinglePlan(1, 0), population, quality)


def test_qualities_at_three_probabilities_are_in_order() -> None:
    plan = SinglePlan(80, 2)
    for population in (Process(), PerHundredUnits(), Lot(1000)):
        good, indifferent, bad = (quality_at(plan, population, acceptance) for acceptance in (0.95, 0.5, 0.1))
        assert good < indifferent < bad
