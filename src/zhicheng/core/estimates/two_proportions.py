"""Two proportions of independent samples: how far they are apart, and whether chance would do as much.

>>> interval = difference_interval(56, 70, 48, 80)
>>> f"{interval.low:.4f} to {interval.high:.4f}"
'0.0524 to 0.3339'
>>> round(fisher_exact_p(56, 70, 48, 80), 4)
0.0125
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import fisher_exact

from zhicheng.core.designs import Floats
from zhicheng.core.estimates.interval import Interval
from zhicheng.core.estimates.proportions import Bounds, Method, checked_counts, proportion_bounds


def difference_interval(
    successes: int, trials: int, other_successes: int, other_trials: int, *, level: float = 0.95
) -> Interval:
    """The interval of the first proportion minus the second; its ends lie in [−1, 1].

    Counts as in `proportion_interval`; raises IntervalError as it does. Where a sample is empty, its proportion
    may be anything: with none in either, the interval is [−1, 1], and with none in one it is as wide as the other
    sample allows.

    Source: Newcombe 1998, Statistics in Medicine 17:873, method 10 (score, without continuity correction).

    >>> difference_interval(0, 0, 0, 0)
    Interval(low=-1.0, high=1.0, level=0.95, method='newcombe')
    """
    low, high = difference_bounds(successes, trials, other_successes, other_trials, level=level)
    return Interval(float(low), float(high), level, "newcombe")


def difference_bounds(
    successes: ArrayLike,
    trials: ArrayLike,
    other_successes: ArrayLike,
    other_trials: ArrayLike,
    *,
    level: float = 0.95,
) -> Bounds:
    """Lower and upper ends of many differences at once; arrays of any shapes that broadcast.

    >>> low, high = difference_bounds([9, 6], [10, 7], [3, 2], [10, 7])
    >>> [f"{a:.4f}–{b:.4f}" for a, b in zip(low, high)]
    ['0.1705–0.8090', '0.0582–0.8062']
    """
    k, n = checked_counts(successes, trials)
    j, m = checked_counts(other_successes, other_trials)
    low, high = proportion_bounds(k, n, level=level, method=Method.WILSON)
    other_low, other_high = proportion_bounds(j, m, level=level, method=Method.WILSON)
    p, q = _share(k, n), _share(j, m)
    parted = (n > 0) & (m > 0)
    down = np.where(parted, np.hypot(p - low, other_high - q), (p - low) + (other_high - q))
    up = np.where(parted, np.hypot(high - p, q - other_low), (high - p) + (q - other_low))
    return np.maximum(p - q - down, -1.0), np.minimum(p - q + up, 1.0)


def fisher_exact_p(successes: int, trials: int, other_successes: int, other_trials: int) -> float:
    """How often chance alone parts two samples of these sizes at least as improbably, given all successes
    together.

    Two-sided: every table no more probable than this one counts. SciPy's `fisher_exact`, which is exact and as R's
    `fisher.test`. Counts as in `proportion_interval`; raises IntervalError as it does. Source: Fisher 1935,
    Journal of the Royal Statistical Society 98:39.

    >>> fisher_exact_p(0, 10, 0, 20)
    1.0
    """
    k, n = checked_counts(successes, trials)
    j, m = checked_counts(other_successes, other_trials)
    table = np.array([[k, n - k], [j, m - j]]).astype(np.int64)
    return float(fisher_exact(table).pvalue)


def _share(k: Floats, n: Floats) -> Floats:
    """The observed proportion; where nothing was observed any will do, as its interval is [0, 1]."""
    return np.where(n > 0, k / np.where(n > 0, n, 1.0), 0.0)
