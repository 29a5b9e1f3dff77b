"""Variances from the chances that two units are drawn together, when chances are unequal.

The sum of influence values t of the units drawn has the variance estimated by Horvitz and Thompson (1952)

    Σ_i Σ_j Δ_ij t_i t_j,    Δ_ij = (π_ij − π_i π_j) / π_ij,  π_ii = π_i,

or, of a fixed number of units, by Yates and Grundy (1953) and Sen (1953), −½ Σ_i Σ_j Δ_ij (t_i − t_j)². With the
joint probabilities π_ij known, Δ is a matrix; Hartley and Rao (1962) and Overton approximate it from the single
ones, by numbers that depend on i and j one after the other, so that no matrix is needed.

>>> drawn = Separable.hartley_rao(np.array([0.2, 0.5, 0.3]), (np.zeros(3, dtype=np.intp), 1))
>>> Pairs(np.arange(3), drawn, Form.YATES_GRUNDY).covariance(np.array([[4.0], [5.0], [6.0]])).round(6)
array([[2.25]])
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

from zhicheng.core.designs.columns import Codes, DesignError, Floats
from zhicheng.core.designs.stage import sums
from zhicheng.core.words import words


class Form(StrEnum):
    """Which of the two estimators of the same variance."""

    HORVITZ_THOMPSON = "horvitz-thompson"
    YATES_GRUNDY = "yates-grundy"


class Dependence(Protocol):
    """The matrix Δ (U, U), as far as a variance needs it."""

    def times(self, totals: Floats) -> Floats:
        """Δ times `totals` (U, k)."""
        ...


@dataclass(frozen=True, eq=False)
class Known:
    """Δ written out (U, U)."""

    delta: Floats

    @classmethod
    def of(cls, joint: Floats, tolerance: float = 1e-4) -> "Known":
        """Δ from the joint probabilities (U, U), which have the single ones on the diagonal.

        Entries nearer to 0 than `tolerance` are taken as 0, as R's `ppsmat` does by the same default. Raises
        DesignError for a matrix that is not square, not symmetric, or outside 0 < π_ij ≤ π_i.
        """
        if joint.ndim != 2 or joint.shape[0] != joint.shape[1]:
            raise DesignError(
                words("joint probabilities have the shape {shape}; expected a square"), shape=joint.shape
            )
        single = np.diag(joint)
        fits = (joint > 0) & (joint <= single + 1e-12) & (joint <= 1) & np.isclose(joint, joint.T)
        if not fits.all():
            row, column = divmod(int(np.argmin(fits)), len(joint))
            raise DesignError(
                words("units {row} and {column} are drawn together with probability {value}; expected {limits}"),
                row=row,
                column=column,
                value=float(joint[row, column]),
                limits=f"0 < π ≤ {float(min(single[row], single[column]))}",
            )
        delta = (joint - np.outer(single, single)) / joint
        delta[np.abs(delta) < tolerance] = 0
        return cls(delta)

    def times(self, totals: Floats) -> Floats:
        """Δ times `totals` (U, k)."""
        return self.delta @ totals


@dataclass(frozen=True, eq=False)
class Separable:
    """Δ_ij = constant_h + slope_i + slope_j for two units of stratum h, 0 across strata, and a diagonal."""

    stratum: Codes
    constant: Floats
    slope: Floats
    diagonal: Floats

    @classmethod
    def hartley_rao(
        cls, single: Floats, strata: tuple[Codes, int], mean_square: Floats | None = None
    ) -> "Separable":
        """The approximation of Hartley and Rao from the single probabilities π (U,) of the units.

        Δ_ij = 1 − (n − π_i − π_j + q)/(n − 1), where q is Σπ²/n over the population of the stratum:
        `mean_square` (H,) if it is known, else the mean of π in the sample. R's survey 4.1-1 takes Δ_ij as 0 for
        two units whose probabilities add up to exactly 1; there is no reason to, and it is not done here.
        """
        size = np.bincount(strata[0], minlength=strata[1]).astype(np.float64)
        if mean_square is None:
            mean_square = np.bincount(strata[0], weights=single, minlength=strata[1]) / size
        return cls._of(single, strata[0], size, mean_square, 1.0)

    @classmethod
    def overton(cls, single: Floats, strata: tuple[Codes, int]) -> "Separable":
        """The approximation of Overton: Δ_ij = 1 − (n − (π_i + π_j)/2)/(n − 1)."""
        size = np.bincount(strata[0], minlength=strata[1]).astype(np.float64)
        return cls._of(single, strata[0], size, np.zeros(strata[1]), 0.5)

    @classmethod
    def poisson(cls, single: Floats) -> "Separable":
        """Independent draws (Poisson sampling): nothing but the diagonal 1 − π."""
        zero = np.zeros(len(single))
        return cls(np.zeros(len(single), dtype=np.intp), np.zeros(1), zero, 1 - single)

    @classmethod
    def _of(cls, single: Floats, stratum: Codes, size: Floats, added: Floats, share: float) -> "Separable":
        others = np.maximum(size - 1, 1)
        slope = share * single / others[stratum]
        return cls(stratum, 1 - (size + added) / others, slope, 1 - single)

    def times(self, totals: Floats) -> Floats:
        """Δ times `totals` (U, k)."""
        count, stratum, slope = len(self.constant), self.stratum, self.slope[:, None]
        whole = sums(stratum, totals, count)[stratum]
        tilted = sums(stratum, totals * slope, count)[stratum]
        own = self.diagonal - self.constant[stratum] - 2 * self.slope
        constant = self.constant[stratum][:, None]
        return constant * whole + slope * whole + tilted + own[:, None] * totals


@dataclass(frozen=True, eq=False)
class Pairs:
    """A sample of U units whose joint chances are `dependence`; `unit` (n,) is the unit of each row."""

    unit: Codes
    dependence: Dependence
    form: Form

    def covariance(self, influence: Floats) -> Floats:
        """The covariance (k, k) of sums of `influence` (n, k)."""
        totals = sums(self.unit, influence, int(self.unit.max(initial=-1)) + 1)
        found = totals.T @ self.dependence.times(totals)
        if self.form is Form.YATES_GRUNDY:
            rows = self.dependence.times(np.ones((len(totals), 1)))
            found = found - totals.T @ (rows * totals)
        return found
