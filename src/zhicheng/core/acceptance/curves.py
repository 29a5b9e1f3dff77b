"""What passes inspection, and what inspection costs, by the quality that is offered.

Where lots that are not accepted are inspected wholly and every nonconforming unit found is replaced (rectifying
inspection, 挑选型检验), the quality that goes out is never worse than a limit, the AOQL, however bad what comes
in.

>>> from zhicheng.core.acceptance.population import Process
>>> limit = outgoing_limit(SinglePlan(80, 2), Process())
>>> round(limit.quality, 6), round(limit.offered, 6)
(0.017111, 0.028093)
>>> [round(point.acceptance, 3) for point in curve(SinglePlan(80, 2), Process(), [0, 0.01, 0.05])]
[1.0, 0.953, 0.231]

Source: Dodge and Romig 1929, A Method of Sampling Inspection, Bell System Technical Journal 8:613.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from zhicheng.core.acceptance.plans import Plan, SinglePlan
from zhicheng.core.acceptance.population import Population
from zhicheng.core.acceptance.quantities import AcceptanceError
from zhicheng.core.words import words


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What a plan does at one `quality` of what is offered: Pa, AOQ, ASN, and ATI (None for lots without end)."""

    quality: float
    acceptance: float
    outgoing_quality: float
    average_sample_number: float
    average_total_inspection: float | None


@dataclass(frozen=True, slots=True)
class OutgoingLimit:
    """The worst average outgoing `quality` (AOQL, 平均检出质量上限), and the quality `offered` of which it
    comes."""

    quality: float
    offered: float


def curve(plan: Plan, population: Population, qualities: Iterable[float]) -> tuple[CurvePoint, ...]:
    """The plan at each of these qualities, in the unit of the population. Raises AcceptanceError."""
    return tuple(
        CurvePoint(
            quality,
            plan.acceptance(population, quality),
            average_outgoing_quality(plan, population, quality),
            plan.average_sample_number(population, quality),
            None if population.lot_size is None else average_total_inspection(plan, population, quality),
        )
        for quality in qualities
    )


def average_outgoing_quality(plan: Plan, population: Population, quality: float) -> float:
    """AOQ, as a fraction nonconforming or as nonconformities per 100 units; exact for lots and for processes.

    A nonconforming unit goes out if it is not drawn, and the lot is accepted: of N units n are not drawn with
    (N − n)/N, and what is drawn then comes from the other units. In lots without end the first is certain.

    >>> from zhicheng.core.acceptance.population import Process
    >>> round(average_outgoing_quality(SinglePlan(80, 2), Process(lot_size=1000), 0.028), 6)
    0.015742
    """
    share = population.share(quality)
    if share == 0 or population.lot_size == 1:
        return 0.0
    others, remaining = population.rest(1, 1, quality)
    stages = zip(plan.stages(population, quality), plan.stages(others, remaining), strict=True)
    passed = sum(other.probability * _not_drawn(stage.inspected, population.lot_size) for stage, other in stages)
    return share * passed


def average_total_inspection(plan: Plan, population: Population, quality: float) -> float:
    """ATI: units inspected for each lot on average, the whole lot where it is not accepted.

    Raises AcceptanceError if the population has no lot size.

    >>> from zhicheng.core.acceptance.population import Process
    >>> round(average_total_inspection(SinglePlan(80, 2), Process(lot_size=1000), 0.028), 1)
    437.8
    """
    if population.lot_size is None:
        raise AcceptanceError(words("Total inspection was asked for lots without a size; expected a lot size"))
    stages = plan.stages(population, quality)
    refused = 1 - sum(stage.probability for stage in stages)
    return refused * population.lot_size + sum(stage.inspected * stage.probability for stage in stages)


def outgoing_limit(plan: SinglePlan, population: Population) -> OutgoingLimit:
    """AOQL, and where it is reached; 0 if the sample is the whole lot.

    >>> from zhicheng.core.acceptance.population import Lot
    >>> outgoing_limit(SinglePlan(80, 2), Lot(1000)).offered
    28
    """
    if population.drawn(plan.n) == population.lot_size:
        return OutgoingLimit(0.0, 0.0)
    offered = population.worst_passed(plan.ac, plan.n)
    return OutgoingLimit(average_outgoing_quality(plan, population, offered), offered)


def quality_at(plan: SinglePlan, population: Population, acceptance: float) -> float:
    """The quality that is accepted with this probability, above 0 and below 1; of a lot, the fewest nonconforming
    units that are accepted with it or less. Raises AcceptanceError.

    At 0.95 it is what a producer may offer with good hope; at 0.5 the quality of indifference; at 0.10 the
    consumer's risk quality (CRQ, 使用方风险质量), as in Tables 6 and 7 of GB/T 2828.1-2012.

    >>> from zhicheng.core.acceptance.population import Process
    >>> round(100 * quality_at(SinglePlan(80, 2), Process(), 0.10), 2)
    6.52
    """
    return population.quality_at(acceptance, plan.ac, plan.n)


def _not_drawn(inspected: int, lot_size: int | None) -> float:
    return 1.0 if lot_size is None else 1 - inspected / lot_size
