"""A proportion in a simple random sample of independent units: `successes` out of `trials`, and its interval.

Which method:

- `WILSON`, unless something speaks for another: its coverage is near the level for every sample size and
  proportion.
- `CLOPPER_PEARSON` where the level must never be missed, as when a company contests the figure; wider for it.
- `JEFFREYS` for one-sided bounds, whose error it shares evenly between the ends.
- `WALD` only to compare with old tables: it is too short for proportions near 0 and 1, and has no width at 0 of n.

The same rules hold for all. Nothing observed (0 trials) says nothing: the interval is [0, 1]. No end lies outside
[0, 1]; what Wald and Agresti–Coull would put there is cut off. No success has the lower end 0, and nothing but
successes the upper end 1. Intervals of one sample grow with the level, and ends with the successes (of `LOGIT` at
levels above 0.98 not quite, beside 0 and n). A one-sided bound of level c is that end of the interval of level
2c − 1.

Samples with strata, clusters or unequal weights need the intervals that know the design. Draws from a small lot
need `zhicheng.core.estimates.lots`.

The beta quantiles are SciPy's; its `binomtest` gives Wilson (both) and Clopper–Pearson too, one proportion at a
time and by root finding, and the tests hold these against it.

>>> interval = proportion_interval(15, 148)
>>> f"{interval.low:.4f}–{interval.high:.4f}", interval.level, interval.method
('0.0624–0.1605', 0.95, 'wilson')
>>> low, high = proportion_bounds([0, 3, 29], [20, 12, 29], method=Method.CLOPPER_PEARSON)
>>> [f"{a:.4f}–{b:.4f}" for a, b in zip(low, high)]
['0.0000–0.1684', '0.0549–0.5719', '0.8806–1.0000']
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainccinv, betaincinv, expit, logit

from zhicheng.core.choices import named
from zhicheng.core.designs import Floats
from zhicheng.core.estimates.interval import Interval, IntervalError, checked_level, normal_quantile
from zhicheng.core.given import numbers
from zhicheng.core.words import words

Bounds = tuple[Floats, Floats]


class Method(StrEnum):
    """How an interval of a binomial proportion is found; the docstring of each says whose it is."""

    WILSON = "wilson"
    """Every proportion that the score test does not reject. Wilson 1927, JASA 22:209."""
    WILSON_CORRECTED = "wilson_corrected"
    """Wilson with continuity correction, nearly as wide as Clopper–Pearson. Newcombe 1998, Stat Med 17:857."""
    CLOPPER_PEARSON = "clopper_pearson"
    """Every proportion that neither tail of the binomial test rejects. Clopper & Pearson 1934, Biometrika 26."""
    JEFFREYS = "jeffreys"
    """Equal tails of the posterior after the prior Beta(½, ½). Brown, Cai & DasGupta 2001, Stat Sci 16:101."""
    AGRESTI_COULL = "agresti_coull"
    """Wald after adding z²/2 successes and as many failures. Agresti & Coull 1998, Am Stat 52:119."""
    LOGIT = "logit"
    """Wald on the scale of log odds; at 0 of n and n of n, which have none, Clopper–Pearson. R's binom.logit."""
    WALD = "wald"
    """p ± z√(p(1−p)/n), of the oldest tables."""


def proportion_interval(
    successes: int, trials: int, *, level: float = 0.95, method: str = Method.WILSON
) -> Interval:
    """The interval of one proportion: `successes` (0 to `trials`) out of `trials` (0 or more).

    `method` is a `Method` or its text. Raises IntervalError for counts that are no such counts, a level that is
    not between 0 and 1, and a method that is none.

    >>> proportion_interval(0, 0).width
    1.0
    """
    low, high = proportion_bounds(successes, trials, level=level, method=method)
    return Interval(float(low), float(high), level, str(method))


def proportion_bounds(
    successes: ArrayLike, trials: ArrayLike, *, level: float = 0.95, method: str = Method.WILSON
) -> Bounds:
    """Lower and upper ends for many proportions at once, such as one a county; counts as in `proportion_interval`.

    `successes` and `trials` may have any shapes that broadcast; both ends have the common shape.

    >>> proportion_bounds([1, 7], 5)
    Traceback (most recent call last):
    zhicheng.core.estimates.interval.IntervalError: 7 successes out of 5; expected whole numbers, from 0 \
to the trials
    """
    checked_level(level)
    interval = _METHODS[named(Method, "method", method, IntervalError)]
    k, n = checked_counts(successes, trials)
    observed = n > 0
    low, high = interval(k, np.where(observed, n, 1.0), level)
    return np.where(observed, np.clip(low, 0.0, 1.0), 0.0), np.where(observed, np.clip(high, 0.0, 1.0), 1.0)


def checked_counts(successes: ArrayLike, trials: ArrayLike) -> tuple[Floats, Floats]:
    """Both counts as arrays of one shape. Raises IntervalError for the first that is none or above its trials."""
    counted = (numbers("successes", successes, IntervalError), numbers("trials", trials, IntervalError))
    k, n = np.broadcast_arrays(*counted)
    wrong = ~((k >= 0) & (k <= n) & (k == np.floor(k)) & (n == np.floor(n)) & np.isfinite(n))
    if wrong.any():
        first = np.unravel_index(np.argmax(wrong), wrong.shape)
        raise IntervalError(
            words("{successes:g} successes out of {trials:g}; expected whole numbers, from 0 to the trials"),
            successes=float(k[first]),
            trials=float(n[first]),
        )
    return k, n


def _wilson(k: Floats, n: Floats, level: float) -> Bounds:
    z = normal_quantile(level)
    centre = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * np.sqrt(k * (n - k) / n + z * z / 4)
    return np.where(k == 0, 0.0, centre - half), np.where(k == n, 1.0, centre + half)


def _wilson_corrected(k: Floats, n: Floats, level: float) -> Bounds:
    z = normal_quantile(level)
    p, q = k / n, (n - k) / n
    below = z * np.sqrt(np.maximum(z * z - 2 - 1 / n + 4 * p * (n * q + 1), 0.0))
    above = z * np.sqrt(np.maximum(z * z + 2 - 1 / n + 4 * p * (n * q - 1), 0.0))
    low = (2 * k + z * z - 1 - below) / (2 * (n + z * z))
    high = (2 * k + z * z + 1 + above) / (2 * (n + z * z))
    return np.where(k == 0, 0.0, low), np.where(k == n, 1.0, high)


def _clopper_pearson(k: Floats, n: Floats, level: float) -> Bounds:
    return _beta_tails(k, n - k + 1, k + 1, n - k, level)


def _jeffreys(k: Floats, n: Floats, level: float) -> Bounds:
    low, high = _beta_tails(k + 0.5, n - k + 0.5, k + 0.5, n - k + 0.5, level)
    return np.where(k == 0, 0.0, low), np.where(k == n, 1.0, high)


def _beta_tails(a_low: Floats, b_low: Floats, a_high: Floats, b_high: Floats, level: float) -> Bounds:
    """Quantiles of two beta distributions that cut off half of the error each; one without mass is 0 or 1."""
    tail = (1 - level) / 2
    low = betaincinv(np.where(a_low > 0, a_low, 1.0), b_low, tail)
    high = betainccinv(a_high, np.where(b_high > 0, b_high, 1.0), tail)
    return np.where(a_low > 0, low, 0.0), np.where(b_high > 0, high, 1.0)


def _agresti_coull(k: Floats, n: Floats, level: float) -> Bounds:
    z = normal_quantile(level)
    return _wald(k + z * z / 2, n + z * z, level)


def _logit(k: Floats, n: Floats, level: float) -> Bounds:
    inside = (k > 0) & (k < n)
    m = np.where(inside, n, 2.0)
    j = np.where(inside, k, 1.0)
    centre, half = logit(j / m), normal_quantile(level) * np.sqrt(m / (j * (m - j)))
    low, high = _clopper_pearson(k, n, level)
    return np.where(inside, expit(centre - half), low), np.where(inside, expit(centre + half), high)


def _wald(k: Floats, n: Floats, level: float) -> Bounds:
    p = k / n
    half = normal_quantile(level) * np.sqrt(p * (1 - p) / n)
    return p - half, p + half


_METHODS: dict[Method, Callable[[Floats, Floats, float], Bounds]] = {
    Method.WILSON: _wilson,
    Method.WILSON_CORRECTED: _wilson_corrected,
    Method.CLOPPER_PEARSON: _clopper_pearson,
    Method.JEFFREYS: _jeffreys,
    Method.AGRESTI_COULL: _agresti_coull,
    Method.LOGIT: _logit,
    Method.WALD: _wald,
}
