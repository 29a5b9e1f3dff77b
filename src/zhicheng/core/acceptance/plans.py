"""Sampling plans and what they do: how often they accept, and how much they look at.

`n` units are drawn; a lot with Ac or fewer nonconforming ones among them is accepted, with Re or more it is not.

>>> from zhicheng.core.acceptance.population import Process
>>> plan = SinglePlan(n=80, ac=2)
>>> round(plan.acceptance(Process(), 0.01), 4), round(plan.acceptance(Process(), 0.0652), 4)
(0.9534, 0.0998)
>>> double = DoublePlan(n1=50, ac1=0, re1=3, n2=50, ac2=3)
>>> round(double.acceptance(Process(), 0.01), 4), round(double.average_sample_number(Process(), 0.01), 2)
(0.9752, 69.06)
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from zhicheng.core.acceptance.population import Population
from zhicheng.core.acceptance.quantities import AcceptanceError, set_whole
from zhicheng.core.words import words


class Stage(NamedTuple):
    """One way of being accepted: after `inspected` units in all, with `probability`."""

    inspected: int
    probability: float


class Plan(Protocol):
    """A sampling plan of one sample or of two."""

    def stages(self, population: Population, quality: float) -> tuple[Stage, ...]:
        """After which sample a lot of this quality is accepted, and how probably. Raises AcceptanceError."""
        ...

    def acceptance(self, population: Population, quality: float) -> float:
        """The probability of acceptance Pa; over the quality, the operating characteristic (OC) of the plan."""
        ...

    def average_sample_number(self, population: Population, quality: float) -> float:
        """How many units are drawn on average (ASN)."""
        ...


@dataclass(frozen=True, slots=True)
class SinglePlan:
    """One sample (一次抽样方案): `n` units, 1 or more; accepted with `ac` or fewer, 0 or more. Raises
    AcceptanceError.

    `ac` may be n or more where nonconformities are counted and not units.
    """

    n: int
    ac: int

    def __post_init__(self) -> None:
        set_whole(self, "n", 1)
        set_whole(self, "ac", 0)

    @property
    def re(self) -> int:
        """The rejection number: a single plan decides, so it is the next after Ac."""
        return self.ac + 1

    def stages(self, population: Population, quality: float) -> tuple[Stage, ...]:
        """The only sample. Raises AcceptanceError."""
        return (Stage(population.drawn(self.n), self.acceptance(population, quality)),)

    def acceptance(self, population: Population, quality: float) -> float:
        """Pa = P(X ≤ Ac). Raises AcceptanceError."""
        return population.at_most(self.ac, self.n, quality)

    def average_sample_number(self, population: Population, quality: float) -> float:
        """Always n, or the whole lot: all are inspected, also when the decision is clear before (no
        curtailment)."""
        return population.drawn(self.n)


@dataclass(frozen=True, slots=True)
class DoublePlan:
    """Two samples (二次抽样方案): after `n1` units accepted with `ac1` or fewer, not with `re1` or more; between
    them `n2` more are drawn, and `ac2` or fewer in both samples together are accepted.

    0 ≤ ac1, ac1 + 2 ≤ re1 ≤ ac2 + 1. A lot that has no more units than a sample is inspected wholly; where the
    first does it, fewer than re1 are accepted. Raises AcceptanceError. The standard’s tables of double plans are
    not part of this package.
    """

    n1: int
    ac1: int
    re1: int
    n2: int
    ac2: int

    def __post_init__(self) -> None:
        for field, least in (("n1", 1), ("ac1", 0), ("re1", 0), ("n2", 1), ("ac2", 0)):
            set_whole(self, field, least)
        if not self.ac1 + 2 <= self.re1 <= self.ac2 + 1:
            raise AcceptanceError(
                words(
                    "A double plan with Ac1 = {ac1}, Re1 = {re1}, Ac2 = {ac2}; expected Ac1 + 2 ≤ Re1 ≤ Ac2 + 1"
                ),
                ac1=self.ac1,
                re1=self.re1,
                ac2=self.ac2,
            )

    def stages(self, population: Population, quality: float) -> tuple[Stage, ...]:
        """P(X₁ ≤ Ac₁), and the sum over what leaves it open of P(X₁ = k) P(X₂ ≤ Ac₂ − k). Raises
        AcceptanceError."""
        undecided = self._undecided(population, quality)
        second = sum(chance * self._second(population, quality, count) for count, chance in undecided)
        first = population.at_most(self.ac1, self.n1, quality)
        return Stage(population.drawn(self.n1), first), Stage(population.drawn(self.n1 + self.n2), second)

    def acceptance(self, population: Population, quality: float) -> float:
        """Pa, after the first or after the second sample. Raises AcceptanceError."""
        return min(1.0, sum(stage.probability for stage in self.stages(population, quality)))

    def average_sample_number(self, population: Population, quality: float) -> float:
        """n₁ + n₂ P(Ac₁ < X₁ < Re₁). Raises AcceptanceError."""
        first, both = population.drawn(self.n1), population.drawn(self.n1 + self.n2)
        return first + (both - first) * sum(chance for _, chance in self._undecided(population, quality))

    def _undecided(self, population: Population, quality: float) -> list[tuple[int, float]]:
        """What the first sample may show without deciding, with its probability, if it can be."""
        found = ((count, population.exactly(count, self.n1, quality)) for count in range(self.ac1 + 1, self.re1))
        return [(count, probability) for count, probability in found if probability > 0]

    def _second(self, population: Population, quality: float, count: int) -> float:
        """The probability that the second sample accepts what showed `count` in the first and left it open."""
        if population.drawn(self.n1) == population.lot_size:
            return 1.0
        rest, remaining = population.rest(self.n1, count, quality)
        return rest.at_most(self.ac2 - count, self.n2, remaining)
