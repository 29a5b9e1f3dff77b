"""What a budget buys, and what a precision costs, when units of different strata cost differently to draw.

>>> strata = Strata.of([400, 300, 200], costs=[4, 9, 16])
>>> cheapest(strata, [4, 10, 20], 90_000).cost, most_precise(strata, [4, 10, 20], 3854).numbers.tolist()
(3854.0, [113, 138, 135])
"""

import numpy as np
from numpy.typing import ArrayLike

from zhicheng.core.allocation.ideal import ideal_for_budget, ideal_for_loss
from zhicheng.core.allocation.priority import in_numbers, until
from zhicheng.core.allocation.rounding import AT_ONCE, Demands, thrifty
from zhicheng.core.allocation.strata import (
    TOLERANCE,
    Allocation,
    AllocationError,
    Counts,
    Reals,
    Strata,
    loss,
    loss_weights,
    total_variance,
    variances,
)
from zhicheng.core.words import words

ROUNDING = 1e-12
"""The share of a budget that sums of costs may be off by, as 5 × 0.3 is not what 5 × 0.1 × 3 is."""


def most_precise(strata: Strata, spreads: ArrayLike, budget: float) -> Allocation:
    """The smallest variance of an estimated total that `budget` buys: n ∝ N S/√c (Cochran 1977, 5.5).

    `spreads`: the figure's standard deviation in each stratum. Equal costs: the whole numbers are the best
    there are. Otherwise the ideal is rounded down, though not to nothing if one unit of each stratum with spread
    can be paid; units are added where one unit of money gains most, as long as one can be paid, and single units
    exchanged for others: often the best and not always; `bound`, the variance of the ideal, shows how near.
    Raises AllocationError.
    """
    least, most = float(strata.costs @ strata.least), float(strata.costs @ strata.most)
    if not budget >= least * (1 - ROUNDING):
        message = words("The budget is {budget:g}; the minima of the strata alone cost {least:g}")
        raise AllocationError(message, budget=budget, least=least)
    weights = loss_weights(strata, spreads)
    ideal = ideal_for_budget(weights, strata.costs, strata.least, strata.most, min(max(budget, least), most))
    if np.ptp(strata.costs) == 0:
        affordable = int(min(budget / strata.costs[0] * (1 + ROUNDING), strata.most.sum()))
        numbers = in_numbers(weights, strata.least, strata.most, affordable)
    else:
        below = _below(strata, weights, ideal, budget)
        numbers = _exchanged(strata, weights, _filled(strata, weights, below, strata.most, budget), budget)
    return Allocation(strata, numbers, ideal, total_variance(strata, spreads, ideal))


def cheapest(strata: Strata, spreads: ArrayLike, variance: float) -> Allocation:
    """The lowest cost at which the variance of an estimated total is at most `variance` (above 0).

    Equal costs: the whole numbers are the fewest units there are (Wright 2017). Otherwise they are near it,
    and `bound`, the cost of the ideal, shows how near. For several figures at once, see `bethel`.
    Raises AllocationError if even all units that may be drawn leave more variance.
    """
    if not variance > 0:
        raise AllocationError(words("A variance of {variance:g}; expected is more than 0"), variance=variance)
    weights = loss_weights(strata, spreads)
    demands = Demands(weights[np.newaxis] ** 2, strata.sizes, np.array([variance]))
    if demands.exceeded_by(strata.most).any():
        reached = float(demands.variances(strata.most)[0])
        message = words(
            "A variance of {variance:g} cannot be reached: all units that may be drawn leave {reached:g}"
        )
        raise AllocationError(message, variance=variance, reached=reached)
    ideal = _ideal(strata, demands, weights)
    if np.ptp(strata.costs) == 0:
        numbers = until(weights, strata.least, strata.most, lambda given: not demands.exceeded_by(given).any())
    else:
        numbers = thrifty(strata, demands, ideal)
    return Allocation(strata, numbers, ideal, float(strata.costs @ ideal))


def _ideal(strata: Strata, demands: Demands, weights: Reals) -> Reals:
    """The cheapest real numbers that meet the one demand."""
    needed, barely = demands.unavoidable(strata)
    ideal, free = np.where(barely, strata.most, needed), ~barely
    fixed = float(variances(weights[barely] ** 2, strata.sizes[barely], ideal[barely]))
    limit = float(demands.limits[0]) - fixed + float(np.sum(weights[free] ** 2 / strata.sizes[free]))
    ideal[free] = ideal_for_loss(weights[free], strata.costs[free], needed[free], strata.most[free], limit)
    return ideal


def _below(strata: Strata, weights: Reals, ideal: Reals, budget: float) -> Counts:
    """The ideal rounded down, but to nothing in no stratum that matters, if one unit of each can be paid."""
    ones = np.maximum(strata.least, np.where(weights > 0, np.minimum(1.0, strata.most), 0.0))
    if (ideal < ones).any() and float(strata.costs @ ones) <= budget:
        ideal = ideal_for_budget(
            weights, strata.costs, ones, strata.most, min(budget, float(strata.costs @ strata.most))
        )
    return np.maximum(strata.least, np.floor(ideal)).astype(np.int64)


def _exchanged(strata: Strata, weights: Reals, numbers: Counts, budget: float) -> Counts:
    """`numbers` with single units given back, the dearest first, where their money buys more elsewhere."""
    lost = loss(weights, numbers.astype(float))
    for stratum in np.argsort(-strata.costs, kind="stable"):
        while numbers[stratum] > strata.least[stratum]:
            fewer, most = numbers.copy(), strata.most.copy()
            fewer[stratum] -= 1
            most[stratum] = fewer[stratum]
            other = _filled(strata, weights, fewer, most, budget)
            if not (less := loss(weights, other.astype(float))) < lost * (1 - TOLERANCE):
                break
            numbers, lost = other, less
    return numbers


def _filled(strata: Strata, weights: Reals, numbers: Counts, most: Reals, budget: float) -> Counts:
    """`numbers` with units added where each gains most for its price, up to `most` and while any can be paid."""
    numbers = numbers.copy()
    left = budget * (1 + ROUNDING) - float(strata.costs @ numbers)
    while True:
        payable = (strata.costs <= left) & (numbers < most)
        with np.errstate(divide="ignore", invalid="ignore"):
            gains = np.where(weights > 0, weights**2 / (numbers * (numbers + 1.0)) / strata.costs, 0.0)
        gains = np.where(payable, gains, 0.0)
        best = int(np.argmax(gains))
        if gains[best] == 0:
            return numbers
        # One by one, except where a small part of the money pays for many.
        units = max(1, int(left / (AT_ONCE * len(strata) * strata.costs[best])))
        units = min(units, int(most[best] - numbers[best]))
        numbers[best] += units
        left -= units * float(strata.costs[best])
