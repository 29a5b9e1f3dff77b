"""Shares of a population under a design, with intervals that stay between 0 and 1.

The ordinary interval (`mean`) is symmetric, and for rare or common things it reaches beyond what is possible. The
others bend it: `logit`, `asin` by a scale on which the share has no ends; `beta` as Clopper and Pearson, and
`jeffreys` and `wilson` as their names say, with as many independent draws as the variance amounts to (Korn and
Graubard 1998; Franco, Little, Louis and Slud 2019); `likelihood` by all shares that fit the data hardly worse (Rao
and Scott 1984). `proportions` has the intervals of simple counts.

>>> design = Design.clusters([1, 1, 2, 2, 3, 3, 4, 4], weights=5)
>>> found = share(design, [1, 1, 1, 0, 0, 0, 1, 0])
>>> found.value, round(found.standard_error, 4), round(found.interval().low, 4)
(0.5, 0.2041, -0.1496)
>>> interval = share_interval(found, "beta")
>>> round(interval.low, 4), round(interval.high, 4)
(0.0478, 0.9522)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import asin, inf, log, sin, sqrt
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, stats
from scipy.special import expit

from zhicheng.core.designs import Design, DesignError
from zhicheng.core.designs.columns import floats
from zhicheng.core.estimates.estimate import Estimates, t_quantile
from zhicheng.core.estimates.interval import Interval
from zhicheng.core.estimates.means import mean
from zhicheng.core.words import words

TINY = 1e-300
"""What stands for a share of 0 where a logarithm is taken."""
WHOLE = 1e-12
"""A share no farther from 0 or 1 is that, but for rounding."""


@dataclass(frozen=True)
class Share:
    """A share of the population with its variance, in a sample of `rows` with some degrees of freedom.

    `dispersion` is what Pearson's residuals of a single share vary by, n/(n − 1) but for missing values.
    """

    value: float
    variance: float
    rows: int
    degrees_of_freedom: float
    dispersion: float

    @classmethod
    def of(cls, estimate: Estimates) -> "Share":
        """The share that one estimate is. Raises DesignError if it is several or outside 0 to 1.

        What is 0 or 1 but for rounding, as a weighted mean of nothing but ones may be, is that, and does not vary.
        """
        value = estimate.value
        if not -1e-9 <= value <= 1 + 1e-9:
            raise DesignError(
                words("“{name}” is {value}; expected {limits}"),
                name=estimate.names[0],
                value=value,
                limits="0 … 1",
            )
        all_alike = abs(value - round(value)) <= WHOLE
        whole, used = estimate.design, estimate.domain
        # R's weights have the mean 1 over all rows, also where some of them lack a value.
        scale = used.weights.sum() / used.observed / (whole.weights.sum() / whole.observed)
        return cls(
            value=float(round(value)) if all_alike else min(max(value, 0.0), 1.0),
            variance=0.0 if all_alike else float(estimate.variances[0]),
            rows=whole.observed,
            degrees_of_freedom=min(estimate.degrees_of_freedom, whole.degrees_of_freedom),
            dispersion=float(scale * used.observed / max(used.observed - 1, 1)),
        )

    @property
    def effective_rows(self) -> float:
        """How many independent draws would have the same variance; infinite if it is 0."""
        return self.value * (1 - self.value) / self.variance if self.variance > 0 else inf


def share(design: Design, indicator: ArrayLike) -> Estimates:
    """The share of the population for which `indicator` (n,) is 1 (or true), not 0; NaN is missing.

    Raises DesignError for other values.
    """
    column = floats("indicator", indicator)
    if not np.isin(column[~np.isnan(column)], (0.0, 1.0)).all():
        strange = ~(np.isin(column, (0.0, 1.0)) | np.isnan(column))
        raise DesignError(
            words("“{name}” is {value} in row {row}; expected {limits}"),
            name="indicator",
            value=float(column[strange][0]),
            row=int(np.argmax(strange)),
            limits="0, 1",
        )
    return mean(design, column)


def share_interval(
    estimate: Estimates, method: str = "logit", level: float = 0.95, *, degrees_of_freedom: float | None = None
) -> Interval:
    """The interval of one share (0 to 1) by `method`, a name in `METHODS`.

    A share of 0 or 1 varies not at all in the sample, and has an interval by `mean` alone; the exact ones of
    `proportions` answer there. That of one of several domains is made of its own rows and degrees of freedom, as
    R's `svyby` with `svyciprop` does. Raises DesignError.
    """
    found = Share.of(estimate)
    df = found.degrees_of_freedom if degrees_of_freedom is None else degrees_of_freedom
    low, high = bounds(found, method, level, df)
    if not low <= high:
        raise DesignError(
            words("the interval “{name}” has no bounds at a share of {value} with the variance {variance}"),
            name=method,
            value=found.value,
            variance=found.variance,
        )
    return Interval(low, high, level, method)


def bounds(found: Share, method: str, level: float, degrees_of_freedom: float) -> tuple[float, float]:
    """The bounds of a share by `method`; without variance, the share itself; NaN if the method has none.

    >>> half = Share(0.5, 0.01, rows=50, degrees_of_freedom=20, dispersion=50 / 49)
    >>> tuple(round(bound, 4) for bound in bounds(half, "wilson", 0.95, 20))
    (0.3075, 0.6925)
    """
    if method not in METHODS:
        raise DesignError(
            words("“{name}” is “{value}”; expected one of {names}"),
            name="method",
            value=method,
            names=", ".join(METHODS),
        )
    if np.isnan(found.variance):
        return np.nan, np.nan
    return METHODS[method](found, level, t_quantile(level, degrees_of_freedom))


def _mean(found: Share, level: float, t: float) -> tuple[float, float]:
    width = t * sqrt(found.variance)
    return found.value - width, found.value + width


def _logit(found: Share, level: float, t: float) -> tuple[float, float]:
    spread = found.value * (1 - found.value)
    if spread == 0:
        return np.nan, np.nan
    middle, width = log(found.value / (1 - found.value)), t * sqrt(found.variance) / spread
    return float(expit(middle - width)), float(expit(middle + width))


def _asin(found: Share, level: float, t: float) -> tuple[float, float]:
    spread = found.value * (1 - found.value)
    if spread == 0:
        return np.nan, np.nan
    middle, width = asin(sqrt(found.value)), t * sqrt(found.variance / spread) / 2
    return sin(middle - width) ** 2, sin(middle + width) ** 2


def _beta(found: Share, level: float, t: float) -> tuple[float, float]:
    """Clopper and Pearson's, of effective draws."""
    if found.variance == 0:
        return np.nan, np.nan
    hits, misses = _effective_counts(found, level)
    tail = (1 - level) / 2
    return (
        float(stats.beta.ppf(tail, hits, misses + 1)) if hits > 0 else 0.0,
        float(stats.beta.ppf(1 - tail, hits + 1, misses)) if misses > 0 else 1.0,
    )


def _jeffreys(found: Share, level: float, t: float) -> tuple[float, float]:
    """Equal tails of the posterior after the prior Beta(½, ½), of effective draws."""
    if found.variance == 0:
        return np.nan, np.nan
    hits, misses = _effective_counts(found, level)
    low, high = stats.beta.ppf([(1 - level) / 2, (1 + level) / 2], hits + 0.5, misses + 0.5)
    return float(low), float(high)


def _effective_counts(found: Share, level: float) -> tuple[float, float]:
    """Hits and misses among draws as effective as t of the design is to t of so many rows."""
    tails = t_quantile(level, found.rows - 1) / t_quantile(level, found.degrees_of_freedom)
    draws = found.effective_rows * tails**2
    return draws * found.value, draws * (1 - found.value)


def _wilson(found: Share, level: float, t: float) -> tuple[float, float]:
    if found.variance == 0:
        return np.nan, np.nan
    draws = found.effective_rows
    middle = (found.value + t**2 / (2 * draws)) / (1 + t**2 / draws)
    width = t / (1 + t**2 / draws) * sqrt(found.value * (1 - found.value) / draws + (t / draws / 2) ** 2)
    return middle - width, middle + width


def _likelihood(found: Share, level: float, t: float) -> tuple[float, float]:
    """All shares whose deviance exceeds the least by no more than t² of Rao and Scott's scale.

    R fits a curve through steps of the profile, so that its bounds differ from these by up to 1e-4.
    """
    p = found.value
    if p in (0.0, 1.0):
        return np.nan, np.nan
    reach = t**2 * found.variance / (p * (1 - p)) * found.dispersion

    def excess(other: float, rest: float) -> float:
        """By how much the deviance of the share `other` is too much; `rest` is what it leaves of 1."""
        return 2 * (p * log(p / other) + (1 - p) * log((1 - p) / rest)) - reach

    if reach == 0:
        return p, p
    low = least = 0.0
    if excess(TINY, 1) > 0:
        low = float(optimize.brentq(lambda share: excess(share, 1 - share), TINY, p, xtol=1e-14))
    if excess(1, TINY) > 0:
        least = float(optimize.brentq(lambda rest: excess(1 - rest, rest), TINY, 1 - p, xtol=1e-16))
    return low, 1 - least


METHODS: Mapping[str, Callable[[Share, float, float], tuple[float, float]]] = MappingProxyType(
    {
        "mean": _mean,
        "logit": _logit,
        "xlogit": _logit,
        "likelihood": _likelihood,
        "asin": _asin,
        "beta": _beta,
        "jeffreys": _jeffreys,
        "wilson": _wilson,
    }
)
"""The intervals by name; `logit` and `xlogit` are the same, which R finds by a regression and directly."""
