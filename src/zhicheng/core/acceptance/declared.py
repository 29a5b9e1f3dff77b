"""Does a sample contradict the quality that somebody declared? In the manner of GB/T 2828.4 and GB/T 2828.11.

Supervision does not accept lots: it checks a declaration (声称质量水平, DQL) and may only say that it is wrong,
with a small risk of wronging whoever declared the truth. With the limiting number L or fewer nonconforming units
in the sample the declaration is not contradicted, which does not prove it; with more it is.

>>> from zhicheng.core.acceptance.population import Lot, Process
>>> plan = declared_plan(Process(), declared=0.0065, limit=2)
>>> plan.n, plan.limit, round(plan.risk, 3), round(plan.limiting_ratio, 2)
(125, 2, 0.049, 6.46)
>>> small = declared_limit(Lot(50), declared=2, n=12)
>>> small.limit, small.verdict(3)
(2, <Verdict.CONTRADICTED: 'contradicted'>)

What is verified, and what is not. GB/T 2828.4-2008 (ISO 2859-4:2002 modified) says that a correct declaration is
contradicted with a risk of 5 %, and a population LQR times as bad not contradicted with 10 %, at four levels; the
example of ISO 2859-4:2002 (DQL 0.65 %, n = 125, L = 2) is what is computed here. Its master table was not at hand:
that the levels 0, I, II and III have L = 0, 1, 2 and 3 agrees with the example and is an inference. ISO
2859-4:2020 draws 127 in the same example, where the risk is 5.06 %, and keeps the 5 % at the levels I to III only.
Of GB/T 2828.11-2008, for populations of up to 250 units, the rule is kept (hypergeometric, DQL as a number of
units, risk at most 5 %), the tables were not at hand either.
"""

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from zhicheng.core.acceptance.edition import Severity
from zhicheng.core.acceptance.gbt2828 import GBT_2828_1_2012
from zhicheng.core.acceptance.plans import SinglePlan
from zhicheng.core.acceptance.population import Population
from zhicheng.core.acceptance.quantities import AcceptanceError, inside, set_whole, whole
from zhicheng.core.thresholds import first_of, within
from zhicheng.core.words import words

RISK = 0.05
"""Of contradicting a correct declaration, at most."""
LIMITING_RISK = 0.10
"""Of not contradicting a declaration when quality is LQR times as bad."""
SAMPLE_SIZES = GBT_2828_1_2012.tables[Severity.TIGHTENED].sizes
"""Sizes of samples that are offered: those of GB/T 2828.1, as in the one printed example."""


class LqrLevel(StrEnum):
    """How well a plan discriminates (LQR 水平, GB/T 2828.4); that they stand for L = 0 to 3 is an inference."""

    ZERO = "0"
    I = "I"  # noqa: E741
    II = "II"
    III = "III"

    @property
    def limit(self) -> int:
        """The limiting number L (不合格品限定数)."""
        return list(LqrLevel).index(self)


class Verdict(StrEnum):
    """What a sample says of a declaration."""

    CONTRADICTED = "contradicted"
    """More than L were found: the population does not conform to what was declared."""
    NOT_CONTRADICTED = "not contradicted"
    """No evidence against the declaration; no evidence for it either."""


@dataclass(frozen=True, slots=True)
class DeclaredPlan:
    """A sample of `n`, 1 or more, by which `declared`, a quality in the unit of the population, is contradicted by
    more than `limit` nonconforming units, 0 or more. Raises AcceptanceError."""

    population: Population
    declared: float
    n: int
    limit: int

    def __post_init__(self) -> None:
        set_whole(self, "n", 1)
        set_whole(self, "limit", 0)

    @property
    def risk(self) -> float:
        """The probability of contradicting the declaration although it is exactly true."""
        return self.power(self.declared)

    def power(self, quality: float) -> float:
        """The probability of contradicting the declaration at this quality (检验功效). Raises AcceptanceError."""
        return 1 - SinglePlan(self.n, self.limit).acceptance(self.population, quality)

    @property
    def limiting_quality(self) -> float:
        """The quality that is not contradicted with a probability of 10 %. Raises AcceptanceError if all are."""
        return self.population.quality_at(LIMITING_RISK, self.limit, self.n)

    @property
    def limiting_ratio(self) -> float:
        """LQR (极限质量比): the limiting quality by the declared one. Raises AcceptanceError if that is 0."""
        if self.declared == 0:
            raise AcceptanceError(
                words("The declared quality is 0; expected one above 0, of which there is a ratio")
            )
        return self.limiting_quality / self.declared

    def verdict(self, found: int) -> Verdict:
        """What `found` nonconforming units among the n say, 0 or more. Raises AcceptanceError."""
        return Verdict.CONTRADICTED if whole("found", found, 0) > self.limit else Verdict.NOT_CONTRADICTED


def declared_plan(
    population: Population,
    *,
    declared: float,
    limit: int,
    risk: float = RISK,
    sizes: tuple[int, ...] = SAMPLE_SIZES,
) -> DeclaredPlan:
    """The plan of limiting number `limit` with the largest of the `sizes` (ascending) that keeps the `risk`.

    The larger the sample, the sooner a wrong declaration is found out; the risk of contradicting a right one sets
    the end. A sample is smaller than the lot: who inspects all compares what is found with what was declared.
    Raises AcceptanceError if no size keeps the risk, or none is offered. In the manner of GB/T 2828.4.

    >>> from zhicheng.core.acceptance.population import Process
    >>> [declared_plan(Process(), declared=0.01, limit=level.limit).n for level in LqrLevel]
    [5, 32, 80, 125]
    """
    bound = whole("limit", limit, 0)
    inside("risk", risk, 0, 1)
    sizes = _ascending(sizes)
    if population.lot_size is not None:
        sizes = sizes[: bisect_left(sizes, whole("lot_size", population.lot_size, sizes[0] + 1))]
    place = first_of(
        lambda place: not within(DeclaredPlan(population, declared, sizes[place], bound).risk, risk), 0, len(sizes)
    )
    if place == 0:
        raise AcceptanceError(
            words("A declared quality of {declared} is contradicted too often by {n} units with L = {limit}; "
                  "expected a larger L or a larger risk"),
            declared=declared,
            n=sizes[0],
            limit=bound,
        )  # fmt: skip
    return DeclaredPlan(population, declared, sizes[place - 1], bound)


def declared_limit(population: Population, *, declared: float, n: int, risk: float = RISK) -> DeclaredPlan:
    """The plan of sample size `n` with the smallest limiting number that keeps the `risk`. Raises AcceptanceError.

    For a small population, of which as many are drawn as can be tested. In the manner of GB/T 2828.11.

    >>> from zhicheng.core.acceptance.population import Lot
    >>> [declared_limit(Lot(50), declared=1, n=n).limit for n in (2, 5)]
    [0, 1]
    """
    inside("risk", risk, 0, 1)
    limit = first_of(lambda limit: within(DeclaredPlan(population, declared, n, limit).risk, risk), 0)
    return DeclaredPlan(population, declared, n, limit)


def _ascending(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """The sizes of samples that are offered, 1 or more each, of which there is one at least."""
    if not sizes:
        raise AcceptanceError(words("No sample sizes are offered; expected one or more"))
    offered = tuple(whole("sizes", size, 1) for size in sizes)
    for before, after in pairwise(offered):
        if after <= before:
            raise AcceptanceError(
                words("Of the sample sizes {after} comes after {before}; expected them in ascending order"),
                after=after,
                before=before,
            )
    return offered
