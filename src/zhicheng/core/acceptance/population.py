"""What a sample is drawn from, and so the distribution of what it shows.

A `Lot` is a number of units of which some are nonconforming: hypergeometric. A `Process` makes units that are
nonconforming with a fixed probability: binomial. `PerHundredUnits` counts nonconformities, of which a unit may
have several: Poisson. The standard tabulates the latter two, for lots from a process (type B); for one lot, alone
and finite, the first is exact (type A). The distributions are SciPy's.

>>> offered = [(Lot(1000), 10), (Process(), 0.01), (PerHundredUnits(), 1)]
>>> [round(population.at_most(2, 80, quality), 4) for population, quality in offered]
[0.9608, 0.9534, 0.9526]
"""

from dataclasses import dataclass
from typing import Protocol, Self

from scipy.optimize import brentq
from scipy.special import betainccinv, gammainccinv
from scipy.stats import binom, hypergeom, poisson

from zhicheng.core.acceptance.quantities import AcceptanceError, between, first_of, inside, whole
from zhicheng.core.words import words

SMALLEST_FRACTION = 1e-300


class Population(Protocol):
    """What a sample is drawn from. Its `quality` says how bad it is, in the unit of the population."""

    @property
    def lot_size(self) -> int | None:
        """Units in each lot; None if they are many more than are ever drawn."""
        ...

    def at_most(self, count: int, n: int, quality: float) -> float:
        """The probability of `count` or fewer in a sample of `n`. Raises AcceptanceError."""
        ...

    def exactly(self, count: int, n: int, quality: float) -> float:
        """The probability of exactly `count` in a sample of `n`. Raises AcceptanceError."""
        ...

    def rest(self, n: int, count: int, quality: float) -> tuple["Population", float]:
        """What remains, and its quality, after `n` units were taken that showed `count`."""
        ...

    def share(self, quality: float) -> float:
        """`quality` in the unit of outgoing quality: a fraction, or nonconformities per 100 units."""
        ...

    def quality_at(self, probability: float, count: int, n: int) -> float:
        """The quality at which `at_most` has fallen to `probability`. Raises AcceptanceError."""
        ...

    def worst_passed(self, count: int, n: int) -> float:
        """The quality of which most is passed: where quality times `at_most(count, n, quality)` is largest.

        Of all three distributions it is where P(X ≤ c) = (c + 1) P(X = c + 1), since the derivative of the former
        by the quality q is −(c + 1)/q times the latter; and there is one such place, as the ratio of the two falls
        in q.
        """
        ...


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot of `lot_size` units, 1 or more. Its quality is the number of nonconforming units, from 0 to all.

    A sample as large as the lot, or larger, is the whole lot: 100 % inspection, as the standard has it (§10.3).
    """

    lot_size: int

    def __post_init__(self) -> None:
        whole("lot_size", self.lot_size, 1)

    def at_most(self, count: int, n: int, quality: float) -> float:
        """Hypergeometric: `n` units without replacement."""
        return float(hypergeom.cdf(count, self.lot_size, self._faulty(quality), self._drawn(n)))

    def exactly(self, count: int, n: int, quality: float) -> float:
        """Hypergeometric: `n` units without replacement."""
        return float(hypergeom.pmf(count, self.lot_size, self._faulty(quality), self._drawn(n)))

    def rest(self, n: int, count: int, quality: float) -> tuple["Lot", float]:
        """The lot without the units that were drawn. Raises AcceptanceError if none remain."""
        return Lot(self.lot_size - n), quality - count

    def share(self, quality: float) -> float:
        """The fraction of units that are nonconforming."""
        return self._faulty(quality) / self.lot_size

    def quality_at(self, probability: float, count: int, n: int) -> float:
        """The fewest nonconforming units with which it is that or less, as a lot has whole units only."""
        inside("acceptance", probability, 0, 1)
        if count >= self._drawn(n):
            raise _accepts_all(count, self._drawn(n))
        return first_of(lambda faulty: self.at_most(count, n, faulty) <= probability, count + 1, self.lot_size)

    def worst_passed(self, count: int, n: int) -> float:
        """One more nonconforming unit no longer adds to what is passed. None passes if all units are inspected."""
        if self._drawn(n) == self.lot_size:
            return 0
        others = Lot(self.lot_size - 1)
        return first_of(
            lambda faulty: others.at_most(count, n, faulty) <= (count + 1) * others.exactly(count + 1, n, faulty),
            1,
            self.lot_size,
        )

    def _drawn(self, n: int) -> int:
        return min(whole("n", n, 1), self.lot_size)

    def _faulty(self, quality: float) -> int:
        return whole("quality", quality, 0, self.lot_size)


@dataclass(frozen=True, slots=True)
class _Endless:
    """What is made without end, perhaps in lots of `lot_size`: taking some of it away changes nothing."""

    lot_size: int | None = None

    def __post_init__(self) -> None:
        if self.lot_size is not None:
            whole("lot_size", self.lot_size, 1)

    def rest(self, n: int, count: int, quality: float) -> tuple[Self, float]:
        """The same: what follows does not depend on what was drawn."""
        return self, quality

    def share(self, quality: float) -> float:
        """The quality itself."""
        return quality


@dataclass(frozen=True, slots=True)
class Process(_Endless):
    """Units of a process, in lots of `lot_size` or without end. Its quality is the fraction nonconforming, 0 to
    1."""

    def at_most(self, count: int, n: int, quality: float) -> float:
        """Binomial."""
        return float(binom.cdf(count, whole("n", n, 1), _fraction(quality)))

    def exactly(self, count: int, n: int, quality: float) -> float:
        """Binomial."""
        return float(binom.pmf(count, whole("n", n, 1), _fraction(quality)))

    def quality_at(self, probability: float, count: int, n: int) -> float:
        """By the inverse of the incomplete beta function (Clopper and Pearson 1934)."""
        inside("acceptance", probability, 0, 1)
        if count >= n:
            raise _accepts_all(count, n)
        return float(betainccinv(count + 1, n - count, probability))

    def worst_passed(self, count: int, n: int) -> float:
        """By bisection; at (c + 1)/(n + 1) it is passed, as c + 1 is then as probable as any number."""
        if count >= n:
            return 1
        return _where_falling(self, count, n, (count + 1) / (n + 1))


@dataclass(frozen=True, slots=True)
class PerHundredUnits(_Endless):
    """Nonconformities on units of a process, perhaps several on one. Its quality is their number per 100 units."""

    def at_most(self, count: int, n: int, quality: float) -> float:
        """Poisson, of mean n × quality / 100."""
        return float(poisson.cdf(count, self._mean(n, quality)))

    def exactly(self, count: int, n: int, quality: float) -> float:
        """Poisson, of mean n × quality / 100."""
        return float(poisson.pmf(count, self._mean(n, quality)))

    def quality_at(self, probability: float, count: int, n: int) -> float:
        """By the inverse of the incomplete gamma function."""
        inside("acceptance", probability, 0, 1)
        return 100 / n * float(gammainccinv(count + 1, probability))

    def worst_passed(self, count: int, n: int) -> float:
        """By bisection; at a mean of c + 1 it is passed, as c + 1 is then as probable as any number."""
        return _where_falling(self, count, n, 100 * (count + 1) / n)

    def _mean(self, n: int, quality: float) -> float:
        return whole("n", n, 1) * between("quality", quality, 0) / 100


def _fraction(quality: float) -> float:
    fraction = between("quality", quality, 0, 1)
    # SciPy's binomial overflows near the smallest floats; such a fraction is none.
    return fraction if fraction > SMALLEST_FRACTION else 0.0


def _where_falling(population: Population, count: int, n: int, stop: float) -> float:
    def excess(quality: float) -> float:
        return population.at_most(count, n, quality) - (count + 1) * population.exactly(count + 1, n, quality)

    # With c = 0 the place is `stop` itself, and rounding may put it a hair beyond.
    return stop if excess(stop) >= 0 else float(brentq(excess, 0, stop, xtol=1e-15))


def _accepts_all(count: int, n: int) -> AcceptanceError:
    return AcceptanceError(
        words("With Ac = {count} a sample of {n} accepts everything; expected an Ac below the sample size"),
        count=count,
        n=n,
    )
