"""EWMA charts: a moving average with fading memory, which sees small lasting changes that single periods hide.

Each period Z ← (1 − λ)·Z + λ·x, where x is the period's figure. The chart signals when Z leaves centre ±L·σ, where
σ is Z's own deviation: √(λ/(2 − λ)) of that of a figure. A small λ remembers long and sees small shifts; λ = 1 is
Shewhart's chart.

>>> chart = ewma([0.2, 1.1, 0.9, 1.4, 1.2, 1.6], weight=0.2, width=2.962, centre=0, deviation=1)
>>> chart.values.round(2)
array([0.04, 0.25, 0.38, 0.59, 0.71, 0.89])
>>> round(ewma_run_length(0.2, 2.962).mean), round(ewma_run_length(0.2, 2.962, shift=1).mean, 1)
(500, 10.5)

Sources: Roberts 1959, Technometrics 1:239–250; Crowder 1987, Technometrics 29:401–407; Lucas and Saccucci 1990,
Technometrics 32:1–12. Normal measurements are assumed for run lengths; for skew ones small λ are nearly as stated.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhicheng.core.given import Floats, between, finite, positives, same_length, vector
from zhicheng.core.ranking.run_length import RunLength, limit_for, normal_ewma, opening_ewma
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


@dataclass(frozen=True, slots=True)
class Ewma:
    """The averages of n periods and their limits, in the figures' unit; shape (n,) each."""

    values: Floats
    centre: float
    lower: Floats
    upper: Floats

    @property
    def signals(self) -> npt.NDArray[np.bool_]:
        """Which periods lie beyond a limit."""
        return np.asarray((self.values < self.lower) | (self.values > self.upper))


def ewma(
    figures: npt.ArrayLike,
    *,
    weight: float,
    width: float,
    centre: float,
    deviation: npt.ArrayLike,
    steady: bool = True,
) -> Ewma:
    """The chart of n `figures` around `centre`, each with a standard `deviation` (above 0; one for all, or (n,)).

    `weight` is λ, above 0 up to 1; `width` is L, above 0. With `steady` the limits are those of a long run, for
    which `ewma_run_length` holds; otherwise they are narrower at the start, as in the R package qcc
    (`opening_run_length`), which signals an early change sooner and, early on, falsely more often. If deviations
    differ, as months have more or fewer tests, limits follow the variance that the average then has,
    v ← (1 − λ)²·v + λ²·s²; run lengths are those of equal ones. Raises Refused.
    """
    figure = vector("figures", figures)
    _check(weight, width)
    spread = positives("deviation", deviation)
    if len(spread) == 1:
        spread = np.repeat(spread, len(figure))
    same_length("figures", figure, "deviation", spread)
    values, half = np.empty_like(figure), np.empty_like(figure)
    average, variance = finite("centre", centre), (weight / (2 - weight) * spread[0] ** 2 if steady else 0.0)
    for place, (value, own) in enumerate(zip(figure, spread, strict=True)):
        average += weight * (value - average)
        variance = (1 - weight) ** 2 * variance + weight**2 * own**2
        values[place], half[place] = average, width * np.sqrt(variance)
    return Ewma(values, float(centre), centre - half, centre + half)


def ewma_run_length(weight: float, width: float, *, shift: float = 0.0) -> RunLength:
    """Periods to the first signal with steady limits if the mean lies `shift` deviations off the centre.

    With no shift it is the time to a false alarm. `weight` from 0.02 to 1. Raises Refused.
    """
    _check_computable(weight, width)
    finite("shift", shift)
    return normal_ewma(weight, width * np.sqrt(weight / (2 - weight)), shift)


def opening_run_length(weight: float, width: float, *, shift: float = 0.0) -> float:
    """The mean run length with limits that open up at the start, `steady=False`. Raises Refused.

    >>> round(opening_run_length(0.2, 2.962), 1), round(ewma_run_length(0.2, 2.962).mean, 1)
    (494.4, 499.7)
    """
    _check_computable(weight, width)
    finite("shift", shift)
    return opening_ewma(weight, width * np.sqrt(weight / (2 - weight)), shift)


def ewma_width(weight: float, run_length: float) -> float:
    """The width L at which false alarms come every `run_length` periods on average (above 1). Raises Refused.

    >>> round(ewma_width(0.1, 500), 3)
    2.814
    """
    return limit_for(lambda width: ewma_run_length(weight, width).mean, run_length, widest=WIDEST)


LEAST_WEIGHT = 0.02
"""Below, the average hardly moves and the integral equation would need more nodes."""
WIDEST = 5.0
"""Widths looked through: at five standard deviations a false alarm comes every 1.7 million periods."""


def _check_computable(weight: float, width: float) -> None:
    _check(weight, width)
    if weight < LEAST_WEIGHT:
        raise Refused(
            words("A run length is computed for a weight of {least} or more, not {weight}"),
            least=LEAST_WEIGHT,
            weight=weight,
        )


def _check(weight: float, width: float) -> None:
    if not 0 < weight <= 1:
        raise Refused(words("“weight” is {weight}: above 0 and up to 1 was expected"), weight=weight)
    between("width", width, 0, np.inf)
