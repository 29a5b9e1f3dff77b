"""How likely each unit is to be drawn: proportional to its size, exactly, and certain where that exceeds 1.

λ of a unit is n·x/X, X being the size of all; units with λ ≥ 1 are taken with certainty, and what is left is
shared out again among the others, until no further unit is certain (Rosén 1997, “On sampling with probability
proportional to size”, J. Statist. Plann. Inference 62, 159–191; certainty units as in Särndal, Swensson and
Wretman 1992, section 3.6.2). All of it in whole numbers over one denominator; nothing is rounded.

Units of the same size have the same λ, so that what costs time is done once for each size.

>>> shared = targets([Fraction(9), Fraction(1), Fraction(2), Fraction(3), Fraction(1)], n=2)
>>> shared.texts, shared.which.tolist()
(['1/7', '2/7', '3/7', '1'], [3, 0, 1, 2, 0])
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Targets:
    """λ of every unit, by classes of the same size.

    `weights` are the different sizes, ascending, as whole numbers over their common denominator; `which` has the
    class of each unit. From class `certain_from` on λ is 1; below it is `left` times the weight over `total`:
    `left` is how many are drawn among these units (0 if none), `total` their weight.
    """

    weights: Sequence[int]
    which: Places
    certain_from: int
    left: int
    total: int

    @cached_property
    def drawable(self) -> Places:
        """The units with λ > 0, which are those that can be drawn, as positions."""
        # A total below 0 comes only of sizes below 0, whose quotient is then a positive λ.
        sign = (self.total > 0) - (self.total < 0) if self.left else 0
        positive = [place >= self.certain_from or weight * sign > 0 for place, weight in enumerate(self.weights)]
        return np.flatnonzero(np.array(positive, dtype=bool)[self.which])

    def is_certain(self, place: int) -> bool:
        """Whether the units of a class are taken with certainty."""
        return place >= self.certain_from

    def odds_against(self, place: int) -> tuple[int, int]:
        """(1 − λ)/λ of a class that is neither certain nor of λ 0, as numerator and positive denominator."""
        share = self.left * self.weights[place]
        return (self.total - share, share) if share > 0 else (share - self.total, -share)

    @cached_property
    def texts(self) -> list[str]:
        """λ of each class in lowest terms, like 1/6, or 3 where whole. Raises ValueError beyond 4,300 digits."""
        below = [
            str(Fraction(self.left * weight, self.total)) if self.left else "0"
            for weight in self.weights[: self.certain_from]
        ]
        return [*below, *("1" for _ in self.weights[self.certain_from :])]


def targets(sizes: Sequence[Fraction | int], n: int) -> Targets:
    """λ of units of these sizes when `n` are drawn; with n ≤ 0 all are 0.

    Where everything that is left has size 0, all of it is certain, so that n units are found whenever there are
    as many. Negative sizes are reckoned with as they are, although no roster should hold any.
    """
    weights, which, counts = _classes(sizes)
    total = sum(weight * count for weight, count in zip(weights, counts, strict=True))
    certain_from = len(weights)
    while n > 0:
        start = certain_from
        while start and n * weights[start - 1] >= total:
            start -= 1
        if start == certain_from:
            break
        total -= sum(weights[place] * counts[place] for place in range(start, certain_from))
        n -= sum(counts[start:certain_from])
        certain_from = start
    return Targets(weights, which, certain_from, n if certain_from and n > 0 else 0, total)


def _classes(sizes: Sequence[Fraction | int]) -> tuple[list[int], Places, list[int]]:
    """The different sizes as whole numbers, the class of each unit, and how many units each class has."""
    scale = lcm(*{size.denominator for size in sizes})
    weights = [size.numerator * (scale // size.denominator) for size in sizes]
    try:
        array = np.array(weights, dtype=np.int64)
    except OverflowError:
        array = np.array(weights, dtype=object)
    different, which, counts = np.unique(array, return_inverse=True, return_counts=True)
    return different.tolist(), which, counts.tolist()
