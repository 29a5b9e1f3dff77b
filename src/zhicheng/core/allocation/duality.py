"""Bethel's problem from its other side: a price for every demand, and the numbers and the proof that prices give.

The problem is the least Σ c x with Σ d/x ≤ 1 for each demand, within limits. Under prices λ ≥ 0 every stratum is
best by itself, x = √(Σ λ d / c) between its limits, and what Σ c x + Σ λ (Σ d/x − 1) then is, no numbers that meet
the demands can undercut (weak duality). The highest such bound is the least cost.

>>> alone = Problem(np.array([0.5, 0.5]), np.array([[0.5, 0.5]]), np.array([0.1, 0.1]), np.array([9.0, 9.0]))
>>> prices = sharpened(alone, np.array([0.4]))
>>> prices.round(9).tolist(), best_under(alone, prices).round(9).tolist(), round(lower_bound(alone, prices), 9)
([1.0], [1.0, 1.0], 1.0)
"""

from dataclasses import dataclass

import numpy as np

from zhicheng.core.allocation.ideal import ideal_for_loss
from zhicheng.core.allocation.strata import Mask, Reals

PRECISION = 1e-11
"""By which share of their limits demands with a price may be off."""
RIDGES = (1e-12, 1e-8, 1e-4, 1.0)
"""Added to the diagonal of the scaled second derivatives, one after the other: where a step of Newton's goes
astray, as demands repeat each other or no number moves, it is bent towards the gradient (Levenberg 1944)."""
MOST_STEPS = 60
MOST_HALVINGS = 12
ROUNDING = 1e-13
"""The share of the bound below which two bounds cannot be told apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """`costs`, `least` (above 0) and `most` (above `least`) have shape (strata,), `demands` (demands, strata).

    x = `most` meets all demands.
    """

    costs: Reals
    demands: Reals
    least: Reals
    most: Reals

    def scaled_by(self, numbers: Reals) -> "Problem":
        """The same with `numbers`, which meet all demands, as 1, and what they cost as 1.

        No stratum can deserve more than all of that money, so that limits beyond it are brought down.
        """
        costs = self.costs * numbers / float(self.costs @ numbers)
        most = np.minimum(self.most / numbers, 1.001 / costs)
        return Problem(costs, self.demands / numbers, self.least / numbers, most)


def used(problem: Problem, numbers: Reals) -> Reals:
    """Σ d/x of each demand, shape (demands,): 1 and less is met."""
    return np.asarray((problem.demands / numbers).sum(axis=1))


def best_under(problem: Problem, prices: Reals) -> Reals:
    """The numbers that are best by themselves under these prices."""
    return np.clip(np.sqrt(prices @ problem.demands / problem.costs), problem.least, problem.most)


def lower_bound(problem: Problem, prices: Reals) -> float:
    """A cost that nothing meeting the demands can undercut, for any prices of 0 or more, shape (demands,)."""
    numbers = best_under(problem, prices)
    return float(problem.costs @ numbers + (prices @ problem.demands) @ (1 / numbers) - prices.sum())


def sharpened(problem: Problem, prices: Reals) -> Reals:
    """Prices with the highest bound, by Newton's method from prices near them, steps being halved until they help.

    A solver's prices are off by its tolerance, which is of the order of the least among them where prices differ
    by many orders of magnitude; from there a few steps lead to the precision of computing. Never worse than what
    it was given, up to that precision.
    """
    for _ in range(MOST_STEPS):
        if _off(problem, prices) <= PRECISION:
            break
        nearer = _nearer(problem, prices)
        if nearer is None:
            break
        prices = nearer
    return prices


def meeting(problem: Problem, numbers: Reals) -> Reals:
    """`numbers`, raised at the least cost for each demand that they do not meet, one demand after the other."""
    for place in np.argsort(-used(problem, numbers)):
        demand = problem.demands[place]
        if (demand / numbers).sum() > 1:
            numbers = ideal_for_loss(np.sqrt(demand), problem.costs, numbers, problem.most, 1.0)
    return numbers


def _off(problem: Problem, prices: Reals) -> float:
    """How far the prices are from the best: demands are missed, or not used up in spite of their price."""
    missed = used(problem, best_under(problem, prices)) - 1
    return float(np.max(np.where(prices > 0, np.abs(missed), missed)))


def _nearer(problem: Problem, prices: Reals) -> Reals | None:
    """Prices with a higher bound, or with demands less off at the same; None if no step leads to any."""
    bound, off = lower_bound(problem, prices), _off(problem, prices)
    for ridge in RIDGES:
        direction = _direction(problem, prices, ridge)
        for halving in range(MOST_HALVINGS):
            there = np.maximum(prices + 0.5**halving * direction, 0.0)
            higher = lower_bound(problem, there) - bound
            # Near the top bounds no longer tell steps apart; what demands are off does.
            if higher > ROUNDING * bound or (higher >= -ROUNDING * bound and _off(problem, there) < off):
                return there
    return None


def _direction(problem: Problem, prices: Reals, ridge: float) -> Reals:
    """Newton's step for the prices that may move; those that are on their way to 0 by themselves go there."""
    numbers = best_under(problem, prices)
    missed = used(problem, numbers) - 1
    moving: Mask = (numbers > problem.least) & (numbers < problem.most)
    curved = problem.demands / (2 * problem.costs * numbers**3)
    scale = np.sqrt((curved * problem.demands).sum(axis=1))
    free = prices + missed / scale**2 > 0
    second = curved[np.ix_(free, moving)] @ problem.demands[np.ix_(free, moving)].T
    second = second / scale[free, np.newaxis] / scale[free] + ridge * np.eye(len(second))
    direction = -prices
    direction[free] = np.linalg.solve(second, missed[free] / scale[free]) / scale[free]
    return direction
