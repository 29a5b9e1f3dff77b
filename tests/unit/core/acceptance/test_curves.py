from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial

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


def by_all_findings(plan: SinglePlan, size: int, faulty: int) -> tuple[Fraction, Fraction, Fraction]:
    """Pa, AOQ and ATI of a lot under rectifying inspection: every finding, with the samples that show it."""
    accepted = outgoing = inspected = Fraction(0)
    for found in range(min(plan.n, faulty) + 1):
        chance = Fraction(comb(faulty, found) * comb(size - faulty, plan.n - found), comb(size, plan.n))
        passes = found <= plan.ac
        accepted += chance * passes
        outgoing += chance * passes * Fraction(faulty - found, size)
        inspected += chance * (plan.n if passes else size)
    return accepted, outgoing, inspected


@pytest.mark.parametrize("size", [2, 7, 12])
def test_all_that_a_small_lot_can_meet_by_counting_samples(size: int) -> None:
    for n in range(1, size + 1):
        for ac in range(min(n, 4)):
            plan, outgoing = SinglePlan(n, ac), []
            for point in curve(plan, Lot(size), range(size + 1)):
                counted = by_all_findings(plan, size, int(point.quality))
                shown = (point.acceptance, point.outgoing_quality, point.average_total_inspection)
                assert shown == pytest.approx([float(each) for each in counted], abs=1e-13)
                assert point.average_sample_number == n
                outgoing.append(counted[1])
            limit = outgoing_limit(plan, Lot(size))
            assert limit.quality == pytest.approx(float(max(outgoing)), abs=1e-14)
            assert outgoing[int(limit.offered)] == max(outgoing)


@pytest.mark.parametrize(("n", "ac"), [(2, 0), (13, 1), (80, 2), (125, 7), (5, 4), (5, 5)])
@pytest.mark.parametrize("lot_size", [None, 1000])
def test_the_limit_of_a_process_by_looking_everywhere(n: int, ac: int, lot_size: int | None) -> None:
    """Of 20,001 fractions none sends out more, and the best of them lies beside what is said."""
    fractions = np.linspace(0, 1, 20_001)
    terms = [comb(n, found) * fractions**found * (1 - fractions) ** (n - found) for found in range(min(ac, n) + 1)]
    passed = fractions * np.sum(terms, axis=0) * (1 if lot_size is None else 1 - n / lot_size)
    limit = outgoing_limit(SinglePlan(n, ac), Process(lot_size))
    assert limit.offered == pytest.approx(fractions[np.argmax(passed)], abs=1e-4)
    assert limit.quality == pytest.approx(passed.max(), rel=1e-5)
    assert limit.quality >= passed.max() * (1 - 1e-12)


@pytest.mark.parametrize(("n", "ac"), [(2, 0), (20, 1), (80, 2), (50, 10)])
def test_the_limit_of_counts_by_looking_everywhere(n: int, ac: int) -> None:
    """Nonconformities per 100 units, up to a mean of 4 (Ac + 1) in the sample."""
    means = np.linspace(0, 4 * (ac + 1), 20_001)
    passed = (
        100
        / n
        * means
        * np.sum([np.exp(-means) * means**each / factorial(each) for each in range(ac + 1)], axis=0)
    )
    limit = outgoing_limit(SinglePlan(n, ac), PerHundredUnits())
    assert limit.quality == pytest.approx(passed.max(), rel=1e-6)
    assert limit.offered == pytest.approx(100 / n * means[np.argmax(passed)], rel=1e-3)


def test_total_inspection_by_hand() -> None:
    """Of 10 units 2 are nonconforming; 3 are drawn, none allowed: (8 · 7 · 6)/(10 · 9 · 8) = 7/15 pass with 3
    inspected, the others with 10; 2/10 of 7/15 go out."""
    plan = SinglePlan(3, 0)
    assert plan.acceptance(Lot(10), 2) == pytest.approx(7 / 15)
    assert average_total_inspection(plan, Lot(10), 2) == pytest.approx(3 * 7 / 15 + 10 * 8 / 15)
    assert average_outgoing_quality(plan, Lot(10), 2) == pytest.approx(2 / 10 * 7 / 15)


@pytest.mark.parametrize(("acceptance", "faulty"), [(0.5, 2), (0.4, 3), (0.1, 5), (0.01, 7), (0.001, 8)])
def test_the_quality_of_a_lot_at_a_probability_by_hand(acceptance: float, faulty: int) -> None:
    """Of 10 units 3, none allowed: accepted are 120, 84, 56, 35, 20, 10, 4, 1, 0 of 120 with 0 to 8 bad ones."""
    assert quality_at(SinglePlan(3, 0), Lot(10), acceptance) == faulty
