"""CUSUM charts of failures: of whole counts per period (Poisson) or of single tests, failed or not (Bernoulli).

Counts are skew and whole, so limits of the normal chart do not hold for them. Here the sum stands on a grid,
S ← max(0, S + step·x − reference), and its run length is exact. The allowance is the one of the likelihood ratio
between the usual level and the raised one that is to be seen quickly; the limit is the smallest whose false
alarms are rarer than demanded.

>>> chart = poisson_cusum(2.0, 4.0, 200)
>>> chart.step, chart.reference, chart.limit, round(chart.false_alarms.mean)
(1, 3, 6, 412)
>>> chart.sums([3, 1, 5, 6, 4, 7]), chart.first_signal([3, 1, 5, 6, 4, 7])
(array([ 0,  0,  2,  5,  6, 10]), 5)

Sources: Lucas 1985, “Counted data CUSUM's”, Technometrics 27:129–144; Reynolds and Stoumbos 1999, “A CUSUM chart
for monitoring a proportion when inspecting continuously”, Journal of Quality Technology 31:87–108; Brook and Evans
1972, Biometrika 59:539–549. Periods of equal size are assumed: a quantity whose exposure varies belongs on a u
chart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.stats import poisson

from zhicheng.core.given import Floats, between, whole
from zhicheng.core.ranking.run_length import LONGEST, RunLength, grid_cusum
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Whole = npt.NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class CountCusum:
    """A chart on whole numbers: S ← max(0, S + step·x − reference) signals when it reaches `limit` (1 or more)."""

    step: int
    reference: int
    limit: int
    usual: float
    """Failures per period, or the chance of a failure per test, while nothing has changed."""
    chances: Callable[[float], Floats]
    """The chances of 0, 1, 2, … failures at a level."""

    def sums(self, failures: npt.ArrayLike) -> Whole:
        """The sum after each of n periods or tests, shape (n,). Raises Refused for a count that is not whole."""
        found = whole("failures", failures)
        sums, total = np.empty(len(found), dtype=np.int_), 0
        for place, failed in enumerate(found.astype(int)):
            total = max(0, total + self.step * int(failed) - self.reference)
            sums[place] = total
        return sums

    def first_signal(self, failures: npt.ArrayLike) -> int | None:
        """The first period or test at which the limit is reached, counted from 1; None if it never is."""
        places = np.flatnonzero(self.sums(failures) >= self.limit)
        return int(places[0]) + 1 if len(places) else None

    def run_length(self, level: float) -> RunLength:
        """Periods or tests to the first signal while failures come at `level` (above 0). Raises Refused."""
        between("level", level, 0, np.inf)
        return grid_cusum(self.chances(level), self.step, self.reference, self.limit, 0)

    @property
    def false_alarms(self) -> RunLength:
        """Periods or tests to the first signal while nothing has changed."""
        return self.run_length(self.usual)


def poisson_cusum(usual: float, raised: float, run_length: float) -> CountCusum:
    """A chart of failures per period that sees a rise from `usual` to `raised` (above it).

    False alarms come every `run_length` periods or more (above 1). The allowance (raised −
    usual)/ln(raised/usual) is brought to a simple fraction nearby. Raises Refused.
    """
    between("usual", usual, 0, np.inf)
    between("raised", raised, usual, np.inf)
    allowance = (raised - usual) / np.log(raised / usual)
    too_small = words("A rise from {usual} to {raised} is too small for a chart of whole counts")
    step, reference = _fraction(allowance, usual, raised, too_small)
    return _with_limit(CountCusum(step, reference, 1, usual, _poisson_chances), run_length)


def bernoulli_cusum(usual: float, raised: float, run_length: float) -> CountCusum:
    """A chart of tests one by one that sees a rise of the share that fails from `usual` to `raised`, both 0 to 1.

    False alarms come every `run_length` tests or more (above 1). Each failure adds `step` and each test takes 1
    off, where 1/step is the likelihood ratio's allowance, brought to the nearest whole step; where failures are
    not rare it is brought to a simple fraction nearby, as in `poisson_cusum`. Raises Refused.

    >>> chart = bernoulli_cusum(0.01, 0.03, 5000)
    >>> chart.step, chart.limit, round(chart.false_alarms.mean), round(chart.run_length(0.03).mean)
    (55, 176, 5018, 227)
    """
    between("usual", usual, 0, 1)
    between("raised", raised, usual, 1)
    failing, passing = np.log(raised / usual), np.log((1 - usual) / (1 - raised))
    step = round(float((failing + passing) / passing))
    reference = 1
    if not usual < 1 / step < raised:
        too_small = words("A rise from {usual} to {raised} is too small for a chart of single tests")
        step, reference = _fraction(float(passing / (failing + passing)), usual, raised, too_small)
    return _with_limit(CountCusum(step, reference, 1, usual, _bernoulli_chances), run_length)


LARGEST_LIMIT = 2000
"""The highest limit that is looked at: the chain then has as many places."""
FINEST_STEP = 50
"""The finest grid for a Poisson chart: fiftieths of a failure."""


def _with_limit(chart: CountCusum, run_length: float) -> CountCusum:
    """The chart with the smallest limit whose run length is at least `run_length`, found by halving."""
    between("run_length", run_length, 1, LONGEST)

    @lru_cache
    def mean(limit: int) -> float:
        return grid_cusum(chart.chances(chart.usual), chart.step, chart.reference, limit, 0).mean

    high = 1
    while mean(high) < run_length:
        if high == LARGEST_LIMIT:
            raise Refused(
                words("A mean run length of {wanted} needs a limit above {most}: ask for a larger rise"),
                wanted=round(run_length),
                most=LARGEST_LIMIT,
            )
        high = min(2 * high, LARGEST_LIMIT)
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if mean(middle) >= run_length else (middle, high)
    return CountCusum(chart.step, chart.reference, high, chart.usual, chart.chances)


def _fraction(allowance: float, usual: float, raised: float, too_small: str) -> tuple[int, int]:
    """The simplest fraction (denominator, numerator) near the allowance and between the levels. Raises Refused,
    with the message `too_small`, if there is none."""
    for step in range(1, FINEST_STEP + 1):
        reference = round(allowance * step)
        near = abs(reference / step - allowance) <= CLOSE * (raised - usual)
        if near and usual < reference / step < raised:
            return step, reference
    raise Refused(too_small, usual=usual, raised=raised)


CLOSE = 0.1
"""How far from the allowance of the likelihood ratio a simpler one may lie, as a share of the rise."""


def _poisson_chances(level: float) -> Floats:
    most = int(poisson.isf(1e-15, level)) + 1
    return np.asarray(poisson.pmf(np.arange(most + 1), level), dtype=np.float64)


def _bernoulli_chances(level: float) -> Floats:
    return np.array([1 - level, level])
