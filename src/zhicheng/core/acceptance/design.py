"""Plans made to measure: what two risks ask for, what finding nothing proves, what a lot may still hold.

>>> from zhicheng.core.acceptance.population import Lot, Process
>>> find_plan(Process(), producer=RiskPoint(0.01, 0.05), consumer=RiskPoint(0.10, 0.10))
SinglePlan(n=52, ac=2)
>>> sample_finding_none(Lot(100), quality=5, risk=0.05)
45
>>> most_nonconforming(lot_size=100, n=20, found=0, risk=0.05)
12
"""

from dataclasses import dataclass

from zhicheng.core.acceptance.plans import SinglePlan
from zhicheng.core.acceptance.population import Population
from zhicheng.core.acceptance.quantities import AcceptanceError, between, inside, whole
from zhicheng.core.hypergeometric import most_faulty
from zhicheng.core.thresholds import first_of, within
from zhicheng.core.words import words

LARGEST_SAMPLE = 100_000
"""Samples are searched up to here: nobody inspects more, and a lot ends the search before."""


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """A quality, 0 or more in the unit of its population, and the risk borne at it, above 0 and below 1. Raises
    AcceptanceError.

    The producer's risk is that of good quality being refused, the consumer's that of bad quality being accepted.
    """

    quality: float
    risk: float

    def __post_init__(self) -> None:
        between("quality", self.quality, 0)
        inside("risk", self.risk, 0, 1)


def find_plan(population: Population, *, producer: RiskPoint, consumer: RiskPoint) -> SinglePlan:
    """The smallest single plan that keeps both risks: Pa ≥ 1 − risk at the producer's quality, Pa ≤ risk at the
    consumer's, which is worse.

    The larger Ac is, the larger is the n that protects the consumer, and the larger n is, the larger is the Ac
    that protects the producer; so going from one to the other no smaller plan is missed. Raises AcceptanceError if
    the qualities are not in this order, or no sample keeps the risks. Gives the plans of `find.plan` of the R
    package AcceptanceSampling (Kiermeier 2008, J. Stat. Software 26(6)).

    >>> from zhicheng.core.acceptance.population import Lot
    >>> find_plan(Lot(100), producer=RiskPoint(5, 0.05), consumer=RiskPoint(15, 0.075))
    SinglePlan(n=47, ac=4)
    """
    if not producer.quality < consumer.quality:
        raise AcceptanceError(
            words(
                "The producer’s quality {producer} is not better than the consumer’s {consumer}; expected it below"
            ),
            producer=producer.quality,
            consumer=consumer.quality,
        )
    n, ac = 1, 0
    while (n := _first_keeping(population, consumer, ac, n)) <= _largest(population):
        needed = _first_accepting(population, producer, n, ac)
        if needed == ac:
            return SinglePlan(n, ac)
        ac = needed
    raise _no_sample(population)


def sample_finding_none(population: Population, *, quality: float, risk: float) -> int:
    """The smallest sample in which nothing is found with a probability of `risk` at most, at `quality` (Ac = 0).

    So if nothing is found the quality is better than that, with the confidence 1 − risk. Raises AcceptanceError.
    """
    n = _first_keeping(population, RiskPoint(quality, risk), 0, 1)
    if n > _largest(population):
        raise _no_sample(population)
    return n


def most_nonconforming(*, lot_size: int, n: int, found: int, risk: float) -> int:
    """The most nonconforming units that a lot may hold of which `n` were drawn and `found` were nonconforming.

    The exact upper bound of confidence 1 − risk: the largest number at which so few, or fewer, would be found with
    a probability above `risk`. It includes those found. 0 ≤ found ≤ n ≤ lot size. Bounds on both sides are
    `core.estimates.lots`. Raises AcceptanceError. Source: Buonaccorsi 1987, The American Statistician 41:215.
    """
    size = whole("lot_size", lot_size, 1)
    sample = whole("n", n, 1, size)
    seen = whole("found", found, 0, sample)
    return most_faulty(found=seen, n=sample, size=size, risk=inside("risk", risk, 0, 1))


def _first_keeping(population: Population, consumer: RiskPoint, ac: int, start: int) -> int:
    """The smallest n from `start` on with a Pa at the consumer's quality up to the risk; beyond the end if
    none."""
    stop = _largest(population) + 1
    return first_of(lambda n: within(population.at_most(ac, n, consumer.quality), consumer.risk), start, stop)


def _first_accepting(population: Population, producer: RiskPoint, n: int, start: int) -> int:
    """The smallest Ac from `start` on with which no more than the risk of the producer's quality is refused."""
    return first_of(lambda ac: within(1 - population.at_most(ac, n, producer.quality), producer.risk), start)


def _largest(population: Population) -> int:
    return LARGEST_SAMPLE if population.lot_size is None else population.lot_size


def _no_sample(population: Population) -> AcceptanceError:
    return AcceptanceError(
        words(
            "No sample of up to {largest} units keeps the risks; expected qualities further apart, or larger risks"
        ),
        largest=_largest(population),
    )
