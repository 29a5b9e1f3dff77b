"""The exact best allocation in whole numbers when one figure is estimated, by priority values.

The next unit goes where it lowers the variance most: to the stratum with the largest w/√(n(n+1)), n units being
there already. Because what is gained falls with every unit, no other allocation of as many units is better
(Wright 2012, 2017; it is the method of equal proportions by which seats of a parliament are given to states).

>>> in_numbers(np.array([18000.0, 18000.0, 32000.0, 45000.0, 30000.0]), np.zeros(5),
...     np.array([20.0, 150.0, 800.0, 3000.0, 6000.0]), 200).tolist()
[20, 26, 46, 65, 43]
"""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from itertools import islice
from math import inf, sqrt

import numpy as np

from zhicheng.core.allocation.strata import TOLERANCE, Counts, Reals, loss


def in_numbers(weights: Reals, least: Reals, most: Reals, total: int) -> Counts:
    """The whole numbers n with Σ w²/n smallest among those with Σ n = `total` and least ≤ n ≤ most.

    Of equal priorities the first stratum's comes first. Σ least ≤ total ≤ Σ most is taken for granted.
    """
    numbers = least.astype(np.int64)
    for stratum in islice(turns(weights, least, most), total - int(numbers.sum())):
        numbers[stratum] += 1
    return numbers


def until_loss(weights: Reals, least: Reals, most: Reals, limit: float) -> Counts:
    """The fewest units with Σ w²/n ≤ `limit`, given in the order of priority; `most` if even that loses more."""
    numbers = least.astype(np.int64)
    lost, enough = loss(weights, least), limit * (1 + TOLERANCE)
    for stratum in turns(weights, least, most):
        if lost <= enough * (1 + TOLERANCE) and loss(weights, numbers.astype(float)) <= enough:
            break
        before = numbers[stratum]
        numbers[stratum] += 1
        # Kept up to date and computed anew only when it seems enough, so that thousands of units stay fast.
        gained = weights[stratum] ** 2 / (before * (before + 1)) if before else inf
        lost = loss(weights, numbers.astype(float)) if gained == inf else lost - gained
    return numbers


def turns(weights: Reals, least: Reals, most: Reals) -> Iterator[int]:
    """Which stratum gets the next unit, and the next, from `least` until all have `most`.

    >>> list(turns(np.array([3.0, 1.0]), np.array([1.0, 1.0]), np.array([3.0, 2.0])))
    [0, 0, 1]
    """
    waiting = [
        (-_priority(weight, number), stratum, number)
        for stratum, (weight, number) in enumerate(zip(weights.tolist(), map(int, least), strict=True))
        if number < most[stratum]
    ]
    heapify(waiting)
    while waiting:
        _, stratum, number = heappop(waiting)
        yield stratum
        if number + 1 < most[stratum]:
            heappush(waiting, (-_priority(float(weights[stratum]), number + 1), stratum, number + 1))


def _priority(weight: float, number: int) -> float:
    """What the next unit is worth to a stratum that has `number` of them."""
    if number == 0:
        return inf if weight > 0 else 0.0
    return weight / sqrt(number * (number + 1))
