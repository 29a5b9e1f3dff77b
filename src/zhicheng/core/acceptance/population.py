"""What a sample is drawn from, and so the distribution of what it shows.

A `Lot` is a number of units of which some are nonconforming: hypergeometric. A `Process` makes units that are
nonconforming with a fixed probability: binomial. `PerHundredUnits` counts nonconformities, of which a unit may
have several: Poisson. The standard tabulates the latter two, for lots from a process (type B); for one lot, alone
and finite, the first is exact (type A). Binomial and Poisson are SciPy's, `core.hypergeometric` is the house's.

>>> offered = [(Lot(1000), 10), (Process(), 0.01), (PerHundredUnits(), 1)]
>>> [round(population.at_most(2, 80, quality), 4) for population, quality in offered]
[0.9608, 0.9534, 0.9526]
"""

from dataclasses import dataclass, replace
from typing import Protocol, Self

from scipy.optimize import brentq
from scipy.special import betaincc, betainccinv, gammaincc, gammainccinv
from scipy.stats import binom, poisson

from zhicheng.core import hypergeometric
from zhicheng.core.acceptance.quantities import AcceptanceError, between, inside, set_whole, whole
from zhicheng.core.thresholds import first_of, within
from zhicheng.core.words import words

SMALLEST_FRACTION = 1e-300


class Population(Protocol):
    """What a sample is drawn from. Its `quality` says how bad it is, in the unit of the population."""

    @property
    def lot_size(self) -> int | None:
        """Units in each lot; None if they are many more than are ever drawn."""
        ...

    def drawn(self, n: int) -> int:
        """How many units a sample of `n` is: of a lot that is no larger the whole, which is 100 % inspection
        (§10.3). Raises AcceptanceError."""
        ...

    def at_most(self, count: int, n: int, quality: float) -> float:
        """The probability of `count` or fewer, 0 or more, in a sample of `n`. Raises AcceptanceError."""
        ...

    def exactly(self, count: int, n: int, quality: float) -> float:
        """The probability of exactly `count` in a sample of `n`. Raises AcceptanceError."""
        ...

    def rest(self, n: int, count: int, quality: float) -> tuple["Population", float]:
        """What remains, and its quality, after `n` units were taken that showed `count`. Raises AcceptanceError if
        nothing does."""
        ...

    def share(self, quality: float) -> float:
        """`quality` in the unit of outgoing quality: a fraction, or nonconformities per 100 units. Raises
        AcceptanceError."""
        ...

    def quality_at(self, probability: float, count: int, n: int) -> float:
        """The quality at which `at_most` has fallen to `probability`. Raises AcceptanceError."""
        ...

    def worst_passed(self, count: int, n: int) -> float:
        """The quality of which most is passed: where quality times `at_most(count, n, quality)` is largest.

        Of all three distributions it is where P(X ≤ c) = (c + 1) P(X = c + 1), since the derivative of the former
        by the quality q is −(c + 1)/q times the latter; and there is one such place, as the ratio of the two falls
        in q. `n` is less than the lot, of which nothing is passed otherwise.
        """
        ...


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot of `lot_size` units, 1 or more. Its quality is the number of nonconforming units, from 0 to all."""

    lot_size: int

    def __post_init__(self) -> None:
        set_whole(self, "lot_size", 1)

    def drawn(self, n: int) -> int:
        """`n`, and the whole lot at most."""
        return min(whole("n", n, 1), self.lot_size)

    def at_most(self, count: int, n: int, quality: float) -> float:
        """Hypergeometric: `n` units without replacement."""
        return hypergeometric.at_most(count, size=self.lot_size, faulty=self._faulty(quality), n=self.drawn(n))

    def exactly(self, count: int, n: int, quality: float) -> float:
        """Hypergeometric: `n` units without replacement."""
        return hypergeometric.exactly(count, size=self.lot_size, faulty=self._faulty(quality), n=self.drawn(n))

    def rest(self, n: int, count: int, quality: float) -> tuple["Lot", float]:
        """The lot without the units that were drawn."""
        return Lot(self.lot_size - n), quality - count

    def share(self, quality: float) -> float:
        """The fraction of units that are nonconforming."""
        return self._faulty(quality) / self.lot_size

    def quality_at(self, probability: float, count: int, n: int) -> float:
        """The fewest nonconforming units with which it is that or less, as a lot has whole units only."""
        inside("acceptance", probability, 0, 1)
        if count >= self.drawn(n):
            raise _accepts_all(count, self.drawn(n))
        return first_of(
            lambda faulty: within(self.at_most(count, n, faulty), probability), count + 1, self.lot_size
        )

    def worst_passed(self, count: int, n: int) -> float:
        """One more nonconforming unit no longer adds to what is passed."""
        others = Lot(self.lot_size - 1)
        return first_of(
            lambda faulty: others.at_most(count, n, faulty) <= (count + 1) * others.exactly(count + 1, n, faulty),
            1,
            self.lot_size,
        )

    def _faulty(self, quality: float) -> int:
        return whole("quality", quality, 0, self.lot_size)


@dataclass(frozen=True, slots=True)
class _Endless:
    """What is made without end, perhaps in lots of `lot_size`: taking some of it away changes nothing."""

    lot_size: int | None = None

    def __post_init__(self) -> None:
        if self.lot_size is not None:
            set_whole(self, "lot_size", 1)

    def drawn(self, n: int) -> int:
        """`n`, and the whole lot at most, if there are lots."""
        sample = whole("n", n, 1)
        return sample if self.lot_size is None else min(sample, self.lot_size)

    def rest(self, n: int, count: int, quality: float) -> tuple[Self, float]:
        """So many units less, if there are lots, and the same quality: it does not depend on what was drawn."""
        return (self if self.lot_size is None else replace(self, lot_size=self.lot_size - n)), quality


@dataclass(frozen=True, slots=True)
class Process(_Endless):
    """Units of a process, in lots of `lot_size` or without end. Its quality is the fraction nonconforming, 0 to
    1."""

    def at_most(self, count: int, n: int, quality: float) -> float:
        """Binomial, by the incomplete beta function."""
        sample, fraction = self.drawn(n), between("quality", quality, 0, 1)
        return 1.0 if count >= sample else float(betaincc(count + 1, sample - count, fraction))

    def exactly(self, count: int, n: int, quality: float) -> float:
        """Binomial."""
        fraction = between("quality", quality, 0, 1)
        # SciPy's binomial overflows near the smallest floats; such a fraction is none.
        return float(binom.pmf(count, self.drawn(n), fraction if fraction > SMALLEST_FRACTION else 0.0))

    def share(self, quality: float) -> float:
        """The fraction itself."""
        return between("quality", quality, 0, 1)

    def quality_at(self, probability: float, count: int, n: int) -> float:
        """By the inverse of the incomplete beta function (Clopper and Pearson 1934)."""
        inside("acceptance", probability, 0, 1)
        sample = self.drawn(n)
        if count >= sample:
            raise _accepts_all(count, sample)
        return float(betainccinv(count + 1, sample - count, probability))

    def worst_passed(self, count: int, n: int) -> float:
        """By bisection; at (c + 1)/(n + 1) it is passed, as c + 1 is then as probable as any number."""
        if count >= n:
            return 1
        return _where_falling(self, count, n, (count + 1) / (n + 1))


@dataclass(frozen=True, slots=True)
class PerHundredUnits(_Endless):
    """Nonconformities on units of a process, perhaps several on one. Its quality is their number per 100 units."""

    def at_most(self, count: int, n: int, quality: float) -> float:
        """Poisson, of mean n × quality / 100, by the incomplete gamma function."""
        return float(gammaincc(count + 1, self._mean(n, quality)))

    def exactly(self, count: int, n: int, quality: float) -> float:
        """Poisson, of mean n × quality / 100."""
        return float(poisson.pmf(count, self._mean(n, quality)))

    def share(self, quality: float) -> float:
        """The number per 100 units itself."""
        return between("quality", quality, 0)

    def quality_at(self, probability: float, count: int, n: int) -> float:
        """By the inverse of the incomplete gamma function."""
        inside("acceptance", probability, 0, 1)
        return 100 / self.drawn(n) * float(gammainccinv(count + 1, probability))

    def worst_passed(self, count: int, n: int) -> float:
        """By bisection; at a mean of c + 1 it is passed, as c + 1 is then as probable as any number."""
        return _where_falling(self, count, n, 100 * (count + 1) / n)

    def _mean(self, n: int, quality: float) -> float:
        return self.drawn(n) * between("quality", quality, 0) / 100


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
