"""Variance by replicates: the estimate is made again from parts of the sample, and how it moves tells how sure it
is.

Any function of the weights can be replicated, also one whose linearisation nobody has written.

>>> design = Design.clusters(["a", "a", "b", "c"], weights=10, population=40)
>>> y = np.array([1.0, 2.0, 3.0, 6.0])
>>> replicates = jackknife(design)
>>> round(float(replicates.covariance(lambda weights: weights @ y)[0, 0]), 6)
832.5
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zhicheng.core.designs import Codes, Design, Flags, Floats, LonelyPsu
from zhicheng.core.designs.stage import SELF_REPRESENTING, Stage
from zhicheng.core.estimates.hadamard import hadamard_of
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Estimator = Callable[[Floats], ArrayLike]
"""From weights (n) to one estimate or several (k)."""


class ReplicatesError(Refused):
    """A design cannot be replicated in the way that was asked for."""


@dataclass(frozen=True, eq=False)
class Replicates:
    """R sets of weights for the n rows of a sample: the weights of the design times a factor for each primary
    unit.

    `factors` (units, R) are the factors, `psu` (n) the unit of each row. `scales` (R) say how much the square of
    each replicate's deviation counts. Iterating gives the weights of one replicate after another.
    """

    design: Design
    psu: Codes
    factors: Floats
    scales: Floats
    degrees_of_freedom: int

    def __len__(self) -> int:
        return len(self.scales)

    def __iter__(self) -> Iterator[Floats]:
        for factor in self.factors.T:
            yield self.design.weights * factor[self.psu]

    def covariance(self, estimator: Estimator, *, around_estimate: bool = False) -> Floats:
        """The covariance (k, k) of what `estimator` makes of the weights.

        Deviations are from the mean of the replicates, as in R; `around_estimate` takes them from the estimate of
        the whole sample (R's `mse=TRUE`). An estimator that first calibrates the weights it is given has the
        calibration in its variance. Without replicates, of a complete sample, nothing varies.
        """
        whole = np.atleast_1d(np.asarray(estimator(self.design.weights), dtype=np.float64))
        if not len(self):
            return np.zeros((len(whole), len(whole)))
        estimates = np.array([np.atleast_1d(estimator(weights)) for weights in self], dtype=np.float64)
        middle = whole if around_estimate else estimates.mean(axis=0)
        deviations = estimates - middle
        covariance: Floats = deviations.T @ (self.scales[:, None] * deviations)
        return covariance


def jackknife(design: Design) -> Replicates:
    """The jackknife: each replicate leaves out one primary unit, and the others of its stratum stand in.

    JK1 of R's survey for one stratum, JKn for several. Finite populations are corrected for at the first stage,
    and later stages are covered by it. Complete strata need no replicates, and give no
    degrees of freedom. What a stratum with a single unit adds
    says the design's rule for lonely units. Raises ReplicatesError for designs with unequal chances without
    replacement, for calibrated designs (calibrate in the estimator), and for lonely strata under the rule `fail`.

    Source: Wolter 2007, Introduction to Variance Estimation, chapter 4.
    """
    stage = _first_stage(design)
    sampled, left_out = stage.sampled[stage.stratum], stage.left_out
    complete = left_out < SELF_REPRESENTING
    lonely = (sampled == 1) & ~complete
    if lonely.any() and design.lonely is LonelyPsu.FAIL:
        raise ReplicatesError(
            words("{count} strata have one sampled unit; expected two, or a rule for lonely ones"),
            count=int(lonely.sum()),
        )
    same = stage.stratum[:, None] == stage.stratum
    others = np.maximum(sampled - 1, 1)
    factors = np.where(same, (sampled / others)[:, None], 1.0)
    np.fill_diagonal(factors, 0.0)
    scales = left_out * (sampled - 1) / sampled
    used = ~complete & ~lonely
    if design.lonely is LonelyPsu.AVERAGE and lonely.any():
        if not used.any():
            raise ReplicatesError(words("Every stratum has a single sampled unit; expected some to average over"))
        scales = scales * len(used) / int(used.sum())
    if design.lonely is LonelyPsu.ADJUST:
        strata = len(stage.sampled)
        factors[:, lonely] = np.where(same[:, lonely], 0.0, strata / max(strata - 1, 1))
        scales = np.where(lonely, (strata - 1) / strata, scales)
        used = used | lonely
    return Replicates(design, stage.unit, factors[:, used], scales[used], _left_free(design, stage, used, lonely))


def balanced(design: Design, *, fay: float = 0.0) -> Replicates:
    """Balanced repeated replication: each replicate takes one of the two primary units of every stratum, twice.

    Strata with an even number of units are split into pairs in the order of the units, which leaves out what
    varies between the pairs of a stratum. With `fay` (0 up to below 1) the unit that is not taken keeps this
    factor and the other gets the rest of 2, so that no estimate lacks its data. Finite populations are not
    corrected for, as in R. Raises ReplicatesError as `jackknife` does, and for strata with an odd number of units.

    Source: McCarthy 1969, Review of the International Statistical Institute 37:239; Judkins 1990, Journal of
    Official Statistics 6:223 for Fay's method.
    """
    if not 0 <= fay < 1:
        raise ReplicatesError(words("A factor of {fay} for Fay's method; expected from 0 to below 1"), fay=fay)
    stage = _first_stage(design)
    odd = stage.sampled % 2 == 1
    if odd.any():
        raise ReplicatesError(
            words("{count} strata have an odd number of sampled units, like {number}; expected pairs"),
            count=int(odd.sum()),
            number=int(stage.sampled[odd][0]),
        )
    pairs = np.argsort(stage.stratum, kind="stable").reshape(-1, 2)
    signs = hadamard_of(len(pairs) + 1)[1 : len(pairs) + 1]
    factors = np.empty((len(stage.stratum), signs.shape[1]))
    factors[pairs[:, 0]] = 1 + (1 - fay) * signs
    factors[pairs[:, 1]] = 1 - (1 - fay) * signs
    scales = np.full(signs.shape[1], 1 / (signs.shape[1] * (1 - fay) ** 2))
    return Replicates(design, stage.unit, factors, scales, len(pairs))


def _left_free(design: Design, stage: Stage, used: Flags, lonely: Flags) -> int:
    """The units in the domain that have a replicate, less one for each stratum of more than one unit."""
    counted = used & np.isin(np.arange(len(used)), stage.unit[design.inside])
    return int(counted.sum()) - len(np.unique(stage.stratum[counted & ~lonely]))


def _first_stage(design: Design) -> Stage:
    if design.adjustments:
        raise ReplicatesError(
            words("The design is calibrated already; expected the one before, calibrated by the estimator")
        )
    if design.pairs is not None or _differs_within_strata(design.stages[0]):
        raise ReplicatesError(
            words("Units were drawn with unequal chances without replacement; expected equal ones")
        )
    return design.stages[0]


def _differs_within_strata(stage: Stage) -> bool:
    """Whether units of one stratum are corrected differently, as Brewer's method does."""
    of_stratum = np.zeros(len(stage.sampled))
    of_stratum[stage.stratum] = stage.left_out
    return not np.allclose(of_stratum[stage.stratum], stage.left_out)
