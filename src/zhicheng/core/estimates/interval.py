"""An interval around a figure: between which values the truth lies, how surely, and by which method.

>>> interval = Interval(0.12, 0.31, level=0.95, method="wilson")
>>> 0.2 in interval, 0.4 in interval, round(interval.width, 2)
(True, False, 0.19)
"""

from dataclasses import dataclass

from scipy.special import ndtri

from zhicheng.core.given import number, shown
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class IntervalError(Refused):
    """An interval was asked for that cannot be given."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included, in the unit of the figure.

    `level` is the share of samples, between 0 and 1, whose interval by this `method` holds the truth; how
    nearly a method keeps to it is said where the method is. Raises IntervalError if the ends are crossed or
    not numbers, or the level is no level.
    """

    low: float
    high: float
    level: float
    method: str

    def __post_init__(self) -> None:
        checked_level(self.level)
        if not self.low <= self.high:
            raise IntervalError(
                words("An interval from {low} to {high}; expected two numbers, the lower one first"),
                low=self.low,
                high=self.high,
            )

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def width(self) -> float:
        """How far the ends are apart."""
        return self.high - self.low


def checked_level(level: float) -> float:
    """The level itself, if it is one: more than 0 and less than 1. Otherwise raises IntervalError.

    >>> checked_level(95)
    Traceback (most recent call last):
    zhicheng.core.estimates.interval.IntervalError: A confidence level of 95; expected more than 0 and less \
than 1, like 0.95
    """
    share = number(level)
    if not 0 < share < 1:
        raise IntervalError(
            words("A confidence level of {level}; expected more than 0 and less than 1, like 0.95"),
            level=shown(level),
        )
    return share


def normal_quantile(level: float) -> float:
    """How many standard errors to each side make a two-sided normal interval of this level.

    >>> round(normal_quantile(0.95), 4)
    1.96
    """
    return float(-ndtri((1 - checked_level(level)) / 2))
