"""A given number of units divided among strata: proportional, Neyman's and power allocation.

All three divide by weights, in real numbers by the square-root rule and in whole numbers by priority values, so
that minima, maxima and strata taken whole are kept by each, and the whole numbers are the best there are.

>>> cities = Strata.of([16, 48])
>>> proportional(cities, 24).numbers.tolist(), neyman(cities, [53843**0.5, 5581**0.5], 24).numbers.tolist()
([6, 18], [12, 12])
"""

import numpy as np
from numpy.typing import ArrayLike

from zhicheng.core.allocation.ideal import ideal_for_budget
from zhicheng.core.allocation.priority import in_numbers
from zhicheng.core.allocation.strata import (
    Allocation,
    AllocationError,
    Counts,
    Reals,
    Strata,
    loss,
    loss_weights,
    per_stratum,
    total_variance,
    whole_total,
)
from zhicheng.core.words import words


def proportional(strata: Strata, total: float) -> Allocation:
    """`total` units in proportion to the sizes of the strata (按比例分配), whatever their spread and cost.

    It is Neyman's allocation where all strata are thought to spread alike, and its `bound` that variance for a
    standard deviation of 1. Raises AllocationError if the minima need more than `total`, or the maxima allow
    less.
    """
    return neyman(strata, 1.0, total)


def neyman(strata: Strata, spreads: ArrayLike, total: float) -> Allocation:
    """`total` units so that the variance of the estimated total of one figure is smallest (Neyman 1934).

    `spreads`: the figure's standard deviation in each stratum (0 or more), shape (strata,). Costs are not
    looked at; see `by_cost`. `bound` is the variance of the best allocation in real numbers. Raises
    AllocationError.
    """
    numbers, ideal = _divided(strata, loss_weights(strata, spreads), total)
    return Allocation(strata, numbers, ideal, total_variance(strata, spreads, ideal))


def power(
    strata: Strata, importance: ArrayLike, variations: ArrayLike, total: float, *, exponent: float = 0.5
) -> Allocation:
    """`total` units so that small strata are estimated well too, in the measure of `exponent` (Bankier 1988).

    n ∝ Xᵃ CV with the importance X of a stratum (its total, say; above 0), the coefficient of variation CV of
    the figure in it (0 or more) and the exponent a from 0, where all strata count alike, to 1, where they count
    by their importance; strata of one CV are then, at 0, estimated equally well. `bound` is Σ (Xᵃ CV)²/n of the
    best allocation in real numbers. Raises AllocationError.

    >>> towns = Strata.of([1000, 1000], least=0)
    >>> [power(towns, [900, 100], 1.0, 100, exponent=a).numbers.tolist() for a in (0, 0.5, 1)]
    [[50, 50], [75, 25], [90, 10]]
    """
    if not 0 <= exponent <= 1:
        raise AllocationError(words("The exponent is {exponent:g}; expected is 0 to 1"), exponent=exponent)
    valued = per_stratum(words("importance"), importance, strata.names, or_equal=False)
    varied = per_stratum(words("coefficient of variation"), variations, strata.names)
    weights = valued**exponent * varied
    numbers, ideal = _divided(strata, weights, total)
    return Allocation(strata, numbers, ideal, loss(weights, ideal))


def _divided(strata: Strata, weights: Reals, total: float) -> tuple[Counts, Reals]:
    """The best whole numbers, and the best real ones."""
    total = whole_total(strata, total)
    ideal = ideal_for_budget(weights, np.ones(len(strata)), strata.least, strata.most, float(total))
    return in_numbers(weights, strata.least, strata.most, total), ideal
