"""One stage of sampling, and what it adds to the variance of an estimate.

Within each stratum of a stage, units were drawn with equal chances or (Brewer) with given ones; the stage adds

    Σ_strata Π_earlier(n/N) · Σ_units (1 − f) · n/(n − 1) · (t − t̄)(t − t̄)ᵀ

where t are the totals of the influence values in the units (Särndal, Swensson and Wretman 1992 §4.3; Lumley 2010
§2). A stratum with a single unit has no n − 1: it is lonely, and a rule says what it adds.

>>> from zhicheng.core.designs.columns import codes_of
>>> stage = Stage.of(units=codes_of([1, 2, 3, 4]), strata=codes_of([1, 1, 2, 2]), names=[1, 1, 2, 2])
>>> stage.covariance(np.array([[1.0], [3.0], [2.0], [2.0]]), LonelyPsu.FAIL)
array([[4.]])
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zhicheng.core.designs.columns import Codes, DesignError, Flags, Floats, Labels
from zhicheng.core.words import words

SELF_REPRESENTING = 1e-7
"""A stratum of which no larger share was left out than this is taken as complete, and varies not at all."""


class LonelyPsu(StrEnum):
    """What a stratum with one sampled unit, of more in the population, adds to the variance."""

    FAIL = "fail"
    """Nothing can be said; raises DesignError."""
    REMOVE = "remove"
    """Nothing, as if it were not there."""
    CERTAINTY = "certainty"
    """Nothing, as if its unit had been certain to be drawn."""
    ADJUST = "adjust"
    """The square of its unit's distance from the mean of all units, which is rather too much."""
    AVERAGE = "average"
    """The mean of what the other strata add."""


@dataclass(frozen=True, eq=False)
class Stage:
    """The units of one stage of a sample of n rows: U units in H strata, inside the units of the stage before.

    `unit` (n,) is the unit of each row, `stratum` (U,) the stratum of each unit, `parent` (H,) the unit of the
    earlier stage around each stratum (0 at the first). `sampled` (H,) counts units; `left_out` (U,) is 1 − f,
    the share of the population that was not drawn; `carried` (H,) the product of the fractions drawn at the
    earlier stages. `names` are for messages the labels by row of the strata, or of the
    units around them.
    """

    unit: Codes
    stratum: Codes
    parent: Codes
    sampled: Floats
    left_out: Floats
    carried: Floats
    names: Labels | None

    @classmethod
    def of(
        cls,
        *,
        units: tuple[Codes, int],
        strata: tuple[Codes, int],
        names: Labels | None = None,
        parents: Codes | None = None,
        population: Floats | None = None,
        carried: Floats | None = None,
    ) -> "Stage":
        """The stage of rows with these codes of units and strata (as `codes_of` gives them).

        `population` is by row the number of units in the stratum (infinite: drawn with replacement), or for
        Brewer's method n over the unit's probability; `carried` and `parents` are by row as well.
        """
        unit, stratum = units[0], np.zeros(units[1], dtype=np.intp)
        stratum[unit] = strata[0]
        rows = len(unit)
        first = np.zeros(units[1], dtype=np.intp)
        first[unit[::-1]] = np.arange(rows - 1, -1, -1)
        of_stratum = np.zeros(strata[1], dtype=np.intp)
        of_stratum[strata[0][::-1]] = np.arange(rows - 1, -1, -1)
        sampled = np.bincount(stratum, minlength=strata[1]).astype(np.float64)
        left_out = np.ones(units[1])
        if population is not None:
            size = population[first]
            drawn = sampled[stratum]
            np.divide(size - drawn, size, out=left_out, where=np.isfinite(size))
        return cls(
            unit=unit,
            stratum=stratum,
            parent=np.zeros(strata[1], dtype=np.intp) if parents is None else parents[of_stratum],
            sampled=sampled,
            left_out=left_out,
            carried=np.ones(strata[1]) if carried is None else carried[of_stratum],
            names=names,
        )

    def totals(self, influence: Floats) -> Floats:
        """The sums of `influence` (n, k) in each unit: (U, k)."""
        return sums(self.unit, influence, len(self.stratum))

    def covariance(
        self,
        influence: Floats,
        lonely: LonelyPsu,
        *,
        occupied: Flags | None = None,
        lonely_in_domain: bool = False,
    ) -> Floats:
        """What the stage adds to the covariance (k, k) of sums of `influence` (n, k).

        `occupied` (n,) are the rows of the domain if it is not all; strata without any are left out of
        averages. With `lonely_in_domain` the rules `adjust` and `average` also apply to strata of which the
        domain has one unit. Raises DesignError for a lonely stratum under the rule `fail`.
        """
        totals = self.totals(influence)
        units = self._occupied(occupied)
        strata = np.bincount(self.stratum, weights=units, minlength=len(self.sampled))
        complete = np.ones(len(self.sampled), dtype=np.bool_)
        complete[self.stratum[self.left_out >= SELF_REPRESENTING]] = False
        single = (self.sampled == 1) & ~complete & (strata > 0)
        if lonely_in_domain and lonely in (LonelyPsu.ADJUST, LonelyPsu.AVERAGE):
            single |= (strata == 1) & ~complete
        elif lonely is LonelyPsu.FAIL and single.any():
            raise self._lonely(int(np.argmax(single)))
        centres = sums(self.stratum, totals, len(self.sampled)) / self.sampled[:, None]
        weight = self.carried * np.where(self.sampled > 1, self.sampled / np.maximum(self.sampled - 1, 1), 1.0)
        weight[complete | (strata == 0)] = 0
        if lonely is LonelyPsu.ADJUST and single.any():
            centres[single] = self._middles(totals, strata > 0)[single]
        if lonely is LonelyPsu.AVERAGE:
            weight *= self._share(single, strata > 0)
        spread = totals - centres[self.stratum]
        return spread.T @ (spread * (weight[self.stratum] * self.left_out)[:, None])

    def _occupied(self, rows: Flags | None) -> Floats:
        if rows is None:
            return np.ones(len(self.stratum))
        found = np.zeros(len(self.stratum))
        found[self.unit[rows]] = 1
        return found

    def _middles(self, totals: Floats, present: Flags) -> Floats:
        """For each stratum the mean of the totals over all units of the strata beside it."""
        around = int(self.parent.max(initial=0)) + 1
        counts = np.bincount(self.parent[present], weights=self.sampled[present], minlength=around)
        middles = sums(self.parent[self.stratum], totals, around) / np.maximum(counts, 1)[:, None]
        return middles[self.parent]

    def _share(self, single: Flags, present: Flags) -> Floats:
        """By stratum: 0 if lonely, else how many strata beside it each one that is not has to stand for."""
        around = int(self.parent.max(initial=0)) + 1
        every = np.bincount(self.parent[present], minlength=around)
        usable = np.bincount(self.parent[present & ~single], minlength=around)
        if (usable[every > 0] == 0).any():
            raise DesignError(words("every stratum has a single sampled unit; expected some to average over"))
        return np.where(single, 0.0, (every / np.maximum(usable, 1))[self.parent])

    def _lonely(self, stratum: int) -> DesignError:
        row = int(np.argmax(self.stratum[self.unit] == stratum))
        return DesignError(
            words("stratum “{stratum}” has one sampled unit; expected two, or a rule for lonely ones ({rules})"),
            stratum="1" if self.names is None else self.names[row],
            rules=", ".join(rule for rule in LonelyPsu if rule is not LonelyPsu.FAIL),
        )


def sums(codes: Codes, values: Floats, count: int) -> Floats:
    """The sums of `values` (n, k) over equal `codes` (n,): (count, k).

    >>> sums(np.array([0, 1, 0]), np.array([[1.0], [2.0], [3.0]]), 2).tolist()
    [[4.0], [2.0]]
    """
    found = np.empty((count, values.shape[1]))
    for column in range(values.shape[1]):
        found[:, column] = np.bincount(codes, weights=values[:, column], minlength=count)
    return found
