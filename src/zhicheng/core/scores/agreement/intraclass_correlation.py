"""Intraclass correlation: how much of the differences between measurements is between the units measured.

>>> ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
>>> [round(intraclass(ratings, form).value, 2) for form in Form]
[0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
>>> intraclass(ratings, Form.RANDOM_SINGLE).interval.low.__round__(3)
0.019

Source: Shrout and Fleiss 1979, “Intraclass correlations: uses in assessing rater reliability”, Psychological
Bulletin 86:420–428; all six forms with their intervals, which are exact but for RANDOM, where degrees of freedom
are Satterthwaite's.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.stats import f

from zhicheng.core.choices import named
from zhicheng.core.estimates.interval import Interval, checked_level
from zhicheng.core.given import Floats, numbers, vector
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class Form(StrEnum):
    """Who the raters are, and whether one measurement is used or the mean of all."""

    ONE_WAY_SINGLE = "ICC(1,1)"
    """Each unit by raters of its own."""
    RANDOM_SINGLE = "ICC(2,1)"
    """The same raters for all, drawn from many: absolute agreement."""
    FIXED_SINGLE = "ICC(3,1)"
    """The same raters for all, who are all there are: consistency."""
    ONE_WAY_MEAN = "ICC(1,k)"
    RANDOM_MEAN = "ICC(2,k)"
    FIXED_MEAN = "ICC(3,k)"
    """Cronbach's alpha."""


@dataclass(frozen=True, slots=True)
class Intraclass:
    """A correlation, its interval, and the F-test of no difference between units."""

    value: float
    interval: Interval
    f: float
    degrees_of_freedom: tuple[int, int]
    p_value: float


def intraclass(ratings: npt.ArrayLike, form: str, *, level: float = 0.95) -> Intraclass:
    """The correlation of n ≥ 2 units (rows), each measured by k ≥ 2 raters (columns), none missing.

    `form` is a `Form` or its text. Raises Refused, also if there is no difference at all, or none that the form
    asks about.
    """
    form = named(Form, "form", form)
    checked_level(level)
    squares = _Squares.of(ratings)
    one_way = form in (Form.ONE_WAY_SINGLE, Form.ONE_WAY_MEAN)
    error = squares.within if one_way else squares.error
    degrees = (squares.n - 1, squares.n * (squares.k - 1) if one_way else (squares.n - 1) * (squares.k - 1))
    if not squares.between and not error:
        raise Refused(
            words("Each rater gave the same to every unit: there is no difference between units to explain")
        )
    ratio = squares.between / error if error else float("inf")
    tail = (1 - level) / 2
    if form in (Form.RANDOM_SINGLE, Form.RANDOM_MEAN):
        value, low, high = squares.random(tail)
        if form is Form.RANDOM_MEAN:
            value, low, high = (squares.of_mean(one) for one in (value, low, high))
    else:
        ends = ratio / f.isf(tail, *degrees), ratio * f.isf(tail, *reversed(degrees))
        single = form in (Form.ONE_WAY_SINGLE, Form.FIXED_SINGLE)
        value, low, high = (squares.of_ratio(one, single=single) for one in (ratio, *ends))
    return Intraclass(value, Interval(low, high, level, form.value), ratio, degrees, float(f.sf(ratio, *degrees)))


@dataclass(frozen=True, slots=True)
class _Squares:
    """Mean squares of the two-way table."""

    n: int
    k: int
    between: float
    within: float
    raters: float
    error: float

    @classmethod
    def of(cls, ratings: npt.ArrayLike) -> "_Squares":
        table = numbers("ratings", ratings)
        if table.ndim != 2 or min(table.shape) < 2:
            raise Refused(
                words("Ratings of shape {shape}: two or more units (rows) and raters (columns) were expected"),
                shape=table.shape,
            )
        vector("ratings", table.ravel())
        n, k = table.shape
        mean = table.mean()
        units: Floats = table.mean(axis=1, keepdims=True)
        raters: Floats = table.mean(axis=0, keepdims=True)
        if np.ptp(table) == 0:
            raise Refused(words("All ratings are {value}: there is no difference to explain"), value=float(mean))
        return cls(
            n,
            k,
            float(k * ((units - mean) ** 2).sum() / (n - 1)),
            float(((table - units) ** 2).sum() / (n * (k - 1))),
            float(n * ((raters - mean) ** 2).sum() / (k - 1)),
            float(((table - units - raters + mean) ** 2).sum() / ((n - 1) * (k - 1))),
        )

    def of_ratio(self, ratio: float, *, single: bool) -> float:
        """(F − 1)/(F + k − 1) for one measurement, 1 − 1/F for the mean of k."""
        if np.isinf(ratio):
            return 1.0
        return (ratio - 1) / (ratio + self.k - 1) if single else 1 - 1 / ratio if ratio else -float("inf")

    def of_mean(self, single: float) -> float:
        """Spearman and Brown: of the mean of k from that of one; from −1/(k − 1) on it has no lower end."""
        rest = 1 + (self.k - 1) * single
        return self.k * single / rest if rest > 0 else -float("inf")

    def random(self, tail: float) -> tuple[float, float, float]:
        """ICC(2,1) with the ends of its interval (Shrout and Fleiss 1979, p. 424)."""
        n, k, error = self.n, self.k, self.error
        whole = self.between + (k - 1) * error + k * (self.raters - error) / n
        if not whole:
            raise Refused(
                words("The ratings differ no more than chance lets them: their correlation is not defined")
            )
        value = (self.between - error) / whole
        if not error:
            error = 1e-12 * max(self.between, self.raters)
        share = self.raters / error
        weight = n * (1 + (k - 1) * value) - k * value
        top = (k - 1) * (n - 1) * (k * value * share + weight) ** 2
        degrees = top / ((n - 1) * k**2 * value**2 * share**2 + weight**2)
        low_f, high_f = _quantile(tail, n - 1, degrees), _quantile(tail, degrees, n - 1)
        low, high = self._ends(error, low_f, high_f)
        if not low <= value <= high:
            low, high = self._ends(error, LARGEST_F, LARGEST_F)
        return value, low, high

    def _ends(self, error: float, low_f: float, high_f: float) -> tuple[float, float]:
        rest = self.k * self.raters + (self.k * self.n - self.k - self.n) * error
        low = self.n * (self.between - low_f * error) / (low_f * rest + self.n * self.between)
        high = self.n * (high_f * self.between - error) / (rest + self.n * high_f * self.between)
        return float(low), float(high)


def _quantile(tail: float, first: float, second: float) -> float:
    """The upper quantile of F, held finite where hardly any degree of freedom is left."""
    if min(first, second) < FEWEST_DEGREES:
        return LARGEST_F
    return float(min(f.isf(tail, first, second), LARGEST_F))


FEWEST_DEGREES = 1e-3
LARGEST_F = 1e12
"""Where Satterthwaite's degrees of freedom vanish, or are so few that the value would lie outside, an interval
reaches as far as it can."""
