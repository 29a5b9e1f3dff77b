"""How sure a rank is: for every unit the ranks it may truly have, right for all units at once.

Two units of 98.2 % and 98.1 % are not first and second if chance alone moves figures by a per cent. A unit may be
ranked from one more than the number of units that are clearly better, to n less those that are clearly worse;
“clearly” is held over all pairs, so that with probability `level` or more every unit's set holds its true rank.

>>> sets = rank_sets([90, 80, 79, 60], [2, 2, 2, 2])
>>> sets.best, sets.worst
(array([1, 2, 2, 4]), array([1, 3, 3, 4]))

Units with fewer than `minimum` cases are shown and not ranked: a unit with one case never tops a ranking.

Sources: Mohamad, Goeman and van Zwet 2019, “Simultaneous confidence intervals for ranks with application to
ranking institutions”, arXiv:1812.05507, who compare by Tukey's range; any comparison that holds the chance of one
wrong pair will do, and Holm's steps need no equal errors and bear dependence. Hayter 1984, Annals of Statistics
12:61–75; Klein, Wright and Wieczorek 2020, “A joint confidence region for an overall ranking of populations”,
Applied Statistics 69:589–606.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.stats import norm, studentized_range

from zhicheng.core.choices import named
from zhicheng.core.given import Floats, between, counts, finite, numbers, positives, same_length, vector
from zhicheng.core.ranking.multiplicity import Method, adjusted
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class Comparison(StrEnum):
    """How it is decided which units are clearly better than which."""

    BONFERRONI = auto()
    """Every pair by a z-test at α/(n(n−1)/2), two-sided."""
    HOLM = auto()
    """Every pair in steps; sets are never wider than by Bonferroni."""
    TUKEY = auto()
    """Every pair against the range of n estimates that are truly alike, for independent ones: exact if errors are
    equal, sure also if they are not, never wider than by Bonferroni (Tukey and Kramer; Hayter 1984)."""
    INTERVALS = auto()
    """Units whose joint intervals do not overlap, for independent estimates (Klein, Wright, Wieczorek 2020)."""


@dataclass(frozen=True, slots=True)
class RankSets:
    """For each of n units its rank and the best and worst rank it may truly have; shape (n,), rank 1 is best."""

    rank: npt.NDArray[np.int_]
    """By the estimate; equal estimates share the best of their ranks."""
    best: npt.NDArray[np.int_]
    worst: npt.NDArray[np.int_]
    level: float

    @property
    def mean_width(self) -> float:
        """How many ranks a set holds on average, from 1 (all is clear) to n (nothing is)."""
        return float(np.mean(self.worst - self.best + 1))


def rank_sets(
    estimates: npt.ArrayLike,
    errors: npt.ArrayLike,
    *,
    level: float = 0.95,
    comparison: str = Comparison.HOLM,
    lower_is_better: bool = False,
) -> RankSets:
    """Simultaneous confidence sets for the ranks of n ≥ 2 independent units.

    `estimates` are about normal with standard `errors` (above 0), both of shape (n,). `comparison` is a
    `Comparison` or its text. Raises Refused.
    """
    value, error = vector("estimates", estimates, least=2), positives("errors", errors)
    same_length("estimates", value, "errors", error)
    variance = error[:, None] ** 2 + error[None, :] ** 2
    return _sets(-value if lower_is_better else value, error, variance, level, comparison)


def rank_sets_of_covariance(
    estimates: npt.ArrayLike,
    covariance: npt.ArrayLike,
    *,
    level: float = 0.95,
    comparison: str = Comparison.HOLM,
    lower_is_better: bool = False,
) -> RankSets:
    """The same for estimates that depend on each other, as domains of one clustered survey do.

    `covariance` has shape (n, n); every difference needs a variance above 0. Raises Refused, also for TUKEY and
    INTERVALS.
    """
    value = vector("estimates", estimates, least=2)
    matrix = numbers("covariance", covariance)
    if matrix.shape != (len(value), len(value)) or not np.allclose(matrix, matrix.T):
        raise Refused(
            words("“covariance” has shape {shape}: symmetric, {count} rows and columns were expected"),
            shape=matrix.shape,
            count=len(value),
        )
    comparison = named(Comparison, "comparison", comparison)
    if comparison in (Comparison.TUKEY, Comparison.INTERVALS):
        raise Refused(
            words("The comparison “{comparison}” is for independent estimates: “holm” bears any dependence"),
            comparison=comparison.value,
        )
    own = np.diag(matrix)
    variance = own[:, None] + own[None, :] - 2 * matrix
    positives("variance of differences", variance[np.triu_indices(len(value), 1)])
    return _sets(-value if lower_is_better else value, np.sqrt(own), variance, level, comparison)


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a ranking. The three ranks are None if the unit has too few cases to be ranked."""

    unit: str
    estimate: float
    size: float
    rank: int | None
    best: int | None
    worst: int | None


def standings(
    units: Sequence[str],
    estimates: npt.ArrayLike,
    errors: npt.ArrayLike,
    sizes: npt.ArrayLike,
    *,
    minimum: float,
    level: float = 0.95,
    comparison: str = Comparison.HOLM,
    lower_is_better: bool = False,
) -> tuple[Standing, ...]:
    """A ranking: units of at least `minimum` cases by rank, then the others, unranked, by size.

    All of shape (n,). Those that are unranked need no usable error and take no part in the comparison. If only
    one is left it is rank 1 of 1. Raises Refused.

    >>> for line in standings(["A", "B", "C"], [1.0, 0.97, 0.90], [0.0, 0.01, 0.01], [1, 300, 400], minimum=30):
    ...     print(line.unit, line.rank, line.best, line.worst)
    B 1 1 1
    C 2 2 2
    A None None None
    """
    value, size = vector("estimates", estimates), counts("sizes", sizes)
    error = np.atleast_1d(numbers("errors", errors))
    for field, found in (("estimates", value), ("errors", error)):
        same_length(field, found, "sizes", size)
    if len(units) != len(size):
        raise Refused(
            words("{count} units are named and {others} have sizes: as many were expected"),
            count=len(units),
            others=len(size),
        )
    finite("minimum", minimum)
    ranked = [place for place, cases in enumerate(size) if cases >= minimum]
    sets = _sets_of_ranked(value[ranked], error[ranked], level, comparison, lower_is_better)
    lines = [
        Standing(units[place], float(value[place]), float(size[place]), int(rank), int(best), int(worst))
        for place, rank, best, worst in zip(ranked, sets.rank, sets.best, sets.worst, strict=True)
    ]
    few = [
        Standing(units[place], float(value[place]), float(size[place]), None, None, None)
        for place, cases in enumerate(size)
        if cases < minimum
    ]
    return (
        *sorted(lines, key=lambda line: (line.rank or 0, line.unit)),
        *sorted(few, key=lambda line: (-line.size, line.unit)),
    )


def _sets_of_ranked(
    value: Floats, error: Floats, level: float, comparison: str, lower_is_better: bool
) -> RankSets:
    if len(value) > 1:
        return rank_sets(value, error, level=level, comparison=comparison, lower_is_better=lower_is_better)
    alone = np.ones(len(value), dtype=np.int_)
    return RankSets(alone, alone, alone, level)


def _sets(value: Floats, error: Floats, variance: Floats, level: float, comparison: str) -> RankSets:
    """Sets where larger values are better."""
    comparison = named(Comparison, "comparison", comparison)
    alpha = 1 - between("level", level, 0, 1)
    if comparison is Comparison.INTERVALS:
        better = _apart(value, error, alpha)
    else:
        better = _clearly_better(value, variance, alpha, comparison)
    rank = 1 + (value[None, :] > value[:, None]).sum(axis=1)
    return RankSets(rank, 1 + better.sum(axis=0), len(value) - better.sum(axis=1), level)


def _clearly_better(
    value: Floats, variance: Floats, alpha: float, comparison: Comparison
) -> npt.NDArray[np.bool_]:
    """[i, j]: whether i is clearly better than j; shape (n, n)."""
    first, second = np.triu_indices(len(value), 1)
    z = (value[first] - value[second]) / np.sqrt(variance[first, second])
    if comparison is Comparison.TUKEY:
        clear = np.abs(z) > _range_of_alike(len(value), 1 - alpha) / np.sqrt(2)
    else:
        method = Method.HOLM if comparison is Comparison.HOLM else Method.BONFERRONI
        clear = adjusted(2 * norm.sf(np.abs(z)), method) <= alpha
    better = np.zeros(variance.shape, dtype=np.bool_)
    better[first, second] = clear & (z > 0)
    better[second, first] = clear & (z < 0)
    return better


def _apart(value: Floats, error: Floats, alpha: float) -> npt.NDArray[np.bool_]:
    """The same by joint intervals, each at level (1−α)^(1/n), which is exact for independent estimates."""
    each = (1 - alpha) ** (1 / len(value))
    half = norm.isf((1 - each) / 2) * error
    return np.asarray((value - half)[:, None] > (value + half)[None, :])


@lru_cache
def _range_of_alike(units: int, level: float) -> float:
    """How many errors the extremes of so many like estimates lie apart at most, with this probability."""
    return float(studentized_range.ppf(level, units, np.inf))
