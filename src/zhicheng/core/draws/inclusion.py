"""How likely each unit really was to be drawn: exact inclusion probabilities of order sampling.

Drawing n units by their ranking variables meets the targets λ closely, not exactly. Whoever estimates from a draw
divides by the true probabilities π. Unit i is drawn if fewer than n others have a smaller ranking variable, so

    π_i = ∫ f_i(t) · P(fewer than n of the others lie below t) dt,

f_i being the density of its ranking variable (Aires 1999, “Algorithms to find exact inclusion probabilities for
conditional Poisson sampling and Pareto πps sampling designs”, Methodology and Computing in Applied Probability 1,
457–469). How many of the others lie below t is reckoned in `lying_below`.

That probability falls from 1 to 0 in a window which is narrow where many are drawn. Before the window the integral
is the distribution function, behind it nothing, and within it, over x = log t, Gauss and Legendre's rule is taken
piece by piece; with sequential Poisson the pieces end where a distribution function reaches 1, too. In each piece
the integrand is analytic, so that the error falls geometrically as nodes are added (Trefethen 2008, “Is Gauss
quadrature better than Clenshaw–Curtis?”, SIAM Review 50, 67–87). They are doubled until nothing moves by more than
TOLERANCE.

>>> inclusion_probabilities([0.2, 0.3, 0.5, 1.0], 2).round(4)
array([0.1866, 0.2864, 0.5269, 1.    ])
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from zhicheng.core.choices import named
from zhicheng.core.draws.lying_below import Floats, at_most_without, never
from zhicheng.core.given import numbers
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

TOLERANCE = 1e-10
"""Between two rules; the finer of the two is then right to some 1e-14."""
PIECES = 4
"""Of the window, and no rule is taken over less."""
NODES = 16
"""Of the first rule, in every piece."""
FINEST = 7
AT_ONCE = 1_000_000
"""Numbers kept at a time."""
FAR = 700.0
"""As far from 0 a logarithm is looked for: the exponential function of it is still a number."""


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


def inclusion_probabilities(targets: Sequence[float] | Floats, n: int, family: str = Family.PARETO) -> Floats:
    """π of each unit when the `n` with the smallest ranking variables are drawn.

    `targets` are the λ, each from 0 to 1; units of λ = 1 are certain and among the n, those of 0 are never drawn.
    The error is below 1e-10. The time grows with the number of different λ times n. Raises Refused.
    """
    likely, kind = _checked(targets, n), named(Family, "family", family)
    classes, which = _classes(likely, n)
    found = np.where(likely == 1, 1.0, 0.0)
    open_ = (likely > 0) & (likely < 1)
    found[open_] = _first_order(classes, kind)[which]
    return found


def joint_inclusion_probabilities(
    targets: Sequence[float] | Floats, n: int, family: str = Family.PARETO
) -> Floats:
    """π_ij, that units i and j are both drawn, as a symmetric matrix with π_i in its diagonal. Raises Refused.

    >>> joint_inclusion_probabilities([0.5, 0.5, 1.0], 2).round(4)
    array([[0.5, 0. , 0.5],
           [0. , 0.5, 0.5],
           [0.5, 0.5, 1. ]])
    """
    likely, kind = _checked(targets, n), named(Family, "family", family)
    classes, which = _classes(likely, n)
    first = inclusion_probabilities(likely, n, kind)
    joint = np.outer(first, first)  # right where one of the two is certain or never drawn
    open_ = np.flatnonzero((likely > 0) & (likely < 1))
    joint[np.ix_(open_, open_)] = _second_order(classes, kind)[np.ix_(which, which)]
    np.fill_diagonal(joint, first)
    return joint


def _checked(targets: Sequence[float] | Floats, n: int) -> Floats:
    likely = numbers("targets", targets)
    if likely.ndim != 1:
        raise Refused(words("targets have {found} dimensions; expected is one"), found=likely.ndim)
    outside = np.flatnonzero(~((likely >= 0) & (likely <= 1)))
    if outside.size:
        message = words("target {number} is {value}; expected is one from 0 to 1")
        raise Refused(message, number=int(outside[0]) + 1, value=float(likely[outside[0]]))
    if not n >= 0 or n % 1:
        message = words("“{field}” is {value}; expected a whole number, {least} or more")
        raise Refused(message, field="n", value=n, least=0)
    certain = int(np.count_nonzero(likely == 1))
    if n < certain:
        raise Refused(
            words("{n} are drawn; expected are at least the {certain} that are certain"), n=n, certain=certain
        )
    return likely


def _classes(likely: Floats, n: int) -> tuple[_Classes, npt.NDArray[np.intp]]:
    open_ = likely[(likely > 0) & (likely < 1)]
    different, which, counts = np.unique(open_, return_inverse=True, return_counts=True)
    return _Classes(different, counts.tolist(), int(n) - int(np.count_nonzero(likely == 1))), which


def _first_order(classes: _Classes, family: Family) -> Floats:
    if classes.n >= sum(classes.counts):
        return np.ones(len(classes.counts))
    if classes.n == 0:
        return np.zeros(len(classes.counts))

    window = _window(classes, family, classes.n)

    def integrated(below: Floats, density: Floats, weights: Floats) -> Floats:
        return weights @ (density * at_most_without(below, classes.counts, classes.n - 1, window.reach))

    return _distribution(family, window.start, classes.likely)[0] + _over(window, integrated, classes, family)


def _second_order(classes: _Classes, family: Family) -> Floats:
    """By pairs of classes; where a class has a single unit, its diagonal means nothing."""
    size = len(classes.counts)
    if classes.n >= sum(classes.counts):
        return np.ones((size, size))
    if classes.n < 2:
        return np.zeros((size, size))

    window = _window(classes, family, classes.n - 1)

    def integrated(below: Floats, density: Floats, weights: Floats) -> Floats:
        rows = []
        for one in range(size):
            counts = [count - (place == one) for place, count in enumerate(classes.counts)]
            # The later of the two lies at t, the other below it.
            pair = density[:, [one]] * below + below[:, [one]] * density
            rows.append(weights @ (pair * at_most_without(below, counts, classes.n - 2, window.reach)))
        return np.stack(rows)

    before = _distribution(family, window.start, classes.likely)[0]
    return np.outer(before, before) + _over(window, integrated, classes, family)


@dataclass(frozen=True)
class _Window:
    """Between which logarithms of t it is open whether a unit is drawn, and how many at most lie below there."""

    start: float
    end: float
    reach: int


def _window(classes: _Classes, family: Family, least: int) -> _Window:
    """Before it practically never `least` units lie below, behind it never n or fewer."""
    size = sum(classes.counts)

    def expected(at: float) -> float:
        return float(np.dot(classes.counts, _distribution(family, at, classes.likely)[0]))

    start = _first(lambda at: not (expected(at) < least and never(size, expected(at), least)))
    end = _first(lambda at: expected(at) > classes.n and never(size, expected(at), classes.n))
    reach = int(np.ceil(min(size, expected(end))))
    while reach < size and not never(size, expected(end), reach):
        reach += 1
    return _Window(start, end, reach)


def _first(holds: Callable[[float], bool]) -> float:
    """Where on the way from −FAR to FAR something begins to hold, to a millionth; FAR if it never does."""
    low, high = -FAR, FAR
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _over(
    window: _Window, integrated: Callable[[Floats, Floats, Floats], Floats], classes: _Classes, family: Family
) -> Floats:
    """The integral over the window; `integrated` is given each class's F and f, by nodes, and weights."""
    likely = classes.likely
    edges = _edges(family, likely, window)
    before: Floats = np.full(len(likely), np.inf)
    portion = max(1, AT_ONCE // (len(likely) + window.reach))
    for level in range(FINEST):
        nodes, weights = _rule(edges, NODES * 2**level)
        total: Floats = np.zeros(1)
        for start in range(0, len(nodes), portion):
            part = slice(start, start + portion)
            total = total + integrated(*_distribution(family, nodes[part, None], likely), weights[part])
        if float(np.max(np.abs(total - before))) < TOLERANCE:
            return total
        before = total
    raise ArithmeticError("the integral does not settle")


def _edges(family: Family, likely: Floats, window: _Window) -> Floats:
    edges = np.linspace(window.start, window.end, PIECES + 1)
    if family is Family.SEQUENTIAL_POISSON:
        reached = -np.log(likely)
        edges = np.union1d(edges, reached[(window.start < reached) & (reached < window.end)])
    return edges


def _rule(edges: Floats, size: int) -> tuple[Floats, Floats]:
    """Nodes and weights, `size` of them in each piece between two edges."""
    places, weights = np.polynomial.legendre.leggauss(size)
    half = np.diff(edges)[:, None] / 2
    return (edges[:-1, None] + half * (1 + places)).ravel(), (half * weights).ravel()


def _distribution(family: Family, at: float | Floats, likely: Floats) -> tuple[Floats, Floats]:
    """F and f of the logarithm of the ranking variable of each class (columns) at each point (rows)."""
    if family is Family.PARETO:
        below = expit(at + logit(likely))
        return below, below * expit(-at - logit(likely))
    rate = likely * np.exp(at)
    if family is Family.EXPONENTIAL:
        return -np.expm1(-rate), rate * np.exp(-rate)
    return np.minimum(1.0, rate), np.where(rate < 1, rate, 0.0)
