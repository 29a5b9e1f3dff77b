from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.core.acceptance import (
    GBT_2828_1_2012,
    AcceptanceError,
    InspectionStage,
    Lot,
    LotResult,
    PerHundredUnits,
    Process,
    Scheme,
    Series,
    Severity,
)

MILK = Scheme.of(lot_size=1000, aql="1.0")
"""Normal 80/2, tightened 80/1, reduced 32/1."""


def test_a_scheme_has_the_three_plans_of_its_edition() -> None:
    assert [(MILK.plans[severity].n, MILK.plans[severity].ac) for severity in Severity] == [
        (80, 2),
        (80, 1),
        (32, 1),
    ]
    assert MILK.edition is GBT_2828_1_2012
    with pytest.raises(AcceptanceError, match="The AQL 3 is no preferred value"):
        Scheme.of(lot_size=1000, aql=3)


@settings(max_examples=15)
@given(st.floats(0, 1), st.booleans())
def test_shares_add_up_and_weigh_the_three_plans(fraction: float, agreed: bool) -> None:
    run = MILK.long_run(Process(), fraction, reduction_agreed=agreed)
    shares = list(run.shares.values())
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= 0
    weighed = [MILK.plans[each].single.acceptance(Process(), fraction) for each in Severity]
    assert run.acceptance == pytest.approx(np.dot(shares, weighed))
    assert run.average_sample_number == pytest.approx(np.dot(shares, [80, 80, 32]))
    assert 0 <= run.suspensions <= 0.2 + 1e-12
    if not agreed:
        assert run.shares[Severity.REDUCED] == 0


@pytest.mark.parametrize("aql", ["0.15", "0.65", "1.0"])
def test_worse_suppliers_have_fewer_lots_accepted(aql: str) -> None:
    scheme = Scheme.of(lot_size=1000, aql=aql)
    for agreed in (True, False):
        runs = [scheme.long_run(Process(), share / 200, reduction_agreed=agreed) for share in range(0, 21, 2)]
        accepted = [run.acceptance for run in runs]
        assert all(later <= earlier + 1e-9 for earlier, later in pairwise(accepted))


def test_without_faults_inspection_is_reduced_and_with_nothing_else_it_is_suspended() -> None:
    perfect = MILK.long_run(Process(), 0)
    assert perfect.shares[Severity.REDUCED] == pytest.approx(1)
    assert (perfect.acceptance, perfect.suspensions) == (pytest.approx(1), 0)
    assert MILK.long_run(Process(), 0, reduction_agreed=False).shares[Severity.NORMAL] == pytest.approx(1)
    worst = MILK.long_run(Process(), 1)
    assert worst.shares[Severity.TIGHTENED] == pytest.approx(1)
    assert (worst.acceptance, worst.suspensions) == (pytest.approx(0), pytest.approx(1 / 5))


def test_the_scheme_protects_where_the_normal_plan_does_not() -> None:
    """At twice the AQL the normal plan passes three lots of four; at the AQL the scheme refuses no more than it
    does."""
    normal = MILK.plans[Severity.NORMAL].single
    assert normal.acceptance(Process(), 0.02) > 0.78
    assert MILK.long_run(Process(), 0.02).acceptance < 0.58
    assert MILK.long_run(Process(), 0.01).acceptance == pytest.approx(normal.acceptance(Process(), 0.01), abs=0.01)


def simulated(
    scheme: Scheme, fraction: float, times: int, seed: int
) -> tuple[dict[Severity, float], float, float]:
    """Shares, acceptance and suspensions of `times` lots drawn one after another, judged by what was found."""
    generator, series = np.random.default_rng(seed), Series()
    met: list[Severity] = []
    accepted = suspended = 0
    found = {
        severity: generator.binomial(scheme.plans[severity].n, fraction, times).tolist() for severity in Severity
    }
    for lot in range(times):
        met.append(series.severity)
        result = LotResult.of(scheme.plans[series.severity], found[series.severity][lot])
        accepted += result.accepted
        series = series.after(result, reduction_agreed=True)
        if series.stage is InspectionStage.SUSPENDED:
            series, suspended = series.resumed(), suspended + 1
    return {each: met.count(each) / times for each in Severity}, accepted / times, suspended / times


@pytest.mark.parametrize(("fraction", "seed"), [(0.005, 1), (0.01, 2), (0.015, 3), (0.03, 4)])
def test_the_long_run_by_simulation(fraction: float, seed: int) -> None:
    """20,000 lots in a row; they depend on each other, so more is allowed than independent draws would vary by."""
    shares, accepted, suspended = simulated(MILK, fraction, 20_000, 20260110 + seed)
    run = MILK.long_run(Process(), fraction)
    assert shares == pytest.approx(run.shares, abs=0.05)
    assert accepted == pytest.approx(run.acceptance, abs=0.02)
    assert suspended == pytest.approx(run.suspensions, abs=0.01)


def rounds_without_reduction(refusal_normal: float, refusal_tightened: float) -> tuple[float, float]:
    """Lots spent under normal, and under tightened inspection until five in a row are accepted, if nothing ends
    it.

    The first as the chain of lots since the last refused one; the second is the waiting time for a run of five,
    (1 − q⁵)/((1 − q) q⁵) with q the probability of acceptance (Feller 1968, vol. 1, XIII.7).
    """
    moves = np.zeros((5, 5))
    for since in range(5):
        moves[since, min(since + 1, 4)] += 1 - refusal_normal
    moves[4, 0] += refusal_normal
    normal = float(np.linalg.solve(np.eye(5) - moves, np.ones(5))[4])
    run = (1 - refusal_tightened) ** 5
    return normal, (1 - run) / (refusal_tightened * run)


def test_between_normal_and_tightened_by_waiting_times() -> None:
    """At 0.8 % suspensions are too rare to matter; the shares are as the lengths of the rounds."""
    fraction = 0.008
    refusals = [1 - MILK.plans[each].single.acceptance(Process(), fraction) for each in list(Severity)[:2]]
    normal, tightened = rounds_without_reduction(*refusals)
    run = MILK.long_run(Process(), fraction, reduction_agreed=False)
    assert run.suspensions < 2e-4
    assert run.shares[Severity.TIGHTENED] == pytest.approx(tightened / (normal + tightened), rel=0.01)


def test_any_population_will_do() -> None:
    counted = MILK.long_run(PerHundredUnits(), 1.0)
    assert counted.acceptance == pytest.approx(MILK.long_run(Process(), 0.01).acceptance, abs=0.01)
    lots = MILK.long_run(Lot(1000), 10)
    assert lots.acceptance > counted.acceptance
    with pytest.raises(AcceptanceError, match="“quality” is 2; expected a number from 0 to 1"):
        MILK.long_run(Process(), 2)
