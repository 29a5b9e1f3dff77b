"""What docs/explanation/acceptance.md says is what is computed."""

import doctest
from pathlib import Path

import pytest

from zhicheng.core.acceptance import (
    Lot,
    LqrLevel,
    Process,
    Scheme,
    Severity,
    SinglePlan,
    average_total_inspection,
    declared_limit,
    declared_plan,
    outgoing_limit,
)

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "acceptance.md"
MILK = SinglePlan(80, 2)


def test_its_example_runs() -> None:
    results = doctest.testfile(str(PAGE), module_relative=False)
    assert (results.failed, results.attempted) == (0, 2)


def said(*words: str) -> bool:
    """Whether the page has all of these words, line breaks being spaces."""
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    return all(each in text for each in words)


def test_how_often_the_milk_is_accepted() -> None:
    assert said(f"{MILK.acceptance(Process(), 0.01):.1%}".replace("%", " %"))
    assert said(f"{MILK.acceptance(Process(), 0.03):.1%}".replace("%", " %"))
    lot, process = MILK.acceptance(Lot(200), 8), MILK.acceptance(Process(), 8 / 200)
    assert said(f"with {100 * lot:.1f} %, by the binomial with {100 * process:.1f} %")


def test_what_goes_out_and_what_it_costs() -> None:
    limit = outgoing_limit(MILK, Process(1000))
    assert said(f"at most {100 * limit.quality:.2f} % go out", f"worst when {100 * limit.offered:.2f} % come in")
    costs = [average_total_inspection(MILK, Process(1000), quality) for quality in (0.01, 0.028)]
    assert said(f"costs {costs[0]:.0f} inspected cartons", f"at 2.8 % {costs[1]:.0f}.")


def test_the_long_run() -> None:
    run = Scheme.of(lot_size=1000, aql="1.0").long_run(Process(), 0.02)
    assert run.shares[Severity.TIGHTENED] == pytest.approx(4 / 5, abs=0.02)
    normal = MILK.acceptance(Process(), 0.02)
    assert said(
        f"would have {100 * normal:.0f} % of its lots accepted", f"{100 * run.acceptance:.0f} % are accepted (`Sch"
    )


@pytest.mark.parametrize("level", LqrLevel)
def test_the_levels_of_the_label(level: LqrLevel) -> None:
    plan = declared_plan(Process(), declared=0.0065, limit=level.limit)
    risk, found_out = 100 * plan.risk, 100 * plan.limiting_quality
    assert said(
        f"| {level} | {plan.n} | {plan.limit} | {risk:.1f} % | {found_out:.1f} % | {plan.limiting_ratio:.2g} |"
    )


def test_the_lifts() -> None:
    plan = declared_limit(Lot(50), declared=2, n=12)
    assert (plan.limit, plan.risk) == (2, pytest.approx(0, abs=1e-12))
    assert said(f"twelve tests find it out with {100 * plan.power(6):.0f} % only")


def test_the_third_edition_of_the_international_standard() -> None:
    risk = 1 - SinglePlan(127, 2).acceptance(Process(), 0.0065)
    assert said(f"({100 * risk:.2f} %)")
