"""What every estimator returns: values, their covariance under the design, and how each row moves them.

>>> design = Design.simple(4, population=400)
>>> y = np.array([2.0, 4.0, 4.0, 6.0])
>>> found = Estimates.of(design, ("y",), np.array([4.0]), 0.25 * (y - 4.0)[:, None])
>>> found.value, round(found.standard_error, 6), found.degrees_of_freedom
(4.0, 0.812404, 3)
>>> interval = found.interval()
>>> round(interval.low, 4), round(interval.high, 4)
(1.4146, 6.5854)
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from math import isinf

import numpy as np
from scipy.special import stdtrit

from zhicheng.core.designs import Design, DesignError, Floats
from zhicheng.core.estimates.interval import Interval, checked_level, normal_quantile
from zhicheng.core.estimates.variables import titled
from zhicheng.core.words import words

ROUNDING = 1e-8
"""The share of the squares of influence values by which a variance of 0 may come out below 0."""
EXACT = 1e-12
"""An estimate with a standard error of no more than this share of it is known, but for rounding."""


@dataclass(frozen=True, eq=False)
class Intervals:
    """Bounds (k,) around k estimates; each pair covers the truth in about the share `level` of all samples."""

    lower: Floats
    upper: Floats
    level: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Estimates:
    """k estimates from a sample of n rows.

    `influence` (n, k) is how much each row moves each estimate, its weight included; `covariance` (k, k) that
    of their sums. `design` is the one the estimator was given, and has the degrees of freedom; `domain` the
    same without the rows that lack a value. `simple_variances` (k,) are those a simple random sample of as
    many rows with replacement would have had, of which `left_out` (k,) remains without replacement. Estimates
    of several domains have `alone` (k,), each as its domain alone gives it; `part` has its design and domain.
    """

    names: tuple[str, ...]
    values: Floats
    influence: Floats = field(repr=False)
    covariance: Floats
    degrees_of_freedom: float
    design: Design = field(repr=False)
    domain: Design = field(repr=False)
    simple_variances: Floats | None = field(default=None, repr=False)
    left_out: Floats | None = field(default=None, repr=False)
    alone: tuple["Estimates", ...] = field(default=(), repr=False)

    @classmethod
    def of(
        cls,
        design: Design,
        names: tuple[str, ...],
        values: Floats,
        influence: Floats,
        *,
        domain: Design | None = None,
        degrees_of_freedom: float | None = None,
        simple_variances: Floats | None = None,
        left_out: Floats | None = None,
    ) -> "Estimates":
        """The estimates with their covariance under `design`, of which `domain` are the rows used (None: all)."""
        used = design if domain is None else domain
        return cls(
            names=names,
            values=values,
            influence=influence,
            covariance=used.covariance(influence),
            degrees_of_freedom=design.degrees_of_freedom if degrees_of_freedom is None else degrees_of_freedom,
            design=design,
            domain=used,
            simple_variances=simple_variances,
            left_out=left_out,
        )

    @classmethod
    def of_domains(cls, design: Design, names: tuple[str, ...], found: Sequence["Estimates"]) -> "Estimates":
        """What was `found` in domains of `design` alone, under `names` (k,), with the covariances between them.

        The variances are those of each domain alone.
        """
        simple = [each.simple_variances for each in found if each.simple_variances is not None]
        left_out = [each.left_out for each in found if each.left_out is not None]
        joint = cls.of(
            design,
            names,
            np.concatenate([each.values for each in found]),
            np.hstack([each.influence for each in found]),
            domain=design.domain(np.logical_or.reduce([each.domain.inside for each in found])),
            simple_variances=np.concatenate(simple) if len(simple) == len(found) else None,
            left_out=np.concatenate(left_out) if len(left_out) == len(found) else None,
        )
        covariance = _with_blocks(joint.covariance, [each.covariance for each in found])
        return replace(joint, covariance=covariance, alone=_each(found))

    def undefined(self, domain: Design) -> "Estimates":
        """The same estimates, NaN, of a `domain` whose rows do not have what they take."""
        count, nothing = len(self.values), np.zeros(domain.size, dtype=np.bool_)
        unknown = np.full(count, np.nan)
        return replace(
            self,
            values=unknown,
            influence=np.full((domain.size, count), np.nan),
            covariance=np.full((count, count), np.nan),
            degrees_of_freedom=domain.degrees_of_freedom,
            design=domain,
            domain=domain.domain(nothing),
            simple_variances=None if self.simple_variances is None else unknown,
            left_out=None if self.left_out is None else unknown,
        )

    @property
    def value(self) -> float:
        """The one estimate. Raises DesignError if there are several."""
        return only(self.values)

    @property
    def variances(self) -> Floats:
        """The variances (k,); what rounding makes of 0 below 0 is 0.

        NaN where the estimator of Horvitz and Thompson says less than 0, as it may: nothing is known there.
        """
        found = np.diag(self.covariance)
        rounding = ROUNDING * np.square(self.influence).sum(axis=0) + np.square(EXACT * self.values)
        return np.where(found < -rounding, np.nan, np.maximum(found, 0.0))

    @property
    def standard_errors(self) -> Floats:
        """The standard errors (k,)."""
        return np.sqrt(self.variances)

    @property
    def standard_error(self) -> float:
        """The standard error of the one estimate. Raises DesignError if there are several."""
        return only(self.standard_errors)

    @property
    def coefficients_of_variation(self) -> Floats:
        """The standard errors over the sizes of the estimates (k,), NaN of an estimate of 0."""
        found = np.full(len(self.values), np.nan)
        np.divide(self.standard_errors, np.abs(self.values), out=found, where=self.values != 0)
        return found

    @property
    def design_effects(self) -> Floats:
        """By what factor (k,) the variances exceed those of a simple random sample of the same size (Kish 1965).

        Without replacement, from the population that the weights add up to; NaN where that does not vary, or has
        fewer units than the sample. Raises DesignError for estimates of which no such sample is known.
        """
        left_out = np.nan if self.left_out is None else np.where(self.left_out < 0, np.nan, self.left_out)
        return self._effects(self._simple() * left_out)

    @property
    def design_effects_with_replacement(self) -> Floats:
        """The same against a simple random sample with replacement (R's `deff="replace"`).

        For weights that do not add up to the population, such as those scaled to the mean 1.
        """
        return self._effects(self._simple())

    def _simple(self) -> Floats:
        if self.simple_variances is None:
            raise DesignError(words("these estimates have no design effect; expected means, totals or ratios"))
        return self.simple_variances

    def _effects(self, simple: Floats) -> Floats:
        effects = np.full(len(self.values), np.nan)
        np.divide(self.variances, simple, out=effects, where=simple > 0)
        return effects

    def intervals(self, level: float = 0.95, *, degrees_of_freedom: float | None = None) -> Intervals:
        """Bounds by Student's t with the `degrees_of_freedom`, those of the design by default; infinite: normal.

        Raises IntervalError for a level outside 0 < level < 1, DesignError without any degree of freedom.
        """
        df = self.degrees_of_freedom if degrees_of_freedom is None else degrees_of_freedom
        width = t_quantile(level, df) * self.standard_errors
        return Intervals(self.values - width, self.values + width, level)

    def interval(self, level: float = 0.95, *, degrees_of_freedom: float | None = None) -> Interval:
        """`intervals` of the one estimate. Raises DesignError if there are several."""
        bounds = self.intervals(level, degrees_of_freedom=degrees_of_freedom)
        return Interval(only(bounds.lower), only(bounds.upper), level, "t")

    def part(self, name: Hashable) -> "Estimates":
        """The one estimate called `name`, or by the label of its domain. Raises DesignError for one not there.

        Of several domains, it has the rows of its own, and the degrees of freedom of all together.
        """
        called = titled(name)
        if called not in self.names:
            raise DesignError(
                words("no estimate is called “{name}”; expected one of {names}"),
                name=called,
                names=", ".join(self.names),
            )
        place = self.names.index(called)
        at, own = [place], self.alone[place] if self.alone else self
        simple, left_out = self.simple_variances, self.left_out
        return replace(
            self,
            names=(called,),
            values=self.values[at],
            influence=self.influence[:, at],
            covariance=self.covariance[np.ix_(at, at)],
            design=own.design,
            domain=own.domain,
            alone=(),
            simple_variances=None if simple is None else simple[at],
            left_out=None if left_out is None else left_out[at],
        )


def together(estimates: Sequence[Estimates]) -> Estimates:
    """Several estimates from one sample as one, with the covariances between them.

    Raises DesignError if they come from different samples or none is given.
    """
    if not estimates:
        raise DesignError(words("no estimates are given; expected one or more"))
    first = estimates[0].design
    if any(each.design.psu is not first.psu for each in estimates):
        raise DesignError(words("the estimates come from different samples; expected domains of one"))
    weights = np.maximum.reduce([each.design.weights for each in estimates])
    joined = Estimates.of(
        replace(first, weights=weights),
        tuple(name for each in estimates for name in each.names),
        np.concatenate([each.values for each in estimates]),
        np.hstack([each.influence for each in estimates]),
        degrees_of_freedom=min(each.degrees_of_freedom for each in estimates),
    )
    return replace(joined, alone=_each(estimates))


def _each(estimates: Sequence[Estimates]) -> tuple[Estimates, ...]:
    """For each single one of several estimates those that it was made with."""
    return tuple(own for each in estimates for own in each.alone or (each,) * len(each.names))


def _with_blocks(joint: Floats, own: Sequence[Floats]) -> Floats:
    """The covariance `joint` (k, k) with the blocks `own` along its diagonal."""
    covariance, start = joint.copy(), 0
    for block in own:
        place = slice(start, start + len(block))
        covariance[place, place] = block
        start = place.stop
    return covariance


def only(values: Floats) -> float:
    """The value of an array that holds one. Raises DesignError.

    >>> only(np.array([3.0]))
    3.0
    """
    if len(values) != 1:
        raise DesignError(words("{count} estimates are given; expected one"), count=len(values))
    return float(values[0])


def t_quantile(level: float, degrees_of_freedom: float) -> float:
    """How many standard errors an interval reaches to each side. Raises IntervalError, DesignError.

    >>> round(t_quantile(0.95, float("inf")), 4), round(t_quantile(0.95, 14), 4)
    (1.96, 2.1448)
    """
    share = checked_level(level)
    if not degrees_of_freedom > 0:
        raise DesignError(
            words("there are {degrees} degrees of freedom; expected more primary units than strata"),
            degrees=degrees_of_freedom,
        )
    return (
        normal_quantile(share)
        if isinf(degrees_of_freedom)
        else float(stdtrit(degrees_of_freedom, (1 + share) / 2))
    )
