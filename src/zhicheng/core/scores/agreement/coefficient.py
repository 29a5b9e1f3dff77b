"""A coefficient of agreement with its error, and errors by leaving out one unit at a time.

>>> found = jackknifed(np.array([1.0, 2.0, 3.0, 4.0]), lambda units: float(units.mean()), level=0.95)
>>> found.value, round(found.error, 4), round(found.interval.low, 3)
(2.5, 0.6455, 0.446)

Source: Tukey 1958, Annals of Mathematical Statistics 29:614; interval by Student's t with n − 1 degrees of
freedom.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.stats import t

from zhicheng.core.estimates.interval import Interval, checked_level
from zhicheng.core.given import Floats
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far judgements agree: 1 fully, 0 as chance would, below 0 less than chance."""

    value: float
    error: float
    """Standard error; 0 if all agree, which leaves nothing to tell it by."""
    interval: Interval


def jackknifed(
    units: Floats, coefficient: Callable[[Floats], float], *, level: float, most: float = np.inf
) -> Agreement:
    """The coefficient of the rows of `units`, n ≥ 3, with the jackknife's error and interval.

    The interval ends at `most`, the largest value that the coefficient can have. Raises Refused.
    """
    checked_level(level)
    total = len(units)
    if total < LEAST_UNITS:
        raise Refused(
            words("{count} units were judged by two or more: {least} or more were expected"),
            count=total,
            least=LEAST_UNITS,
        )
    value = coefficient(units)
    without = np.array([coefficient(np.delete(units, unit, axis=0)) for unit in range(total)])
    error = float(np.sqrt((total - 1) / total * np.sum((without - without.mean()) ** 2)))
    half = float(t.isf((1 - level) / 2, total - 1)) * error
    return Agreement(value, error, Interval(value - half, min(value + half, most), level, "jackknife"))


LEAST_UNITS = 3
"""From fewer units nothing is said about the error."""
