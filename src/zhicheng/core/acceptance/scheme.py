"""What plans and switching rules do together, in the long run, with a supplier of one quality.

A single plan is only part of the protection: a supplier who is worse than the AQL soon meets the tightened plan,
and one who is better the reduced one. The long run is that of the Markov chain whose states are the `Series` that
the switching rules can reach; so it is these rules, and no copy of them, that are computed.

>>> from zhicheng.core.acceptance.population import Process
>>> run = Scheme.of(lot_size=1000, aql="1.0").long_run(Process(), 0.02)
>>> f"{run.acceptance:.3f} {run.average_sample_number:.1f} {run.shares[Severity.TIGHTENED]:.2f}"
'0.573 80.0 0.81'
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from zhicheng.core.acceptance.edition import Edition, InspectionLevel, Severity
from zhicheng.core.acceptance.gbt2828 import GBT_2828_1_2012
from zhicheng.core.acceptance.lookup import InspectionPlan, plan_for
from zhicheng.core.acceptance.population import Population
from zhicheng.core.acceptance.switching import InspectionStage, LotResult, Series


@dataclass(frozen=True, slots=True)
class LongRun:
    """What becomes of lots of one quality: the share inspected at each severity, of those accepted, the units
    drawn for a lot on average (ASN of the scheme), and how often in a lot inspection is suspended."""

    shares: Mapping[Severity, float]
    acceptance: float
    average_sample_number: float
    suspensions: float


@dataclass(frozen=True, slots=True)
class Scheme:
    """The normal, the tightened and the reduced plan for lots of one size, with the rules of their edition
    (抽样计划)."""

    edition: Edition
    plans: Mapping[Severity, InspectionPlan]

    @classmethod
    def of(
        cls,
        *,
        lot_size: int,
        level: str = InspectionLevel.II,
        aql: Decimal | str | float,
        edition: Edition = GBT_2828_1_2012,
    ) -> "Scheme":
        """The three plans of an edition. Raises AcceptanceError."""
        plans = {
            severity: plan_for(lot_size=lot_size, level=level, aql=aql, severity=severity, edition=edition)
            for severity in Severity
        }
        return cls(edition, plans)

    def long_run(self, population: Population, quality: float, *, reduction_agreed: bool = True) -> LongRun:
        """What becomes of lots of this quality, in the unit of the population. Raises AcceptanceError.

        `reduction_agreed`: reduced inspection is begun whenever the score allows, otherwise never. A suspended
        series is taken up again, tightened, although its quality has not changed: `suspensions` says how often
        that would be.
        """
        chances = {severity: tuple(_results(plan, population, quality)) for severity, plan in self.plans.items()}
        moves = _moves(Series(edition=self.edition), chances, reduction_agreed)
        shares = dict.fromkeys(Severity, 0.0)
        suspensions = 0.0
        for series, share in zip(moves, _stationary(moves), strict=True):
            shares[series.severity] += share
            suspensions += share * sum(move.probability for move in moves[series] if move.suspended)
        singles = {severity: plan.single for severity, plan in self.plans.items()}
        return LongRun(
            shares,
            sum(share * singles[severity].acceptance(population, quality) for severity, share in shares.items()),
            sum(share * singles[severity].n for severity, share in shares.items()),
            suspensions,
        )


class _Move(NamedTuple):
    """Where a series goes with a probability, and whether it was suspended on the way."""

    into: Series
    probability: float
    suspended: bool


def _results(plan: InspectionPlan, population: Population, quality: float) -> Iterator[tuple[LotResult, float]]:
    """What a lot may come to under a plan, with its probability: refused, accepted, or accepted and scored."""
    accepted = plan.single.acceptance(population, quality)
    kept = population.at_most(plan.score_limit, plan.n, quality)
    yield LotResult(False, False, plan.ac), 1 - accepted
    yield LotResult(True, False, plan.ac), accepted - kept
    yield LotResult(True, True, plan.ac), kept


def _moves(
    start: Series, chances: Mapping[Severity, Sequence[tuple[LotResult, float]]], reduction_agreed: bool
) -> dict[Series, list[_Move]]:
    """All series that can be reached from `start`, with where they go from there."""
    moves: dict[Series, list[_Move]] = {}
    waiting = [start]
    while waiting:
        series = waiting.pop()
        if series not in moves:
            possible = (chance for chance in chances[series.severity] if chance[1] > 0)
            moves[series] = [_move(series, result, chance, reduction_agreed) for result, chance in possible]
            waiting += [move.into for move in moves[series]]
    return moves


def _move(series: Series, result: LotResult, probability: float, reduction_agreed: bool) -> _Move:
    after = series.after(result, reduction_agreed=reduction_agreed)
    if after.stage is InspectionStage.SUSPENDED:
        return _Move(after.resumed(), probability, True)
    # A score that leads nowhere would grow without end, and the series with it.
    return _Move(after if reduction_agreed else replace(after, score=0), probability, False)


def _stationary(moves: Mapping[Series, Sequence[_Move]]) -> list[float]:
    """The share of lots that meet each series, in the order of `moves`: πP = π, with Σπ = 1 for one of its lines.

    There is one solution, as every series comes back to where a long row of equal results leads.
    """
    places = {series: place for place, series in enumerate(moves)}
    equations = -np.eye(len(places))
    for series, leading in moves.items():
        for move in leading:
            equations[places[move.into], places[series]] += move.probability
    equations[-1] = 1
    shares = np.linalg.solve(equations, np.eye(len(places))[-1]).clip(0)
    return [float(share) for share in shares / shares.sum()]
