"""What a budget buys, and what a precision costs, when units of different strata cost differently to draw.

>>> strata = Strata.of([400, 300, 200], costs=[4, 9, 16])
>>> cheapest(strata, [4, 10, 20], 90_000).cost, most_precise(strata, [4, 10, 20], 3854).numbers.tolist()
(3856.0, [111, 137, 136])
"""

import numpy as np
from numpy.typing import ArrayLike

from zhicheng.core.allocation.ideal import ideal_for_budget, ideal_for_loss
from zhicheng.core.allocation.priority import in_numbers, until_loss
from zhicheng.core.allocation.rounding import thrifty
from zhicheng.core.allocation.strata import (
    Allocation,
    AllocationError,
    Counts,
    Reals,
    Strata,
    loss_weights,
    total_variance,
)
from zhicheng.core.words import words


def most_precise(strata: Strata, spreads: ArrayLike, budget: float) -> Allocation:
    """The smallest variance of an estimated total that `budget` buys: n ∝ N S/√c (Cochran 1977, 5.5).

    `spreads`: the figure's standard deviation in each stratum. Equal costs: the whole numbers are the best
    there are. Otherwise the ideal is rounded down, and units are added where one unit of money gains most, as
    long as one can be paid: seldom exactly the best, and `bound`, the variance of the ideal, shows how near.
    Raises AllocationError.
    """
    least, most = float(strata.costs @ strata.least), float(strata.costs @ strata.most)
    if budget < least:
        message = words("The budget is {budget:g}; the minima of the strata alone cost {least:g}")
        raise AllocationError(message, budget=budget, least=least)
    weights = loss_weights(strata, spreads)
    ideal = ideal_for_budget(weights, strata.costs, strata.least, strata.most, min(budget, most))
    if np.ptp(strata.costs) == 0:
        affordable = min(int(budget / strata.costs[0] * (1 + 1e-12)), int(strata.most.sum()))
        numbers = in_numbers(weights, strata.least, strata.most, affordable)
    else:
        numbers = _filled(strata, weights, np.maximum(strata.least, np.floor(ideal)).astype(np.int64), budget)
    return Allocation(strata, numbers, ideal, total_variance(strata, spreads, ideal))


def cheapest(strata: Strata, spreads: ArrayLike, variance: float) -> Allocation:
    """The lowest cost at which the variance of an estimated total is at most `variance` (above 0).

    Equal costs: the whole numbers are the fewest units there are (Wright 2017). Otherwise they are near it,
    and `bound`, the cost of the ideal, shows how near. For several figures at once, see `bethel`.
    Raises AllocationError if even all units that may be drawn leave more variance.
    """
    weights = loss_weights(strata, spreads)
    limit = variance + float(np.sum(weights**2 / strata.sizes))
    reached = total_variance(strata, spreads, strata.most)
    if not variance > 0 or reached > variance * (1 + 1e-9):
        message = words(
            "A variance of {variance:g} cannot be reached: all units that may be drawn leave {reached:g}"
        )
        raise AllocationError(message, variance=variance, reached=max(reached, 0.0))
    ideal = ideal_for_loss(weights, strata.costs, strata.least, strata.most, limit)
    if np.ptp(strata.costs) == 0:
        numbers = until_loss(weights, strata.least, strata.most, limit)
    else:
        demands, limits = weights[np.newaxis] ** 2, np.array([limit])
        numbers = thrifty(strata, demands, limits, ideal)
    return Allocation(strata, numbers, ideal, float(strata.costs @ ideal))


def _filled(strata: Strata, weights: Reals, numbers: Counts, budget: float) -> Counts:
    """`numbers` with units added one by one where each gains most for its price, while any can be paid."""
    left = budget * (1 + 1e-12) - float(strata.costs @ numbers)
    while True:
        payable = (strata.costs <= left) & (numbers < strata.most)
        if not payable.any():
            return numbers
        with np.errstate(divide="ignore", invalid="ignore"):
            gains = np.where(weights > 0, weights**2 / (numbers * (numbers + 1.0)) / strata.costs, 0.0)
        best = int(np.argmax(np.where(payable, gains, -1.0)))
        if gains[best] == 0:
            return numbers
        numbers[best] += 1
        left -= float(strata.costs[best])
