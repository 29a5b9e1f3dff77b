"""From real to whole numbers without breaking a demand: rounded up, judged again, mended, freed of what is spare.

>>> strata = Strata.of([100, 100], least=1)
>>> demands = Demands(np.array([[40.0, 0.0], [10.0, 10.0]]), strata.sizes, np.array([3.6, 1.8]))
>>> numbers = rounded_up(strata, demands, np.array([10.0, 9.99]))
>>> numbers.tolist(), demands.exceeded_by(numbers).tolist()
([10, 10], [False, False])
"""

from dataclasses import dataclass

import numpy as np

from zhicheng.core.allocation.strata import TOLERANCE, AllocationError, Counts, Mask, Reals, Strata, variances
from zhicheng.core.words import words

SOLVED_TO = 1e-8
"""By which share a solver's number may lie above the whole number that it means."""
BARELY = 1e-9
"""A stratum of which all but this share is needed is taken as given: it is no choice."""
AT_ONCE = 8
"""Units are added an eighth at a time where thousands are missing, and one by one where few are."""


@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """Σ w² (1/n − 1/N) may be at most a limit, several times over.

    `squares`, w² ≥ 0, has shape (demands, strata), `sizes` (strata,), and `limits`, each above 0, (demands,).
    """

    squares: Reals
    sizes: Reals
    limits: Reals

    def variances(self, numbers: Counts | Reals) -> Reals:
        """What these numbers leave, shape (demands,); infinite where a stratum that matters is not drawn from."""
        return variances(self.squares, self.sizes, numbers)

    def exceeded_by(self, numbers: Counts | Reals) -> Mask:
        """Which demands these numbers do not meet, shape (demands,)."""
        return np.asarray(self.variances(numbers) > self.limits * (1 + TOLERANCE))

    def unavoidable(self, strata: Strata) -> tuple[Reals, Mask]:
        """What each stratum needs even if everything is drawn in all others, and where that is all but nothing.

        No smaller numbers meet every demand. Sums over the other strata alone keep digits that a stratum of which
        everything is needed would swallow.
        """
        spare = np.maximum(self.limits - self.variances(strata.most), 0.0)[:, np.newaxis]
        with np.errstate(divide="ignore", invalid="ignore"):
            needed = np.where(self.squares > 0, 1 / (1 / strata.most + spare / self.squares), 0.0)
        within = np.asarray(np.clip(needed.max(axis=0), strata.least, strata.most))
        return within, within >= strata.most * (1 - BARELY)


def rounded_up(strata: Strata, demands: Demands, ideal: Reals) -> Counts:
    """The next whole numbers above `ideal`, and one more here and there if a demand is still not met.

    Rounding up keeps every demand that the ideal meets; a solver meets them up to its precision.
    Raises AllocationError if a demand is not met and no stratum has room.
    """
    return _mended(strata, demands, _within(strata, np.ceil(ideal * (1 - SOLVED_TO))))


def thrifty(strata: Strata, demands: Demands, ideal: Reals) -> Counts:
    """Whole numbers near `ideal` of which no single unit can be spared: seldom exactly the cheapest, but near.

    The cheaper of two: rounded up and freed of units that are not needed, the dearest first; or rounded down,
    units added until every demand is met, and freed likewise. Raises AllocationError as `rounded_up` does.
    """
    below = _mended(strata, demands, _within(strata, np.floor(ideal)))
    both = [_trimmed(strata, demands, each) for each in (rounded_up(strata, demands, ideal), below)]
    return min(both, key=lambda numbers: float(strata.costs @ numbers))


def _within(strata: Strata, numbers: Reals) -> Counts:
    return np.clip(numbers, strata.least, strata.most).astype(np.int64)


def _mended(strata: Strata, demands: Demands, numbers: Counts) -> Counts:
    """`numbers` with units added, each where it helps the demand that is missed most, for its cost."""
    numbers = numbers.copy()
    while demands.exceeded_by(numbers).any():
        worst = int(np.argmax(demands.variances(numbers) / demands.limits))
        squares = demands.squares[worst]
        with np.errstate(divide="ignore", invalid="ignore"):
            gains = np.where(squares > 0, squares / (numbers * (numbers + 1.0)) / strata.costs, 0.0)
        gains[numbers >= strata.most] = 0.0
        best = int(np.argmax(gains))
        if gains[best] == 0:
            message = words("Demand {number} of the sample cannot be met in whole numbers: every stratum is full")
            raise AllocationError(message, number=worst + 1)
        number = float(numbers[best])
        asked = _fewest(demands, worst, best, numbers) if number else 1.0
        numbers[best] = min(asked, number + max(1, number // AT_ONCE), strata.most[best])
    return numbers


def _fewest(demands: Demands, demand: int, stratum: int, numbers: Counts) -> float:
    """How many units of the stratum meet a demand that is missed, and be it more than there are: one or more."""
    number = float(numbers[stratum])
    over = float(demands.variances(numbers)[demand] - demands.limits[demand])
    rest = demands.squares[demand, stratum] / number - over
    return max(number + 1, np.ceil(demands.squares[demand, stratum] / rest)) if rest > 0 else np.inf


def _trimmed(strata: Strata, demands: Demands, numbers: Counts) -> Counts:
    """`numbers` with as few units in each stratum, the dearest first, as the others allow."""
    numbers = numbers.copy()
    for stratum in np.argsort(-strata.costs, kind="stable"):
        before, least = int(numbers[stratum]), int(strata.least[stratum])
        if before == least:
            continue
        numbers[stratum] = np.clip(np.floor(_needed(demands, stratum, numbers)), least, before)
        while demands.exceeded_by(numbers).any():
            numbers[stratum] += 1
    return numbers


def _needed(demands: Demands, stratum: int, numbers: Counts) -> float:
    """The number of units in the stratum, hardly below and never above what all demands need beside the others."""
    squares = demands.squares[:, stratum]
    spare = demands.limits * (1 + TOLERANCE) - demands.variances(numbers)
    asking = squares > 0
    with np.errstate(divide="ignore"):
        needed = 1 / (1 / float(numbers[stratum]) + np.maximum(spare[asking], 0) / squares[asking])
    return float(np.max(needed, initial=0.0)) * (1 - SOLVED_TO)
