"""Funnel limits: how far a unit of its size may lie from the target by chance alone.

A funnel plot sets a unit's figure against its size. Around the target stand limits between which a unit that is
like all others falls, save with probability `tail` on each side; they narrow as units grow. A figure beyond
them is a reason to look, not a verdict. Usual tails are 0.025 (about two standard errors) and 0.001 (about three).

>>> proportion_limits([10, 100, 1000], 0.1, tail=0.025).upper.round(3)
array([0.279, 0.158, 0.118])

Sources: Spiegelhalter 2005, “Funnel plots for comparing institutional performance”, Statistics in Medicine
24:1185–1202, §2 and appendix A.1; the score limits are those of the Office for Health Improvement and
Disparities (Wilson's interval turned round).
"""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import binom, chi2, norm, poisson

from zhicheng.core.choices import named
from zhicheng.core.given import Floats, at_most, between, counts, finite, positives, same_length, vector


class Rule(StrEnum):
    """How limits of counts are found."""

    INTERPOLATED = auto()
    """Exact quantiles, joined between whole counts so that the curve is smooth (Spiegelhalter 2005): for drawing.
    The chance to be outside is about `tail`, a little above or below it as counts are whole."""
    EXACT = auto()
    """The quantiles themselves: the outermost counts that are still inside. A unit is outside with probability
    at most `tail` on each side, often less: for deciding."""
    SCORE = auto()
    """The normal distribution with the standard error at the target; simple, poor for few expected cases."""


@dataclass(frozen=True, slots=True)
class Limits:
    """For each unit the figures between which it is inside, both limits included; shape (n,) each."""

    lower: Floats
    upper: Floats

    def position(self, figures: npt.ArrayLike) -> npt.NDArray[np.int_]:
        """For each of n figures −1 if it is below its lower limit, 1 if above its upper, 0 if inside.

        A billionth of the limit is allowed for rounding, since a count may lie exactly on it. Raises Refused for
        another number of figures, and for a missing one, which lies nowhere.

        >>> Limits(np.array([0.1, 0.1]), np.array([0.3, 0.3])).position([0.3, 0.31])
        array([0, 1])
        """
        found = vector("figures", figures)
        same_length("figures", found, "limits", self.lower)
        slack = 1e-9
        above = found > self.upper + slack * np.abs(self.upper)
        below = found < self.lower - slack * np.abs(self.lower)
        return np.asarray(above.astype(int) - below.astype(int))


def proportion_limits(
    sizes: npt.ArrayLike, target: float, *, tail: float = 0.001, rule: str = Rule.INTERPOLATED
) -> Limits:
    """Limits of a proportion for units of `sizes` cases (above 0), where `target` (0 to 1) fails on the whole.

    Within 0 to 1. `rule` is a `Rule` or its text; exact ones take sizes rounded down to whole cases. Raises
    Refused.
    """
    rule = named(Rule, "rule", rule)
    size = positives("sizes", sizes)
    between("target", target, 0, 1)
    between("tail", tail, 0, 0.5)
    if rule is Rule.SCORE:
        half = norm.isf(tail) * np.sqrt(target * (1 - target) / size)
        return Limits(np.clip(target - half, 0, 1), np.clip(target + half, 0, 1))
    at_most("sizes", size, "most that can be computed", np.full_like(size, MOST_TESTED))
    whole = np.maximum(np.floor(size), 1)
    lower, upper = _quantiles(binom(whole, target), tail, rule)
    return Limits(lower / whole, np.minimum(upper / whole, 1))


def ratio_limits(
    expected: npt.ArrayLike, target: float = 1.0, *, tail: float = 0.001, rule: str = Rule.INTERPOLATED
) -> Limits:
    """Limits of observed over expected cases, Poisson, for units where `expected` (above 0) are expected.

    A rate is the same: give the population at risk as `expected` and the overall rate as `target`, and the limits
    are rates. Raises Refused.

    >>> ratio_limits([20000], 5 / 10000, tail=0.025, rule=Rule.EXACT).upper * 10000
    array([8.5])
    """
    rule = named(Rule, "rule", rule)
    base = positives("expected", expected)
    between("target", target, 0, np.inf)
    between("tail", tail, 0, 0.5)
    if rule is Rule.SCORE:
        half = norm.isf(tail) * np.sqrt(target / base)
        return Limits(np.maximum(target - half, 0), target + half)
    at_most("expected", base * target, "most that can be computed", np.full_like(base, MOST_EXPECTED))
    lower, upper = _quantiles(poisson(base * target), tail, rule)
    return Limits(lower / base, upper / base)


def mean_limits(errors: npt.ArrayLike, target: float, *, tail: float = 0.001) -> Limits:
    """Limits of a mean, or of anything about normal, for units with these standard `errors` (above 0).

    >>> mean_limits([1.0, 2.0], 50, tail=0.025).lower.round(2)
    array([48.04, 46.08])
    """
    half = norm.isf(between("tail", tail, 0, 0.5)) * positives("errors", errors)
    middle = finite("target", target)
    return Limits(middle - half, middle + half)


def expected_within(observed: npt.ArrayLike, *, tail: float = 0.001) -> Limits:
    """The expected counts with which `observed` cases would lie on the limits: exact, by chi squared.

    This is the funnel read the other way, and the exact interval of a Poisson mean (Garwood 1936). Observed over
    each limit gives the curves that the Office for Health Improvement and Disparities draws for ratios and rates.

    >>> expected_within([10], tail=0.025).lower.round(3), expected_within([10], tail=0.025).upper.round(3)
    (array([4.795]), array([18.39]))
    """
    count = counts("observed", observed)
    between("tail", tail, 0, 0.5)
    lower = np.where(count > 0, chi2.ppf(tail, 2 * np.where(count > 0, count, 1)) / 2, 0.0)
    return Limits(lower, chi2.isf(tail, 2 * count + 2) / 2)


def byar_interval(observed: npt.ArrayLike, *, tail: float = 0.025) -> Limits:
    """Byar's approximation to `expected_within`, good from ten cases on (Breslow and Day 1987, p. 69).

    >>> byar_interval([65]).lower.round(4), byar_interval([65]).upper.round(4)
    (array([50.1632]), array([82.8491]))
    """
    count = counts("observed", observed)
    z = norm.isf(between("tail", tail, 0, 0.5))
    low, high = np.where(count > 0, count, 1), count + 1
    lower = np.where(count > 0, low * (1 - 1 / (9 * low) - z / (3 * np.sqrt(low))) ** 3, 0.0)
    return Limits(np.maximum(lower, 0), high * (1 - 1 / (9 * high) + z / (3 * np.sqrt(high))) ** 3)


def ratio_position(
    observed: npt.ArrayLike, expected: npt.ArrayLike, *, tail: float = 0.001
) -> npt.NDArray[np.int_]:
    """Where each unit lies, −1 low, 0 inside, 1 high, by the interval of its observed count.

    Below ten observed cases the interval is exact, else Byar's: the rule of the Office for Health Improvement and
    Disparities for ratios and rates. Shapes (n,). Raises Refused.

    >>> ratio_position([3, 30], [10, 14], tail=0.025)
    array([-1,  1])
    """
    count, base = counts("observed", observed), positives("expected", expected)
    same_length("observed", count, "expected", base)
    exact, byar = expected_within(count, tail=tail), byar_interval(count, tail=tail)
    few = count < FEW_CASES
    lower, upper = np.where(few, exact.lower, byar.lower), np.where(few, exact.upper, byar.upper)
    return np.asarray((base < lower).astype(int) - (base > upper).astype(int))


FEW_CASES = 10
"""Below so many observed cases Byar's approximation is not used."""


LEAST_TAIL = 1e-12
"""Smaller tails of counts are not told from none."""
MOST_TESTED = 1e15
"""Of more cases a float does not tell one from the next."""
MOST_EXPECTED = 1e9
"""Of more cases SciPy finds no lower quantiles; the score limits are then as good."""


def _quantiles(distribution: Any, tail: float, rule: Rule) -> tuple[Floats, Floats]:
    between("tail", tail, LEAST_TAIL, 0.5)
    lower, upper = (_quantile(distribution, share, rule) for share in (tail, 1 - tail))
    return np.maximum(lower, 0), np.maximum(upper, 0)


def _quantile(distribution: Any, share: float, rule: Rule) -> Floats:
    """The smallest count whose cumulative probability reaches `share`; interpolated, less its overshoot."""
    count = distribution.ppf(share)
    if rule is Rule.EXACT:
        return np.asarray(count, dtype=np.float64)
    reached, there = distribution.cdf(count), distribution.pmf(count)
    return np.asarray(count - (reached - share) / there, dtype=np.float64)
