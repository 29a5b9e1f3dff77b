"""How far calibrated weights may move, and what moving costs: the distances of Deville and Särndal.

A calibrated weight is the design weight times g, and g depends on one number for each unit, u, a combination of
its auxiliary variables. Deville & Särndal 1992, Journal of the American Statistical Association 87:376, cases 1,
2, 6, 7.

>>> Linear().factor(np.array([-3.0, 0.0, 0.5])).tolist()
[-2.0, 1.0, 1.5]
>>> Logit(0.5, 2.0).factor(np.array([-50.0, 0.0, 50.0])).round(6).tolist()
[0.5, 1.0, 2.0]
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, log
from types import MappingProxyType
from typing import Protocol

import numpy as np
from scipy.special import expit

from zhicheng.core.designs import Floats
from zhicheng.core.estimates.margins import CalibrationError
from zhicheng.core.words import words


class Distance(Protocol):
    """What calibration asks of a distance; `low` ≤ 1 ≤ `high` are the least and the greatest g."""

    @property
    def low(self) -> float:
        """The least that a weight is multiplied by."""

    @property
    def high(self) -> float:
        """The most that a weight is multiplied by."""

    def factor(self, u: Floats) -> Floats:
        """g, which is 1 at 0 and does not fall with u."""

    def slope(self, u: Floats) -> Floats:
        """The derivative of g."""

    def integral(self, u: Floats) -> Floats:
        """The integral of g from 0 to u: calibration is the search for the minimum of a sum of these."""


@dataclass(frozen=True, slots=True)
class Linear:
    """g = 1 + u: the generalised regression estimator (GREG). Without bounds weights may turn out negative.

    With bounds g is cut off at them, which is R's `calfun="linear"` with `bounds`.
    """

    low: float = -inf
    high: float = inf

    def __post_init__(self) -> None:
        _check_bounds(self.low, self.high, -inf)

    def factor(self, u: Floats) -> Floats:
        """1 + u, cut off at the bounds."""
        return np.clip(1 + u, self.low, self.high)

    def slope(self, u: Floats) -> Floats:
        """1 between the bounds and 0 at them."""
        return ((self.low < 1 + u) & (1 + u < self.high)).astype(np.float64)

    def integral(self, u: Floats) -> Floats:
        """A parabola between the bounds, continued as straight lines."""
        g = self.factor(u)
        return (g * g - 1) / 2 + g * (1 + u - g)


@dataclass(frozen=True, slots=True)
class Raking:
    """g = exp(u): weights stay positive; with indicators of margins the same as iterative proportional fitting."""

    low: float = 0.0
    high: float = inf

    def __post_init__(self) -> None:
        _check_bounds(self.low, self.high, 0.0)

    def factor(self, u: Floats) -> Floats:
        """exp(u), cut off at the bounds."""
        return np.clip(np.exp(np.minimum(u, _LARGEST_EXPONENT)), self.low, self.high)

    def slope(self, u: Floats) -> Floats:
        """exp(u) between the bounds and 0 at them."""
        g = np.exp(np.minimum(u, _LARGEST_EXPONENT))
        return np.where((self.low < g) & (g < self.high), g, 0.0)

    def integral(self, u: Floats) -> Floats:
        """exp(u) − 1 between the bounds, continued as straight lines."""
        least = log(self.low) if self.low > 0 else -inf
        most = min(log(self.high), _LARGEST_EXPONENT) if self.high < inf else _LARGEST_EXPONENT
        return self.factor(u) * (1 + u - np.clip(u, least, most)) - 1


@dataclass(frozen=True, slots=True)
class Logit:
    """g runs smoothly from `low` (below 1) to `high` (above 1, finite) and reaches neither."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _check_bounds(self.low, self.high, -inf)
        if not -inf < self.low < self.high < inf:
            raise CalibrationError(
                words("Bounds of {low} and {high} for the logit distance; expected finite ones"),
                low=self.low,
                high=self.high,
            )

    def factor(self, u: Floats) -> Floats:
        """`low` plus a share of the way to `high`."""
        return self.low + (self.high - self.low) * self._share(u)

    def slope(self, u: Floats) -> Floats:
        """Greatest where half of the way is done."""
        share = self._share(u)
        return (self.high - self.low) * self._steepness * share * (1 - share)

    def integral(self, u: Floats) -> Floats:
        """A line of slope `low` that bends into one of slope `high`."""
        bend: Floats = np.logaddexp(0, self._steepness * u + self._start) - np.logaddexp(0, self._start)
        return self.low * u + (self.high - self.low) / self._steepness * bend

    def _share(self, u: Floats) -> Floats:
        """How much (0 to 1) of the way from `low` to `high` is done."""
        return np.asarray(expit(self._steepness * u + self._start), dtype=np.float64)

    @property
    def _steepness(self) -> float:
        """Makes the slope 1 where u is 0, as for the other distances."""
        return (self.high - self.low) / ((1 - self.low) * (self.high - 1))

    @property
    def _start(self) -> float:
        """Makes g 1 where u is 0."""
        return log((1 - self.low) / (self.high - 1))


_LARGEST_EXPONENT = 100.0
"""Beyond it g stays the same, so that squares of sums do not overflow; no weight is multiplied by 10⁴³."""


def _check_bounds(low: float, high: float, least: float) -> None:
    if not least <= low < 1 < high:
        raise CalibrationError(
            words(
                "Bounds of {low} and {high} for calibrated weights; expected one from {least} to below 1 and one "
                "above 1"
            ),
            low=low,
            high=high,
            least=least,
        )


NAMED: Mapping[str, Distance] = MappingProxyType({"linear": Linear(), "raking": Raking()})
"""The distances that need no bounds, by name."""


def distance_named(distance: Distance | str) -> Distance:
    """The distance of that name, or the one given. Raises CalibrationError for another name and for a class.

    >>> distance_named("raking")
    Raking(low=0.0, high=inf)
    """
    found = NAMED.get(distance) if isinstance(distance, str) else distance
    if found is None or isinstance(found, type) or not hasattr(found, "factor"):
        raise CalibrationError(
            words("“{name}” is “{value}”; expected one of {names}"),
            name="distance",
            value=distance,
            names=", ".join((*NAMED, "Linear(low, high)", "Raking(low, high)", "Logit(low, high)")),
        )
    return found
