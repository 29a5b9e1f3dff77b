"""The best allocation in real numbers when one figure is estimated: square-root rule between limits.

Both problems have the answer n = λ w/√c, cut to the limits of each stratum (Neyman 1934; Cochran 1977, 5.5, 5.8;
with limits on both sides Wesołowski, Wieczorkowski and Wójciak 2024). What is spent, and what is lost, changes in
one direction with λ, and simply between those λ at which a stratum reaches a limit: λ is exact, without iteration.

>>> weights, free = np.array([18000.0, 18000.0, 32000.0, 45000.0, 30000.0]), np.ones(5)
>>> most = np.array([20.0, 150.0, 800.0, 3000.0, 6000.0])
>>> ideal_for_budget(weights, free, 0 * free, most, 200.0).round(2).tolist()
[20.0, 25.92, 46.08, 64.8, 43.2]
"""

from bisect import bisect_right

import numpy as np

from zhicheng.core.allocation.strata import Reals, loss


def ideal_for_budget(weights: Reals, costs: Reals, least: Reals, most: Reals, budget: float) -> Reals:
    """The numbers n with Σ w²/n smallest among those with Σ c n = `budget` and least ≤ n ≤ most.

    All arrays have shape (strata,); c > 0, w ≥ 0, and c·least ≤ budget ≤ c·most. What money is left when every
    stratum with weight is full goes to the others, the same share of what each has room for.
    """
    rule = _Rule(weights, costs, least, most)
    place = bisect_right(rule.turns, budget, key=lambda level: float(costs @ rule.at(level))) - 1
    level = rule.turns[max(place, 0)]
    rate = float(costs @ rule.slope(level))
    left = budget - float(costs @ rule.at(level))
    if rate > 0:
        return rule.at(level + left / rate)
    numbers = rule.at(level)
    room = np.where(weights > 0, 0.0, most - numbers)
    return np.minimum(numbers + room * (left / float(costs @ room)), most) if room.any() else numbers


def ideal_for_loss(weights: Reals, costs: Reals, least: Reals, most: Reals, limit: float) -> Reals:
    """The numbers n with Σ c n smallest among those with Σ w²/n ≤ `limit` and least ≤ n ≤ most.

    `limit` is at least the loss when everything is drawn; strata without weight get their least.

    >>> sizes, spreads = np.array([400.0, 300.0, 200.0]), np.array([4.0, 10.0, 20.0])
    >>> limit = 90000 + float(sizes @ spreads**2)
    >>> ideal_for_loss(sizes * spreads, np.array([4.0, 9.0, 16.0]), 0 * sizes, sizes, limit).round(3).tolist()
    [109.302, 136.628, 136.628]
    """
    rule = _Rule(weights, costs, least, most)
    place = bisect_right(rule.turns, -limit, key=lambda level: -loss(weights, rule.at(level))) - 1
    if place < 0:
        return rule.at(0.0)
    level, *later = rule.turns[place : place + 2]
    moving = rule.slope(level) > 0
    room = limit - loss(np.where(moving, 0.0, weights), rule.at(level))
    if not later or not moving.any():
        return rule.at(level)
    asked = float(np.sum((weights * np.sqrt(costs))[moving])) / room if room > 0 else np.inf
    return rule.at(min(asked, later[0]))


class _Rule:
    """n = λ w/√c between the limits, as a function of λ, and the λ at which a stratum begins or ends to move."""

    def __init__(self, weights: Reals, costs: Reals, least: Reals, most: Reals) -> None:
        self.rates = weights / np.sqrt(costs)
        self.least, self.most = least, most
        weighty = self.rates > 0
        ends = np.concatenate([limits[weighty] / self.rates[weighty] for limits in (least, most)])
        self.turns: list[float] = sorted({0.0, *ends.tolist()})

    def at(self, level: float) -> Reals:
        return np.clip(level * self.rates, self.least, self.most)

    def slope(self, level: float) -> Reals:
        """How fast each number grows just above `level`, which is one of the turns."""
        with np.errstate(divide="ignore", invalid="ignore"):
            moving = (self.least / self.rates <= level) & (self.most / self.rates > level)
        return np.where(moving, self.rates, 0.0)
