"""Targets of precision, several at once, and whether numbers of units meet them.

>>> strata = Strata.of([100, 300], names=["east", "west"])
>>> rate = Target.by_variation(strata, "failures", means=[0.2, 0.1], spreads=[0.4, 0.3], cv=0.1)
>>> [round(each.cv, 3) for each in judged(strata, [rate], [60, 90])]
[0.172]
>>> [each.name for each in by_domain(strata, "failures", [0.2, 0.1], [0.4, 0.3], ["A", "B"], cv=0.2)]
['failures in A', 'failures in B']
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike

from zhicheng.core.allocation.strata import (
    TOLERANCE,
    AllocationError,
    Mask,
    Reals,
    Strata,
    per_stratum,
    total_variance,
)
from zhicheng.core.given import numbers
from zhicheng.core.words import words


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """The estimated total of one figure in one domain may have at most this variance.

    `spreads`: the figure's standard deviation in each stratum, 0 in strata outside the domain, shape (strata,).
    `variance`: above 0. `total`: the total itself, by which the standard error is divided to give a coefficient
    of variation; None if only the variance is of interest.
    """

    name: str
    spreads: Reals
    variance: float
    total: float | None = None

    @classmethod
    def by_variance(cls, strata: Strata, name: str, *, spreads: ArrayLike, variance: float) -> "Target":
        """The estimated total over all strata has at most this variance. Raises AllocationError."""
        deviations = per_stratum(words("standard deviation"), spreads, strata.names)
        if not 0 < variance < inf:
            message = words(
                "Target “{target}” allows a variance of {variance:g}; expected is a finite number above 0"
            )
            raise AllocationError(message, target=name, variance=variance)
        return cls(name, deviations, float(variance))

    @classmethod
    def by_variation(
        cls,
        strata: Strata,
        name: str,
        *,
        means: ArrayLike,
        spreads: ArrayLike,
        cv: float,
        within: ArrayLike | None = None,
    ) -> "Target":
        """The estimated total over the strata in `within` (all if None) has at most this coefficient of variation.

        `means` and `spreads` of the figure in each stratum, shape (strata,); a share p has the mean p and the
        spread √(p(1−p)). `cv`: standard error over total, above 0. Raises AllocationError.
        """
        inside = np.ones(len(strata), dtype=bool) if within is None else _marks(strata, name, within)
        averages = per_stratum(words("mean"), means, strata.names, floor=-np.inf)
        total = float(strata.sizes[inside] @ averages[inside])
        if not 0 < cv < inf:
            message = words(
                "Target “{target}” allows a coefficient of variation of {cv:g}; "
                "expected is a finite number above 0"
            )
            raise AllocationError(message, target=name, cv=cv)
        if total == 0:
            message = words("Target “{target}”: the total is 0, and nothing can be a share of it; give a variance")
            raise AllocationError(message, target=name)
        deviations = per_stratum(words("standard deviation"), spreads, strata.names)
        return cls(name, np.where(inside, deviations, 0.0), (cv * total) ** 2, total)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What numbers of units reach of a target: `used` is the variance as a share of what is allowed."""

    name: str
    variance: float
    used: float
    cv: float | None

    @property
    def met(self) -> bool:
        """Whether the target is met, up to the precision of computing."""
        return self.used <= 1 + TOLERANCE


def _marks(strata: Strata, target: str, within: ArrayLike) -> Mask:
    """Which strata are in a domain: true or false for each, or 1 and 0; a text that says “no” is neither."""
    marks = numbers("within", within, AllocationError)
    if marks.shape != (len(strata),):
        message = words("Target “{target}”: {given} marks for {count} strata; expected is one for each")
        raise AllocationError(message, target=target, given=marks.size, count=len(strata))
    strange = np.flatnonzero(~np.isin(marks, (0.0, 1.0)))
    if strange.size:
        message = words("“{name}” is {value} in row {row}; expected {limits}")
        row = int(strange[0])
        raise AllocationError(message, name="within", value=float(marks[row]), row=row, limits="0, 1")
    return np.equal(marks, 1.0)


def by_domain(
    strata: Strata, figure: str, means: ArrayLike, spreads: ArrayLike, domains: Sequence[str], *, cv: float
) -> list[Target]:
    """The same coefficient of variation for every domain: `domains` names the one that each stratum lies in.

    Domains come in the order in which they are first named. Raises AllocationError.
    """
    if len(domains) != len(strata):
        message = words("{given} domains are named for {count} strata; expected is one for each")
        raise AllocationError(message, given=len(domains), count=len(strata))
    inside = {domain: np.array([each == domain for each in domains]) for domain in domains}
    return [
        Target.by_variation(strata, f"{figure} in {domain}", means=means, spreads=spreads, cv=cv, within=mask)
        for domain, mask in inside.items()
    ]


def judged(strata: Strata, targets: Sequence[Target], numbers: ArrayLike) -> tuple[Judgement, ...]:
    """Every target evaluated anew for these numbers, also for numbers that somebody has changed by hand."""
    return tuple(_judged(target, total_variance(strata, target.spreads, numbers)) for target in targets)


def _judged(target: Target, variance: float) -> Judgement:
    variance = max(variance, 0.0)
    cv = None if target.total is None else sqrt(variance) / abs(target.total)
    return Judgement(target.name, variance, variance / target.variance, cv)
