"""Curves and plans that R, SciPy and the printed tables give."""

import pytest

from oracles import oracle_json
from zhicheng.core.acceptance import (
    DoublePlan,
    Lot,
    PerHundredUnits,
    Population,
    Process,
    RiskPoint,
    SinglePlan,
    find_plan,
    most_nonconforming,
    outgoing_limit,
    quality_at,
    sample_finding_none,
)

REFERENCE = "acceptance/oc_reference.json"


def test_operating_characteristics_of_single_plans() -> None:
    for row in oracle_json(REFERENCE)["oc_single"]:
        plan, fraction = SinglePlan(row["n"], row["c"]), row["p"]
        assert plan.acceptance(Process(), fraction) == pytest.approx(row["binomial"], rel=1e-12)
        assert plan.acceptance(PerHundredUnits(), 100 * fraction) == pytest.approx(row["poisson"], rel=1e-12)
        faulty = round(1000 * fraction)
        assert plan.acceptance(Lot(1000), faulty) == pytest.approx(row["hypergeom_N1000"], rel=1e-10)


def test_operating_characteristics_and_sample_numbers_of_double_plans() -> None:
    for row in oracle_json(REFERENCE)["oc_double"]:
        plan, fraction = DoublePlan(row["n1"], row["c1"], row["r1"], row["n2"], row["c2"]), row["p"]
        assert plan.acceptance(Process(), fraction) == pytest.approx(row["binomial"], rel=1e-12)
        assert plan.acceptance(PerHundredUnits(), 100 * fraction) == pytest.approx(row["poisson"], rel=1e-12)
        assert plan.average_sample_number(Process(), fraction) == pytest.approx(row["ASN"], rel=1e-12)


def test_qualities_at_a_probability_of_acceptance() -> None:
    for row in oracle_json(REFERENCE)["quality_at_pa"]:
        plan = SinglePlan(row["n"], row["c"])
        for key, value in row.items():
            name, _, acceptance = key.partition("_at_Pa_")
            if name == "p":
                assert quality_at(plan, Process(), float(acceptance)) == pytest.approx(value, rel=1e-8)
            elif name == "per100_poisson":
                assert quality_at(plan, PerHundredUnits(), float(acceptance)) == pytest.approx(value, rel=1e-8)


def test_the_worst_outgoing_quality() -> None:
    """The reference searched on a grid; ours is at least as high, and at the same place to the grid's width."""
    for row in oracle_json(REFERENCE)["aoql"]:
        limit = outgoing_limit(SinglePlan(row["n"], row["c"]), Process())
        assert limit.quality == pytest.approx(row["AOQL"], rel=1e-8)
        assert limit.quality >= row["AOQL"]
        assert limit.offered == pytest.approx(row["at_p"], abs=1e-6)


def test_samples_in_which_nothing_may_be_found() -> None:
    for row in oracle_json(REFERENCE)["zero_acceptance"]:
        assert sample_finding_none(Lot(row["N"]), quality=row["D"], risk=row["beta"]) == row["n"], row


def test_upper_bounds_of_a_lot() -> None:
    for row in oracle_json(REFERENCE)["finite_population_upper_bound"]:
        bound = most_nonconforming(lot_size=row["N"], n=row["n"], found=row["x"], risk=row["alpha"])
        assert bound == row["D_upper"], row


@pytest.mark.parametrize(
    ("place", "population", "producer", "consumer"),
    [
        (0, Process(), RiskPoint(0.01, 0.05), RiskPoint(0.10, 0.10)),
        (1, Process(), RiskPoint(0.05, 0.05), RiskPoint(0.15, 0.075)),
        (2, Lot(100), RiskPoint(5, 0.05), RiskPoint(15, 0.075)),
        (3, PerHundredUnits(), RiskPoint(1, 0.05), RiskPoint(6, 0.10)),
    ],
)
def test_plans_by_two_risks(place: int, population: Population, producer: RiskPoint, consumer: RiskPoint) -> None:
    """`find.plan` of the R package AcceptanceSampling 1.0.11."""
    row = oracle_json("acceptance/find_plan_reference.json")[place]
    assert find_plan(population, producer=producer, consumer=consumer) == SinglePlan(row["n"], row["c"])


@pytest.mark.parametrize(
    ("fraction", "acceptance"),
    [
        (0.005, 0.97387),
        (0.01, 0.91056),
        (0.02, 0.73577),
        (0.03, 0.55528),
        (0.04, 0.40048),
        (0.05, 0.27943),
        (0.06, 0.19000),
        (0.08, 0.08271),
    ],
)
def test_the_curve_of_a_textbook(fraction: float, acceptance: float) -> None:
    """n = 50, Ac = 1, as tabulated in an exercise (homeworkclinic.com, topic 810160)."""
    assert SinglePlan(50, 1).acceptance(Process(), fraction) == pytest.approx(acceptance, abs=5e-6)


def test_both_risk_points_of_a_plan() -> None:
    """n = 68, Ac = 2 by the program TP105 (S. Hilliard, samplingplans.com, 7 February 2006)."""
    plan = SinglePlan(68, 2)
    assert quality_at(plan, Process(), 0.95) == pytest.approx(0.01213, abs=5e-6)
    assert quality_at(plan, Process(), 0.05) == pytest.approx(0.089704, abs=5e-7)
