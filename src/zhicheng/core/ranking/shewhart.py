"""Charts of proportions and counts over time: p, u and c, with the false-alarm rate that their limits have.

The centre is the mean of all periods and the limits lie three standard errors around it. That “three sigma” means
one false alarm in 370 holds for measurements; counts are skew, so the chance is computed for each period from
the binomial or Poisson distribution at the centre.

>>> chart = p_chart([3, 5, 2, 14, 4], [50, 50, 50, 50, 50])
>>> round(chart.centre, 3), chart.outside
(0.112, array([False, False, False,  True, False]))
>>> round(chart.false_alarm_rate, 4)
0.0028

Sources: Shewhart 1931; Montgomery, Introduction to Statistical Quality Control, chapter 7; limits as in the R
package qcc, the centre known from elsewhere as an option.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import binom, poisson

from zhicheng.core.given import Floats, at_most, between, counts, positives, same_length
from zhicheng.core.ranking.limits import Limits

SIGMAS = 3.0
"""How many standard errors the limits lie from the centre unless said otherwise."""


@dataclass(frozen=True, slots=True)
class Chart:
    """n periods; arrays of shape (n,)."""

    figures: Floats
    centre: float
    lower: Floats
    upper: Floats
    chances: Floats
    """The chance of each period to lie outside its limits although nothing has changed."""

    @property
    def outside(self) -> npt.NDArray[np.bool_]:
        """Which periods lie beyond a limit; a hair is allowed, as a count may lie exactly on one."""
        return np.asarray(Limits(self.lower, self.upper).position(self.figures) != 0)

    @property
    def false_alarm_rate(self) -> float:
        """False alarms to expect per period."""
        return float(self.chances.mean())

    @property
    def periods_to_false_alarm(self) -> float:
        """How many periods pass on average between two of them; infinite if none can occur."""
        rate = self.false_alarm_rate
        return 1 / rate if rate else float("inf")


def p_chart(
    cases: npt.ArrayLike, sizes: npt.ArrayLike, *, centre: float | None = None, sigmas: float = SIGMAS
) -> Chart:
    """Proportions: `cases` (whole, 0 to size) among `sizes` (whole, above 0) in each period. Raises Refused."""
    count, size = counts("cases", cases), positives("sizes", sizes)
    same_length("cases", count, "sizes", size)
    at_most("cases", count, "sizes", size)
    middle = float(count.sum() / size.sum()) if centre is None else between("centre", centre, 0, 1)
    half = between("sigmas", sigmas, 0, np.inf) * np.sqrt(middle * (1 - middle) / size)
    lower, upper = np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)
    return Chart(count / size, middle, lower, upper, _chances(binom(size, middle), lower * size, upper * size))


def u_chart(
    cases: npt.ArrayLike, sizes: npt.ArrayLike, *, centre: float | None = None, sigmas: float = SIGMAS
) -> Chart:
    """Cases per unit of `sizes` (above 0): defects per home, complaints per 10,000 residents. Raises Refused."""
    count, size = counts("cases", cases), positives("sizes", sizes)
    same_length("cases", count, "sizes", size)
    middle = float(count.sum() / size.sum()) if centre is None else between("centre", centre, 0, np.inf)
    half = between("sigmas", sigmas, 0, np.inf) * np.sqrt(middle / size)
    lower, upper = np.maximum(middle - half, 0), middle + half
    return Chart(count / size, middle, lower, upper, _chances(poisson(middle * size), lower * size, upper * size))


def c_chart(cases: npt.ArrayLike, *, centre: float | None = None, sigmas: float = SIGMAS) -> Chart:
    """Counts of periods of one size. Raises Refused.

    >>> c_chart([8, 12, 9, 11]).upper.round(2)
    array([19.49, 19.49, 19.49, 19.49])
    """
    count = counts("cases", cases)
    return u_chart(count, np.ones_like(count), centre=centre, sigmas=sigmas)


def _chances(distribution: Any, lower: Floats, upper: Floats) -> Floats:
    """P(below lower) + P(above upper) of whole counts; a hair is allowed for counts exactly on a limit."""
    hair = 1e-9
    below = distribution.cdf(np.ceil(lower - hair) - 1)
    return np.asarray(below + distribution.sf(np.floor(upper + hair)), dtype=np.float64)
