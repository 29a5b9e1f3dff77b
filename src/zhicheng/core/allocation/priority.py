"""The exact best allocation in whole numbers when one figure is estimated, by priority values.

The next unit goes where it lowers the variance most: to the stratum with the largest w/√(n(n+1)), n units being
there already. Because what is gained falls with every unit, no other allocation of as many units is better
(Wright 2012, 2017; it is the method of equal proportions by which seats of a parliament are given to states).
Units whose turn comes in any case are given at once, so that millions take no longer than dozens.

>>> in_numbers(np.array([18000.0, 18000.0, 32000.0, 45000.0, 30000.0]), np.zeros(5),
...     np.array([20.0, 150.0, 800.0, 3000.0, 6000.0]), 200).tolist()
[20, 26, 46, 65, 43]
"""

from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush
from itertools import islice
from math import inf, sqrt

import numpy as np

from zhicheng.core.allocation.strata import Counts, Reals

CLEARLY = 1e-12
"""By which share priorities have to differ for their order to be beyond doubt."""


def in_numbers(weights: Reals, least: Reals, most: Reals, total: int) -> Counts:
    """The whole numbers n with Σ w²/n smallest among those with Σ n = `total` and least ≤ n ≤ most.

    Of equal priorities the first stratum's comes first. What is left when all strata with weight are full goes to
    the others, by the room that they have. Σ least ≤ total ≤ Σ most is taken for granted.
    """
    numbers = _in_any_case(weights, least, most, lambda given: bool(given.sum() <= total))
    for stratum in islice(turns(weights, numbers, most), total - int(numbers.sum())):
        numbers[stratum] += 1
    left = total - int(numbers.sum())
    if left:
        room = most - numbers
        numbers += in_numbers(room, np.zeros_like(room), room, left)
    return numbers


def until(weights: Reals, least: Reals, most: Reals, enough: Callable[[Counts], bool]) -> Counts:
    """The fewest units that are `enough`, given in the order of priority; `most` if nothing is.

    Whether numbers are enough must hang on Σ w²/n alone: what is enough stays so with every unit.
    """
    numbers = _in_any_case(weights, least, most, lambda given: not enough(given))
    for stratum in turns(weights, numbers, most):
        if enough(numbers):
            break
        numbers[stratum] += 1
    return numbers


def turns(weights: Reals, least: Counts | Reals, most: Reals) -> Iterator[int]:
    """Which stratum with weight gets the next unit, and the next, from `least` until all have `most`.

    >>> list(turns(np.array([3.0, 1.0]), np.array([1.0, 1.0]), np.array([3.0, 2.0])))
    [0, 0, 1]
    """
    waiting = [
        (-_priority(weight, number), stratum, number)
        for stratum, (weight, number) in enumerate(zip(weights.tolist(), map(int, least), strict=True))
        if weight > 0 and number < most[stratum]
    ]
    heapify(waiting)
    while waiting:
        _, stratum, number = heappop(waiting)
        yield stratum
        if number + 1 < most[stratum]:
            heappush(waiting, (-_priority(float(weights[stratum]), number + 1), stratum, number + 1))


def _priority(weight: float, number: int) -> float:
    """What the next unit is worth to a stratum with weight that has `number` of them."""
    return weight / sqrt(number * (number + 1)) if number else inf


def _in_any_case(weights: Reals, least: Reals, most: Reals, too_few: Callable[[Counts], bool]) -> Counts:
    """Numbers of which every unit comes before every unit that is not among them, and that are still `too_few`.

    All units with a priority above 1/level are given; the level is found by halving. `least` if even the first
    unit of every stratum may not be due.
    """
    weighty = weights > 0

    def above(level: float) -> Counts:
        """w/√(n(n−1)) > 1/level, solved for the last such n."""
        with np.errstate(over="ignore"):
            last = np.floor(0.5 + np.sqrt(0.25 + (weights * level * (1 - CLEARLY)) ** 2))
        return np.clip(np.where(weighty, last, 0.0), least, most).astype(np.int64)

    low, high = 0.0, float(np.max(most[weighty] / weights[weighty], initial=0.0))
    if not too_few(above(low)):
        return least.astype(np.int64)
    while low < (middle := low + (high - low) / 2) < high and np.any(above(low) != above(high)):
        low, high = (middle, high) if too_few(above(middle)) else (low, middle)
    return above(low)
