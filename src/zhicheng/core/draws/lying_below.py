"""How many units lie below a point, each of them independently and with a probability of its own.

Their number has the Poisson-binomial distribution. What an inclusion probability needs is that of all units but
one, for every unit: it follows from that of all, since if unit i lies below with probability p,

    P(at most k of all) = (1 − p) · P(at most k of the others) + p · P(at most k − 1 of the others).

Solved for the others this is a polynomial in p/(1 − p), of which the distribution of all has the coefficients
(Chen and Liu 1997, “Statistical applications of the Poisson-binomial and conditional Bernoulli distributions”,
Statistica Sinica 7, 875–892). Its terms shrink where p ≤ 1/2; where p is larger, it is solved for P(more than k)
from the other end, and no rounding grows in either.

Units of the same probability form a class. Rows are points, columns classes or numbers of units.

>>> at_most_without(np.array([[0.5, 0.25]]), [1, 1], most=0, reach=2)  # the other does not lie below
array([[0.75, 0.5 ]])
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import rel_entr
from scipy.stats import binom

Floats = npt.NDArray[np.float64]

NEVER = 40.0
"""What is less likely than exp(−40), or 4 · 10⁻¹⁸, is taken for impossible."""
TINY = 1e-30
"""What a single unit does less likely than this, no unit of a class does."""


def never(size: int, mean: float, number: int) -> bool:
    """Whether of `size` units, `mean` of them expected below, practically never `number` or more extreme are.

    More extreme means farther from `mean`. By Hoeffding's bound, which holds whatever the probability of each unit
    (1963, “Probability inequalities for sums of bounded random variables”, J. Amer. Statist. Assoc. 58, 13–30,
    theorem 1).

    >>> never(100, 50.0, 60), never(100, 50.0, 95)
    (False, True)
    """
    found, expected = number / size, min(mean / size, 1.0)
    return bool(size * (rel_entr(found, expected) + rel_entr(1 - found, 1 - expected)) >= NEVER)


def at_most_without(below: Floats, counts: Sequence[int], most: int, reach: int) -> Floats:
    """P(at most `most` of all units but one of class g lie below), for every point and class g; 0 if g has none.

    `below` has the probability of each class's units, `counts` how many they are. `reach` is a number of units
    from `most` on that practically never lie below all at once, or that of all.
    """
    chances = _distribution(below, counts, reach)
    at_most = np.cumsum(chances, axis=1)
    more = np.cumsum(chances[:, ::-1], axis=1)[:, ::-1] - chances  # than k
    smaller = np.minimum(below, 1 - below)
    odds = -smaller / (1 - smaller)
    few = _polynomial(at_most[:, : most + 1], odds)
    many = _polynomial(more[:, :most:-1], odds)
    found = np.where(below <= 0.5, few, (1 - smaller) - many) / (1 - smaller)
    return np.where(np.array(counts) > 0, found, 0.0)


def _polynomial(coefficients: Floats, at: Floats) -> Floats:
    """The sum of coefficients[j] · at^(last − j), each row at its own places: Horner's rule."""
    total = np.zeros_like(at)
    for column in coefficients.T:
        total *= at
        total += column[:, None]
    return total


def _distribution(below: Floats, counts: Sequence[int], reach: int) -> Floats:
    """P(k of all units lie below) for k from 0 to `reach`, at every point; without subtraction."""
    total = np.ones((len(below), 1))
    for place, count in enumerate(counts):
        total = _sum_of(total, _of_class(below[:, place], count, reach), reach)
    return total


def _of_class(below: Floats, count: int, reach: int) -> Floats:
    """P(k of the `count` units of one class lie below) for k up to `reach`."""
    if count == 1:
        return np.stack((1 - below, below), axis=1)
    # Of probabilities as small as 1e-300 the library's binomial overflows; nobody lies below there.
    chance = np.where(below < TINY, 0.0, below)[:, None]
    found: Floats = binom.pmf(np.arange(min(count, reach) + 1), count, chance)
    return found


def _sum_of(one: Floats, other: Floats, reach: int) -> Floats:
    """The distribution of a sum of two numbers, as far as `reach`; a row for each point."""
    few, many = sorted((one, other), key=np.size)
    total = np.zeros((len(one), min(few.shape[1] + many.shape[1] - 1, reach + 1)))
    for number, chance in enumerate(few.T):
        part = total[:, number : number + many.shape[1]]
        part += many[:, : part.shape[1]] * chance[:, None]
    return total
