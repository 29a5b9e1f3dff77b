"""Calibration as the search for the minimum of a smooth convex function of as many numbers as there are totals.

Weights nearest to the design's, under known totals, are d·g(x·λ/σ²), where λ minimises

    Σ d σ² G(x·λ/σ²) − T·λ,    G the integral of g

whose gradient is what the weighted sums have too much over the totals T (Deville & Särndal 1992, section 2).

>>> from zhicheng.core.estimates.distances import Raking
>>> ones = np.ones(3)
>>> dual = Dual(ones[:, None], np.array([36.0]), 10 * ones, ones, Raking())
>>> dual.factors(dual.minimised(tolerance=1e-12, most_steps=20)).round(9).tolist()
[1.2, 1.2, 1.2]
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from zhicheng.core.designs import Floats
from zhicheng.core.estimates.distances import Distance

RIDGE = 1e-10
"""Added to the diagonal of 1 of the scaled second derivatives: repeated columns and flat places do no harm."""
MOST_HALVINGS = 40
ENOUGH = 1e-4
"""The share of the promised descent that a step has to bring (Armijo)."""


@dataclass(frozen=True, eq=False)
class Dual:
    """The problem for `columns` (n, p), their `totals` (p), the weights of the `design` (n, 0 or more), σ² (n)."""

    columns: Floats
    totals: Floats
    design: Floats
    spread: Floats
    distance: Distance
    scale: Floats = field(init=False)
    """(p): the length of each column under the design; a total is met to a share of what it makes possible."""

    def __post_init__(self) -> None:
        length = np.sqrt(self.design / self.spread @ self.columns**2)
        object.__setattr__(self, "scale", np.where(length > 0, length, 1.0))

    def factors(self, multipliers: Floats) -> Floats:
        """g for each unit (n), given λ (p)."""
        return self.distance.factor(self._combined(multipliers))

    def sums(self, multipliers: Floats) -> Floats:
        """What the auxiliary variables (p) sum up to under λ."""
        return (self.design * self.factors(multipliers)) @ self.columns

    def shortfall(self, multipliers: Floats) -> Floats:
        """How much is missing to each total (p), as a share of the total or, if larger, of the absolute values.

        For a total of 0 also of the absolute values under the design, as what is left of a class may vanish.
        """
        weights, values = self.design * self.factors(multipliers), np.abs(self.columns)
        size = np.maximum(np.abs(self.totals), np.abs(weights) @ values)
        size = np.where(self.totals == 0, np.maximum(size, self.design @ values), size)
        return (self.totals - weights @ self.columns) / np.where(size > 0, size, 1.0)

    def is_met(self, multipliers: Floats, tolerance: float) -> bool:
        """Whether every total is met to the share `tolerance`."""
        return bool(np.abs(self.shortfall(multipliers)).max() <= tolerance)

    def minimised(self, *, tolerance: float, most_steps: int) -> Floats:
        """λ (p) after at most so many steps of Newton's method from 0; whether it is good enough says `is_met`.

        Steps go on to a thousandth of the tolerance while they help, as the last one costs little.
        """
        multipliers = np.zeros(len(self.totals))
        for _ in range(most_steps):
            if self.is_met(multipliers, tolerance / 1000):
                break
            step = self._step(multipliers)
            if step is None:
                break
            multipliers = multipliers + step
        return multipliers

    def can_be_met(self) -> bool:
        """Whether any weights within the bounds of the distance have the totals, by linear programming."""
        counted = self.design > 0
        low, high = (None if np.isinf(bound) else bound for bound in (self.distance.low, self.distance.high))
        rows = (self.design[:, None] * self.columns / self.scale)[counted].T
        answer = linprog(
            np.zeros(rows.shape[1]), A_eq=rows, b_eq=self.totals / self.scale, bounds=(low, high), method="highs"
        )
        return bool(answer.success)

    def _combined(self, multipliers: Floats) -> Floats:
        return self.columns @ multipliers / self.spread

    def _value(self, multipliers: Floats) -> float:
        integral = self.distance.integral(self._combined(multipliers))
        return float(self.design * self.spread @ integral - self.totals @ multipliers)

    def _step(self, multipliers: Floats) -> Floats | None:
        """The step that Newton's method takes, halved until it helps; None if no step does any more."""
        missing = (self.totals - self.sums(multipliers)) / self.scale
        curvature = self.design / self.spread * self.distance.slope(self._combined(multipliers))
        scaled = self.columns / self.scale
        second = scaled.T @ (curvature[:, None] * scaled) + RIDGE * np.eye(len(missing))
        direction = np.linalg.solve(second, missing)
        descent, start, distance = float(missing @ direction), self._value(multipliers), float(missing @ missing)
        for halving in range(MOST_HALVINGS):
            share = 0.5**halving
            there = multipliers + share * direction / self.scale
            still = (self.totals - self.sums(there)) / self.scale
            # Near the minimum the value no longer tells steps apart; what is missing does.
            if (
                self._value(there) <= start - ENOUGH * share * descent
                or still @ still <= (1 - share / 2) * distance
            ):
                return share * direction / self.scale
        return None
