"""How a sample was drawn: weights, strata, clusters and populations, and the one source of every variance.

An estimate is a function of weighted sums. Near the truth it moves as the sum over the sample of its influence
values, and its variance is that of this sum under the design (linearisation; Woodruff 1971, Binder 1983). So
estimators know no designs and designs no estimators: all meet in `Design.covariance`. Results are those of R's
package survey (Lumley 2004, 2010), to which the tests compare.

>>> design = Design.clusters(["a", "a", "b", "c"], weights=10, population=40)
>>> design.degrees_of_freedom, design.size
(2, 4)
>>> influence = design.weights * np.array([1.0, 2.0, 3.0, 6.0])
>>> design.covariance(influence).round(6).tolist()
[[832.5]]
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from zhicheng.core.choices import named
from zhicheng.core.designs.columns import (
    Codes,
    DesignError,
    Flags,
    Floats,
    Labels,
    codes_of,
    count_of,
    floats,
    numbers,
    within,
)
from zhicheng.core.designs.drawing import Drawing, Population, drawing
from zhicheng.core.designs.pairs import Form, Known, Pairs, Separable
from zhicheng.core.designs.stage import LonelyPsu, Stage
from zhicheng.core.words import words


class Unequal(StrEnum):
    """How the variance is found when units have different chances."""

    BREWER = "brewer"
    """Brewer's: as within a stratum, each unit corrected by its own chance; no joint chances."""
    HARTLEY_RAO = "hartley-rao"
    OVERTON = "overton"
    POISSON = "poisson"
    """Each unit was drawn or not by itself."""
    WITH_REPLACEMENT = "with replacement"
    """As if drawn with replacement (Hansen and Hurwitz 1943); somewhat too much."""


class Adjustment(Protocol):
    """What the weights were fitted to afterwards: known totals take from an estimate what they explain."""

    def residuals(self, influence: Floats) -> Floats:
        """`influence` (n, k), weights included, less what the known totals explain of it."""
        ...


@dataclass(frozen=True, eq=False, kw_only=True)
class Design:
    """A sample of n rows and the way it was drawn; rows of a domain have weights, others weight 0.

    `weights` (n,) are inverse probabilities of inclusion, after any calibration, which may make some negative.
    `stages` are those that add to the variance: one alone, if units were drawn with replacement. `pairs` takes
    their place when joint probabilities of unequal chances are used. `adjustments` are calibrations, applied in
    their order.
    Make one by `simple`, `stratified`, `clusters`, `two_stage`, `multistage` or `unequal`.
    """

    weights: Floats
    psu: Codes
    stratum: Codes
    stages: tuple[Stage, ...] = ()
    pairs: Pairs | None = None
    adjustments: tuple[Adjustment, ...] = ()
    lonely: LonelyPsu = LonelyPsu.FAIL
    lonely_in_domain: bool = False
    """Whether `adjust` and `average` also apply to strata of which a domain holds one unit."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "lonely", named(LonelyPsu, "lonely", self.lonely, DesignError))

    @property
    def size(self) -> int:
        """The number of rows, whether in the domain or not."""
        return len(self.weights)

    @property
    def inside(self) -> Flags:
        """The rows (n,) of the domain: those that have a weight."""
        return np.not_equal(self.weights, 0)

    @property
    def observed(self) -> int:
        """The number of rows in the domain."""
        return int(np.count_nonzero(self.weights))

    @property
    def degrees_of_freedom(self) -> int:
        """Primary units less strata, counting those with rows in the domain."""
        if self.observed == self.size:
            return int(self.psu.max() - self.stratum.max())
        return codes_of(self.psu[self.inside])[1] - codes_of(self.stratum[self.inside])[1]

    def domain(self, inside: ArrayLike) -> "Design":
        """The same sample, of which the rows `inside` (n,) alone are estimated from.

        Nothing is deleted: how many rows of a domain fall into a cluster is chance too. Raises DesignError.
        """
        flags = np.asarray(inside)
        if flags.shape != self.weights.shape or flags.dtype != np.bool_:
            raise DesignError(
                words("the domain has the shape {shape}; expected true or false for each of {rows} rows"),
                shape=flags.shape,
                rows=self.size,
            )
        return replace(self, weights=np.where(flags, self.weights, 0.0))

    def reweighted(self, weights: ArrayLike, adjustment: Adjustment) -> "Design":
        """The same sample with weights fitted to known totals, which also take from every later variance.

        Calibration without bounds may give negative weights. Raises DesignError for ones that are not finite.
        """
        fitted = numbers("weights", weights, self.size)
        fitted = within("weights", fitted, np.isfinite(fitted), "a finite weight")
        return replace(self, weights=fitted, adjustments=(*self.adjustments, adjustment))

    def covariance(self, influence: Floats) -> Floats:
        """The covariance (k, k) of k estimates whose influence values are the columns (n, k), or one (n,).

        Influence values include the weight: those of the total of y are w·y, those of its mean
        w·(y − mean)/Σw; outside the domain they are 0. Raises DesignError for another number of rows, and as
        the rule for lonely units says.
        """
        values = floats("influence", influence)
        values = values[:, None] if values.ndim == 1 else values
        if values.ndim != 2 or len(values) != self.size:
            raise DesignError(
                words("influence values have the shape {shape}; expected a row for each of {rows}"),
                shape=values.shape,
                rows=self.size,
            )
        for adjustment in self.adjustments:
            values = adjustment.residuals(values)
        if self.pairs is not None:
            return self.pairs.covariance(values)
        # Calibrated samples keep the strata outside the domain, as R does: all of them were adjusted.
        occupied = None if self.adjustments or self.observed == self.size else self.inside
        return sum(
            (
                stage.covariance(values, self.lonely, occupied=occupied, lonely_in_domain=self.lonely_in_domain)
                for stage in self.stages
            ),
            start=np.zeros((values.shape[1], values.shape[1])),
        )

    @classmethod
    def simple(
        cls,
        size: int,
        *,
        population: float | None = None,
        weights: ArrayLike | None = None,
        lonely: LonelyPsu = LonelyPsu.FAIL,
    ) -> "Design":
        """A simple random sample of `size` rows from `population` (None: so many that it does not matter).

        Raises DesignError where `size` is no whole number of 1 or more, and as `multistage` does.

        >>> Design.simple(50, population=1000).weights[:2].tolist()
        [20.0, 20.0]
        """
        rows = floats("size", size)
        if rows.ndim or not 1 <= rows < np.inf or rows % 1:
            message = words("“{field}” is {value}; expected a whole number, {least} or more")
            raise DesignError(message, field="size", value=size, least=1)
        return cls.multistage(
            [np.arange(int(rows))],
            weights=weights,
            population=None if population is None else [population],
            lonely=lonely,
        )

    @classmethod
    def stratified(
        cls,
        strata: Labels,
        *,
        population: Population | None = None,
        weights: ArrayLike | None = None,
        lonely: LonelyPsu = LonelyPsu.FAIL,
    ) -> "Design":
        """Simple random samples of rows within `strata`, one label for each row.

        >>> Design.stratified(["n", "n", "s", "s"], population={"n": 8, "s": 20}).weights.tolist()
        [4.0, 4.0, 10.0, 10.0]
        """
        return cls.multistage(
            [np.arange(count_of("strata", strata))],
            strata=[strata],
            weights=weights,
            population=None if population is None else [population],
            lonely=lonely,
        )

    @classmethod
    def clusters(
        cls,
        clusters: Labels,
        *,
        strata: Labels | None = None,
        population: Population | None = None,
        weights: ArrayLike | None = None,
        nest: bool = False,
        lonely: LonelyPsu = LonelyPsu.FAIL,
    ) -> "Design":
        """Whole clusters, drawn at random within `strata`; `population` counts clusters.

        Without `population` also the usual design of clusters of which only some rows were drawn.
        """
        return cls.multistage(
            [clusters],
            strata=None if strata is None else [strata],
            weights=weights,
            population=None if population is None else [population],
            nest=nest,
            lonely=lonely,
        )

    @classmethod
    def two_stage(
        cls,
        first: Labels,
        second: Labels,
        *,
        population: tuple[Population, Population] | None = None,
        strata: Labels | None = None,
        weights: ArrayLike | None = None,
        nest: bool = False,
        unequal: bool = False,
        lonely: LonelyPsu = LonelyPsu.FAIL,
    ) -> "Design":
        """Units `second` drawn within clusters `first`; `population` counts the clusters, then the units of each.

        >>> Design.two_stage("aab", [1, 2, 1], population=([4] * 3, [6, 6, 3])).weights.tolist()
        [6.0, 6.0, 6.0]
        """
        return cls.multistage(
            [first, second],
            strata=None if strata is None else [strata],
            weights=weights,
            population=population,
            nest=nest,
            unequal=unequal,
            lonely=lonely,
        )

    @classmethod
    def multistage(
        cls,
        units: Sequence[Labels],
        *,
        strata: Sequence[Labels] | None = None,
        population: Sequence[Population | None] | None = None,
        weights: ArrayLike | None = None,
        nest: bool = False,
        unequal: bool = False,
        lonely: LonelyPsu = LonelyPsu.FAIL,
        lonely_in_domain: bool = False,
    ) -> "Design":
        """Any number of stages, outermost first: labels of `units` and of `strata`, one for each row.

        `population` has for each stage the number of units in the stratum of each row, or, all at most 1, the
        fraction drawn; infinite or None means with replacement. Without it units of the first stage count as
        drawn with replacement, and later stages are covered by it. Without `weights` they follow from it.
        `nest`: the same label in two strata is two units. `unequal`: populations are the chances of each unit,
        which may differ within a stratum (Brewer's variance at every stage); the chance of one of m drawn at
        random among M is m/M. Raises DesignError for lengths that differ, missing labels, weights that are
        negative or not finite, a population smaller than the sample or different within a stratum, a unit in two
        strata, and neither weights nor population.
        """
        drawn = drawing(units, strata, population, nest=nest, unequal=unequal)
        given = drawn.weights if weights is None and population is not None else weights
        if given is None:
            raise DesignError(words("neither weights nor finite populations are given; expected one of them"))
        return cls(
            weights=_weights(given, len(drawn.psu)),
            psu=drawn.psu,
            stratum=drawn.stratum,
            stages=drawn.stages,
            lonely=lonely,
            lonely_in_domain=lonely_in_domain,
        )

    @classmethod
    def unequal(
        cls,
        probabilities: ArrayLike,
        *,
        method: str | ArrayLike = Unequal.BREWER,
        form: Form = Form.HORVITZ_THOMPSON,
        clusters: Labels | None = None,
        strata: Labels | None = None,
        mean_square: ArrayLike | None = None,
        tolerance: float = 1e-4,
        weights: ArrayLike | None = None,
        lonely: LonelyPsu = LonelyPsu.FAIL,
    ) -> "Design":
        """Units drawn with `probabilities` of inclusion (0 < π ≤ 1), rows or whole `clusters`, within `strata`.

        `method` is an approximation, or the matrix (n, n) of joint probabilities of the rows, of which
        entries of Δ below `tolerance` are dropped (0: none). `form` matters to joint chances alone.
        `mean_square` is Σπ²/n of the population by stratum for Hartley and Rao. Raises DesignError.

        >>> Design.unequal([0.5, 0.25], method=Unequal.WITH_REPLACEMENT).weights.tolist()
        [2.0, 4.0]
        """
        single = np.atleast_1d(floats("probabilities", probabilities))
        rows = len(single)
        single = numbers("probabilities", single, rows)
        single = within("probabilities", single, (single > 0) & (single <= 1), "0 < π ≤ 1")
        units = np.arange(rows) if clusters is None else clusters
        joint = None if isinstance(method, str) else floats("method", method)
        approximation = named(Unequal, "method", method, DesignError) if isinstance(method, str) else None
        brewer = approximation is Unequal.BREWER
        variance = named(Form, "form", form, DesignError)
        drawn = drawing(
            [units],
            None if strata is None else [strata],
            [single] if brewer else None,
            nest=False,
            unequal=True,
        )
        pairs = None
        if joint is not None:
            pairs = Pairs(np.arange(rows), Known.of(_square(joint, single), tolerance), variance)
        elif approximation is not None and approximation not in (Unequal.BREWER, Unequal.WITH_REPLACEMENT):
            pairs = Pairs(drawn.psu, _approximated(approximation, single, drawn, mean_square), variance)
        return cls(
            weights=_weights(1 / single if weights is None else weights, rows),
            psu=drawn.psu,
            stratum=drawn.stratum,
            stages=drawn.stages if pairs is None else (),
            pairs=pairs,
            lonely=lonely,
        )


def _weights(values: ArrayLike, rows: int) -> Floats:
    weights = numbers("weights", values, rows)
    weights = within("weights", weights, (weights >= 0) & np.isfinite(weights), "0 ≤ weight < ∞")
    if not weights.any():
        raise DesignError(words("all weights are 0; expected a row that counts"))
    return weights


def _square(joint: Floats, single: Floats) -> Floats:
    if joint.shape != (len(single), len(single)) or not np.allclose(np.diag(joint), single, rtol=1e-6):
        raise DesignError(
            words("joint probabilities have the shape {shape}; expected {rows} rows with π on the diagonal"),
            shape=joint.shape,
            rows=len(single),
        )
    return joint


def _approximated(method: Unequal, single: Floats, drawn: Drawing, mean_square: ArrayLike | None) -> Separable:
    _, row = np.unique(drawn.psu, return_index=True)
    strata = drawn.stratum[row], int(drawn.stratum.max()) + 1
    if (single != single[row][drawn.psu]).any():
        raise DesignError(
            words("the rows of a cluster have different probabilities; expected one for each cluster")
        )
    if method is Unequal.POISSON:
        return Separable.poisson(single[row])
    if method is Unequal.OVERTON:
        return Separable.overton(single[row], strata)
    known = None if mean_square is None else numbers("mean_square", mean_square, strata[1])
    return Separable.hartley_rao(single[row], strata, known)
