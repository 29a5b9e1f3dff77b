"""Where the next batches are drawn, given how many failed before: to find failures, and to know the rate of all.

Every stratum first gets its minimum. A part of what is left serves knowledge: it goes where it lowers the
variance of the city's failure rate most, by Neyman's rule with the spread that past batches lead one to expect
(Ericson 1965). The rest serves detection, batch by batch: each goes to the stratum whose failure rate could
plausibly be highest, measured by the upper end of what its past leaves open, so that little-tested strata get
their chance (Bayes-UCB: Kaufmann, Cappé and Garivier 2012). As all results of a round come in together, a
stratum that has been given a batch counts as known a little better, with its rate unchanged (Desautels, Krause
and Burdick 2014); tests at Greek borders were allotted by the same ideas (Bastani and others 2021). There is
no chance in it: the same past gives the same plan.

>>> strata = Strata.of([500, 300, 200, 20], names=["rice", "toys", "pots", "cranes"])
>>> plan = where_next(strata, failed=[1, 6, 2, 0], tested=[60, 50, 40, 1], budget=60)
>>> plan.numbers.tolist(), plan.for_minimum.tolist(), plan.for_knowing.tolist(), plan.for_finding.tolist()
([8, 27, 5, 20], [2, 2, 2, 2], [6, 7, 3, 0], [0, 18, 0, 18])
"""

from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from zhicheng.core.allocation.priority import in_numbers
from zhicheng.core.allocation.rates import FailureRates, failure_rates
from zhicheng.core.allocation.strata import AllocationError, Counts, Reals, Strata, whole_total
from zhicheng.core.given import between
from zhicheng.core.words import words

KNOWING = 0.3
"""The part of the batches beyond the minima that serves the city's rate, unless told otherwise."""
CREDENCE = 0.9
"""A rate counts as plausible if it is exceeded with a probability of 1 − this, unless told otherwise."""


@dataclass(frozen=True, slots=True, eq=False)
class NextBatches:
    """How many batches to draw in each stratum, and why. Arrays have shape (strata,).

    `numbers` is the sum of `for_minimum`, `for_knowing` and `for_finding`; `rates` is what past batches say;
    `plausible` are the upper ends of the rates before the round, by which the batches for finding begin to be
    given.
    """

    strata: Strata
    rates: FailureRates
    plausible: Reals
    for_minimum: Counts
    for_knowing: Counts
    for_finding: Counts

    @property
    def numbers(self) -> Counts:
        """Batches to draw."""
        return self.for_minimum + self.for_knowing + self.for_finding

    @property
    def expected_failures(self) -> float:
        """How many of the batches are expected to fail."""
        return float(self.numbers @ self.rates.means)


def where_next(
    strata: Strata,
    failed: ArrayLike,
    tested: ArrayLike,
    budget: float,
    *,
    knowing: float = KNOWING,
    credence: float = CREDENCE,
) -> NextBatches:
    """`budget` batches divided among strata of which `failed` of `tested` batches failed before, shape (strata,).

    `strata`: sizes are the batches on the market, by which rates of strata make up the city's; costs are not
    looked at. `budget`: a whole number. `knowing`: from 0 (only to find failures) to 1 (only to know the rate).
    `credence`: above 0 and below 1; 0.5 looks at the median rate and explores nothing. Raises Refused, also if the
    minima need more than the budget.
    """
    batches = _checked(strata, budget, knowing, credence)
    rates = failure_rates(failed, tested, names=strata.names)
    least = strata.least.astype(np.int64)
    known = int(least.sum()) + round(knowing * (batches - int(least.sum())))
    informed = in_numbers(strata.sizes * rates.deviations, strata.least, strata.most, known)
    finding = _found(rates, strata.most.astype(np.int64) - informed, informed, batches - known, credence)
    return NextBatches(strata, rates, rates.quantile(credence), least, informed - least, finding)


def _found(rates: FailureRates, room: Counts, given: Counts, budget: int, credence: float) -> Counts:
    """`budget` batches, each to the stratum with the highest plausible rate after all that were given before."""

    def plausible(stratum: int, batches: int) -> float:
        failing, passing = rates.failing[stratum], rates.passing[stratum]
        surer = 1 + batches / (failing + passing)
        return float(betaincinv(failing * surer, passing * surer, credence))

    numbers = np.zeros(room.size, dtype=np.int64)
    waiting = [(-plausible(each, int(given[each])), each) for each in np.flatnonzero(room > 0).tolist()]
    heapify(waiting)
    for _ in range(budget):
        stratum = waiting[0][1]
        numbers[stratum] += 1
        if numbers[stratum] < room[stratum]:
            heapreplace(waiting, (-plausible(stratum, int(given[stratum] + numbers[stratum])), stratum))
        else:
            heappop(waiting)
    return numbers


def _checked(strata: Strata, budget: float, knowing: float, credence: float) -> int:
    if not 0 <= knowing <= 1:
        message = words("The part for knowing the rate is {part:g}; expected is 0 to 1")
        raise AllocationError(message, part=knowing)
    between("credence", credence, 0, 1)
    return whole_total(strata, budget)
