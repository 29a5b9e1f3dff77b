"""How long a chart runs until it signals: the false-alarm rate, computed and not assumed.

A chart that looks back over what came before is a chain: where it stands next depends on where it stands now and
on the next period. Its run length is the number of periods to the first signal; while nothing has changed, every
signal is a false alarm, so the mean run length is what a body has to bear.

Charts of counts stand on a grid and are exactly such a chain (Brook and Evans 1972). Charts of measurements
stand anywhere: the integral equation of Page 1954 is solved at Gauss–Legendre nodes, which is exact to many
digits.

>>> coin = RunLength(first=np.array([0.5]), then=np.array([[0.5]]))
>>> coin.mean, coin.signals_within(3)
(2.0, 0.875)

Sources: Page 1954, Biometrika 41:100–115; Brook and Evans 1972, Biometrika 59:539–549; Crowder 1987,
Technometrics 29:401–407.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

from zhicheng.core.given import Floats, between
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

NODES = 80
"""Places at which the integral equation is solved, at least; twice as many change no digit that is stated."""
NODES_PER_DEVIATION = 3
"""So many more where limits are far apart, measured in standard deviations of one step of the chart."""


@dataclass(frozen=True, slots=True)
class RunLength:
    """The run length of a chart with m places to stand at."""

    first: Floats
    """The chance to go on from the start to each place, shape (m,)."""
    then: Floats
    """[i, j]: the chance to go on from place i to place j; rows add up to less than 1. Shape (m, m)."""

    @property
    def mean(self) -> float:
        """Periods to the first signal, on average (the ARL); at least 1, and infinite above `LONGEST`."""
        return stated(self.solved_mean)

    @property
    def solved_mean(self) -> float:
        """The same as solved: far above `LONGEST` without a right digit, of either sign, but charts that differ in
        their start only keep their proportion."""
        lengths = np.linalg.solve(np.eye(len(self.first)) - self.then, np.ones(len(self.first)))
        return 1 + float(self.first @ lengths)

    def signals_within(self, periods: int) -> float:
        """The chance of a signal in the first `periods` (1 or more): of a false alarm within a year, say.

        Raises Refused.
        """
        if not periods >= 1 or periods % 1:
            message = words("“{field}” is {value}; expected a whole number, {least} or more")
            raise Refused(message, field="periods", value=periods, least=1)
        going_on = self.first
        for _ in range(int(periods) - 1):
            going_on = going_on @ self.then
        return 1 - float(going_on.sum())


LONGEST = 1e10
"""Longer mean run lengths are not told from never: of chances to go on so near to 1 too few digits are left."""


def stated(mean: float) -> float:
    """A mean run length as it was solved, if it can be relied on; otherwise infinity.

    >>> stated(370.4), stated(-3e15)
    (370.4, inf)
    """
    return mean if 0 < mean <= LONGEST else float("inf")


def normal_cusum(reference: float, limit: float, shift: float, start: float) -> RunLength:
    """The one-sided sum S ← max(0, S + z − reference), signalling above `limit`, z normal around `shift`.

    `limit` above 0, `start` from 0 to `limit`, all in standard deviations.
    """
    nodes, weights = _nodes(0, limit, deviation=1)
    places = np.concatenate([[0.0], nodes])

    def going_on(stands: Floats) -> Floats:
        drift = stands[:, None] + shift - reference
        inner = norm.pdf(nodes[None, :] - drift) * weights
        return np.hstack([norm.cdf(-drift), inner])

    return RunLength(going_on(np.array([start]))[0], going_on(places))


def normal_ewma(weight: float, half_width: float, shift: float, start: float = 0.0) -> RunLength:
    """The average Z ← (1 − weight)·Z + weight·z, signalling beyond ±`half_width`, z normal around `shift`."""
    nodes, weights = _nodes(-half_width, half_width, deviation=weight)
    first = _ewma_kernel(weight, np.array([start]), nodes, weights, shift)[0]
    return RunLength(first, _ewma_kernel(weight, nodes, nodes, weights, shift))


def opening_ewma(weight: float, half_width: float, shift: float) -> float:
    """The mean run length of the same average while its limits open up, as far as it varies by then.

    In period n they are ±`half_width`·√(1 − (1 − weight)^(2n)); computed backwards from where they stand.
    """
    periods = int(np.ceil(np.log(UNOPENED) / (2 * np.log1p(-weight)))) if weight < 1 else 1
    openings = half_width * np.sqrt(1 - (1 - weight) ** (2 * np.arange(1, periods + 1)))
    nodes, weights = _nodes(-half_width, half_width, deviation=weight)
    chart = normal_ewma(weight, half_width, shift)
    lengths = np.linalg.solve(np.eye(len(nodes)) - chart.then, np.ones(len(nodes)))
    for opening in openings[::-1]:
        following, following_weights, after = nodes, weights, lengths
        nodes, weights = _nodes(-opening, opening, deviation=weight)
        lengths = 1 + _ewma_kernel(weight, nodes, following, following_weights, shift) @ after
    return stated(1 + float((_ewma_kernel(weight, np.zeros(1), nodes, weights, shift) @ lengths)[0]))


UNOPENED = 1e-12
"""How much of the variance is still to come when limits count as standing."""


def _ewma_kernel(weight: float, stands: Floats, nodes: Floats, weights: Floats, shift: float) -> Floats:
    """[i, j]: the chance to go on from a place to a node."""
    needed = (nodes[None, :] - (1 - weight) * stands[:, None]) / weight
    return np.asarray(norm.pdf(needed - shift) * weights / weight)


def grid_cusum(chances: Floats, step: int, reference: int, limit: int, start: int) -> RunLength:
    """The sum S ← max(0, S + step·x − reference) in whole numbers, signalling when it reaches `limit`; exact.

    `chances` are those of x = 0, 1, …; what they lack to 1 belongs to counts that signal from anywhere.
    """
    moves = step * np.arange(len(chances)) - reference
    then = np.zeros((limit, limit))
    for place in range(limit):
        ends = np.maximum(place + moves, 0)
        inside = ends < limit
        np.add.at(then[place], ends[inside], chances[inside])
    return RunLength(then[start].copy(), then)


def limit_for(mean: Callable[[float], float], wanted: float, *, widest: float) -> float:
    """The limit up to `widest` at which the mean run length, which grows with it, is `wanted`. Raises Refused.

    >>> round(limit_for(lambda limit: 1 + limit**2, 26, widest=40), 6)
    5.0
    """
    between("wanted run length", wanted, 1, np.inf)
    least = most = mean(NARROWEST)
    limit = NARROWEST
    while most < wanted and limit < widest:
        limit = min(2 * max(limit, 0.5), widest)
        most = mean(limit)
    if not least <= wanted <= most:
        raise Refused(
            words("A mean run length of {wanted} is beyond this chart, which has {least} to {most}"),
            wanted=round(wanted),
            least=round(least, 1),
            most=round(most),
        )
    return float(brentq(lambda limit: np.log(mean(limit) / wanted), NARROWEST, limit, xtol=1e-10))


NARROWEST = 1e-3
"""The narrowest limit that is looked at, in standard deviations."""


_legendre = lru_cache(np.polynomial.legendre.leggauss)


def _nodes(low: float, high: float, *, deviation: float) -> tuple[Floats, Floats]:
    nodes, weights = _legendre(max(NODES, int(np.ceil(NODES_PER_DEVIATION * (high - low) / deviation))))
    half = (high - low) / 2
    return low + half * (nodes + 1), half * weights
