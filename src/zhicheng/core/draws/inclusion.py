"""How likely each unit really was to be drawn: exact inclusion probabilities of order sampling.

Drawing n units by their ranking variables meets the targets λ closely, not exactly. Whoever estimates from a draw
divides by the true probabilities π. Unit i is drawn if fewer than n others have a smaller ranking variable, so

    π_i = ∫ f_i(t) · P(fewer than n of the others lie below t) dt,

f_i being the density of its ranking variable (Aires 1999, “Algorithms to find exact inclusion probabilities for
conditional Poisson sampling and Pareto πps sampling designs”, Methodology and Computing in Applied Probability 1,
457–469). How many of the others lie below t is a sum of independent yes and no, whose distribution is multiplied
up from units of the same λ without subtraction, so that no digits are lost.

In x = log t the integrand of Pareto and exponential ranking is analytic and dies off to both sides; the
trapezoidal rule then doubles its correct digits with each halving of the step (Trefethen and Weideman 2014, “The
exponentially convergent trapezoidal rule”, SIAM Review 56, 385–458). With sequential Poisson it is a polynomial
between the points 1/λ, which Gauss and Legendre's rule integrates. The step is halved until nothing moves by more
than TOLERANCE.

>>> inclusion_probabilities([0.2, 0.3, 0.5, 1.0], 2).round(4)
array([0.1866, 0.2864, 0.5269, 1.    ])
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.special import expit, gammaln, logit, xlog1py, xlogy

from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Floats = npt.NDArray[np.float64]

TOLERANCE = 1e-8
"""Between two steps; the finer of the two is then right to some 1e-14, since its digits double."""
FINEST = 12
TAIL = 38.0
"""Logistic tails beyond this hold less than 1e-16."""
AT_ONCE = 20_000_000
"""Numbers kept at a time."""


class Family(StrEnum):
    """How the ranking variable of a unit follows from its λ and a uniform u.

    Only PARETO is drawn with; the others show what it gains. Rosén 1997; Ohlsson 1998 (sequential Poisson),
    Efraimidis and Spirakis 2006 (exponential, which is drawing one unit after the other).
    """

    PARETO = "pareto"
    """u/(1−u) · (1−λ)/λ."""
    SEQUENTIAL_POISSON = "sequential_poisson"
    """u/λ."""
    EXPONENTIAL = "exponential"
    """−log(1−u)/λ."""


@dataclass(frozen=True)
class _Classes:
    """Open units (0 < λ < 1) by their λ, how many there are of each, and how many are drawn of all of them."""

    likely: Floats
    counts: Sequence[int]
    n: int


def inclusion_probabilities(targets: Sequence[float] | Floats, n: int, family: Family = Family.PARETO) -> Floats:
    """π of each unit when the `n` with the smallest ranking variables are drawn.

    `targets` are the λ, each from 0 to 1; units of λ = 1 are certain and among the n, those of 0 are never drawn.
    The error is below 1e-10. The time grows with the number of different λ and with n². Raises Refused.
    """
    likely = _checked(targets, n)
    classes, which = _classes(likely, n)
    found = np.where(likely == 1, 1.0, 0.0)
    open_ = (likely > 0) & (likely < 1)
    found[open_] = _first_order(classes, family)[which]
    return found


def joint_inclusion_probabilities(
    targets: Sequence[float] | Floats, n: int, family: Family = Family.PARETO
) -> Floats:
    """π_ij, that units i and j are both drawn, as a symmetric matrix with π_i in its diagonal. Raises Refused.

    >>> joint_inclusion_probabilities([0.5, 0.5, 1.0], 2).round(4)
    array([[0.5, 0. , 0.5],
           [0. , 0.5, 0.5],
           [0.5, 0.5, 1. ]])
    """
    likely = _checked(targets, n)
    classes, which = _classes(likely, n)
    first = inclusion_probabilities(likely, n, family)
    joint = np.outer(first, first)  # right where one of the two is certain or never drawn
    open_ = np.flatnonzero((likely > 0) & (likely < 1))
    joint[np.ix_(open_, open_)] = _second_order(classes, family)[np.ix_(which, which)]
    np.fill_diagonal(joint, first)
    return joint


def _checked(targets: Sequence[float] | Floats, n: int) -> Floats:
    likely = np.asarray(targets, dtype=np.float64)
    if likely.ndim != 1:
        raise Refused(words("targets have {found} dimensions; expected is one"), found=likely.ndim)
    outside = np.flatnonzero(~((likely >= 0) & (likely <= 1)))
    if outside.size:
        message = words("target {number} is {value}; expected is one from 0 to 1")
        raise Refused(message, number=int(outside[0]) + 1, value=float(likely[outside[0]]))
    certain = int(np.count_nonzero(likely == 1))
    if n < certain:
        raise Refused(
            words("{n} are drawn; expected are at least the {certain} that are certain"), n=n, certain=certain
        )
    return likely


def _classes(likely: Floats, n: int) -> tuple[_Classes, npt.NDArray[np.intp]]:
    open_ = likely[(likely > 0) & (likely < 1)]
    different, which, counts = np.unique(open_, return_inverse=True, return_counts=True)
    return _Classes(different, counts.tolist(), n - int(np.count_nonzero(likely == 1))), which


def _first_order(classes: _Classes, family: Family) -> Floats:
    if classes.n >= sum(classes.counts):
        return np.ones(len(classes.counts))
    if classes.n == 0:
        return np.zeros(len(classes.counts))

    def integrand(below: Floats, density: Floats) -> Floats:
        return density * _at_most_without(below, classes.counts, classes.n - 1)

    return _integrated(integrand, classes, family)


def _second_order(classes: _Classes, family: Family) -> Floats:
    """By pairs of classes; where a class has a single unit, its diagonal means nothing."""
    size = len(classes.counts)
    if classes.n >= sum(classes.counts):
        return np.ones((size, size))
    if classes.n < 2:
        return np.zeros((size, size))

    def integrand(below: Floats, density: Floats) -> Floats:
        rows = []
        for one in range(size):
            counts = [count - (place == one) for place, count in enumerate(classes.counts)]
            # The later of the two lies at t, the other below it.
            pair = density[:, [one]] * below + below[:, [one]] * density
            rows.append(pair * _at_most_without(below, counts, classes.n - 2))
        return np.stack(rows, axis=1)

    return _integrated(integrand, classes, family)


def _integrated(integrand: Callable[[Floats, Floats], Floats], classes: _Classes, family: Family) -> Floats:
    """The integral over all t of `integrand`, given the F and f of each class at some nodes, a row for each."""
    likely = classes.likely
    before: Floats = np.full(len(likely), np.inf)
    portion = max(1, AT_ONCE // (len(likely) * (len(likely) + classes.n)))
    for level in range(FINEST):
        nodes, weights = _rule(family, likely, level)
        below, density = _distribution(family, nodes[:, None], likely)
        total: Floats = np.zeros(1)
        for start in range(0, len(nodes), portion):
            part = slice(start, start + portion)
            total = total + np.tensordot(weights[part], integrand(below[part], density[part]), 1)
        if float(np.max(np.abs(total - before))) < TOLERANCE:
            return total
        before = total
    raise ArithmeticError("the integral does not settle")


def _rule(family: Family, likely: Floats, level: int) -> tuple[Floats, Floats]:
    """Nodes and weights: of x = log t by the trapezoidal rule, or of t between the points where an F reaches 1."""
    if family is Family.SEQUENTIAL_POISSON:
        edges = np.concatenate(([0.0], np.unique(1 / likely)))
        places, weights = np.polynomial.legendre.leggauss(4 * 2**level)
        half = np.diff(edges)[:, None] / 2
        return (edges[:-1, None] + half * (1 + places)).ravel(), (half * weights).ravel()
    far = TAIL + float(np.max(np.abs(logit(likely) if family is Family.PARETO else np.log(likely))))
    step = 2.0 ** -(level + 1)
    nodes = np.arange(-far, far + step, step)
    return nodes, np.full(len(nodes), step)


def _distribution(family: Family, nodes: Floats, likely: Floats) -> tuple[Floats, Floats]:
    """F and f of the ranking variable of each class (columns) at the nodes (rows) of `_rule`."""
    if family is Family.PARETO:
        below = expit(nodes + logit(likely))
        return below, below * expit(-nodes - logit(likely))
    if family is Family.EXPONENTIAL:
        rate = likely * np.exp(np.minimum(nodes, 700.0))
        return -np.expm1(-rate), rate * np.exp(-rate)
    return np.minimum(1.0, nodes * likely), np.where(nodes * likely < 1, likely, 0.0)


def _at_most_without(below: Floats, counts: Sequence[int], most: int) -> Floats:
    """P(at most `most` of all units but one of class g lie below the node), for every node and class g."""
    size = len(counts)
    of_class = [_binomial(below[:, place], count, most) for place, count in enumerate(counts)]
    before, after = [_nobody(len(below), most)], [_nobody(len(below), most)]
    for place in range(size - 1):
        before.append(_sum_of(before[-1], of_class[place]))
        after.append(_sum_of(after[-1], of_class[size - 1 - place]))
    found = np.empty((len(below), size))
    for place, count in enumerate(counts):
        others = _sum_of(before[place], _binomial(below[:, place], max(count - 1, 0), most))
        at_most = np.cumsum(after[size - 1 - place], axis=1)[:, ::-1]
        found[:, place] = np.einsum("ij,ij->i", others, at_most)
    return found


def _nobody(nodes: int, most: int) -> Floats:
    first = np.zeros((nodes, most + 1))
    first[:, 0] = 1.0
    return first


def _binomial(below: Floats, count: int, most: int) -> Floats:
    """How many of `count` units of a class lie below the nodes, up to `most`."""
    hits, share = np.arange(min(count, most) + 1), below[:, None]
    ways = gammaln(count + 1) - gammaln(hits + 1) - gammaln(count - hits + 1)
    found: Floats = np.exp(ways + xlogy(hits, share) + xlog1py(count - hits, -share))
    return found


def _sum_of(many: Floats, few: Floats) -> Floats:
    """The distribution of a sum of two numbers, as far as `many` reaches; a row for each node."""
    total = many * few[:, [0]]
    for number in range(1, few.shape[1]):
        total[:, number:] += many[:, :-number] * few[:, [number]]
    return total
