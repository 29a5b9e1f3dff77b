"""From real to whole numbers without breaking a demand: rounded up, judged again, mended, freed of what is spare.

A demand is a row w² ≥ 0, shape (strata,), and its limit: Σ w²/n may be at most that. Demands come as an array
of shape (demands, strata), limits as one of shape (demands,).

>>> strata = Strata.of([100, 100], least=1)
>>> demands, limits = np.array([[40.0, 0.0], [10.0, 10.0]]), np.array([4.0, 2.0])
>>> numbers = rounded_up(strata, demands, limits, np.array([10.0, 9.99]))
>>> numbers.tolist(), exceeding(demands, limits, numbers).tolist()
([10, 10], [False, False])
"""

import numpy as np

from zhicheng.core.allocation.strata import TOLERANCE, AllocationError, Counts, Mask, Reals, Strata
from zhicheng.core.words import words

SOLVED_TO = 1e-8
"""By which share a solver's number may lie above the whole number that it means."""


def rounded_up(strata: Strata, demands: Reals, limits: Reals, ideal: Reals) -> Counts:
    """The next whole numbers above `ideal`, and one more here and there if a demand is still not met.

    Rounding up keeps every demand that the ideal meets; a solver meets them up to its precision.
    Raises AllocationError if a demand is not met and no stratum has room.
    """
    return _mended(strata, demands, limits, _within(strata, np.ceil(ideal * (1 - SOLVED_TO))))


def thrifty(strata: Strata, demands: Reals, limits: Reals, ideal: Reals) -> Counts:
    """Whole numbers near `ideal` of which no single unit can be spared: seldom exactly the cheapest, but near.

    The cheaper of two: rounded up and freed of units that are not needed, the dearest first; or rounded down,
    units added until every demand is met, and freed likewise. Raises AllocationError as `rounded_up` does.
    """
    below = _mended(strata, demands, limits, _within(strata, np.floor(ideal)))
    both = [
        _trimmed(strata, demands, limits, each) for each in (rounded_up(strata, demands, limits, ideal), below)
    ]
    return min(both, key=lambda numbers: float(strata.costs @ numbers))


def exceeding(demands: Reals, limits: Reals, numbers: Counts | Reals) -> Mask:
    """Which demands these numbers do not meet, shape (demands,)."""
    return np.asarray(losses(demands, numbers) > limits * (1 + TOLERANCE))


def losses(demands: Reals, numbers: Counts | Reals) -> Reals:
    """Σ w²/n of every demand, shape (demands,); infinite where a stratum that matters is not drawn from."""
    lost = np.zeros_like(demands)
    with np.errstate(divide="ignore"):
        np.divide(demands, numbers, out=lost, where=demands > 0)
    return np.asarray(lost.sum(axis=1))


def _within(strata: Strata, numbers: Reals) -> Counts:
    return np.clip(numbers, strata.least, strata.most).astype(np.int64)


def _mended(strata: Strata, demands: Reals, limits: Reals, numbers: Counts) -> Counts:
    """`numbers` with units added, each where it helps the demand that is missed most, for its cost."""
    numbers = numbers.copy()
    while exceeding(demands, limits, numbers).any():
        worst = int(np.argmax(losses(demands, numbers) / limits))
        with np.errstate(divide="ignore", invalid="ignore"):
            gains = np.where(demands[worst] > 0, demands[worst] / (numbers * (numbers + 1.0)) / strata.costs, 0.0)
        gains[numbers >= strata.most] = 0.0
        best = int(np.argmax(gains))
        if gains[best] == 0:
            message = words("Demand {number} of the sample cannot be met in whole numbers: every stratum is full")
            raise AllocationError(message, number=worst + 1)
        numbers[best] += 1
    return numbers


def _trimmed(strata: Strata, demands: Reals, limits: Reals, numbers: Counts) -> Counts:
    numbers = numbers.copy()
    for stratum in np.argsort(-strata.costs, kind="stable"):
        while numbers[stratum] > strata.least[stratum]:
            numbers[stratum] -= 1
            if exceeding(demands, limits, numbers).any():
                numbers[stratum] += 1
                break
    return numbers
