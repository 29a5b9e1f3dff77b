"""Quantiles of a population, with intervals that go back through the share below them (Woodruff 1952).

How many lie below the estimated quantile is a share; the bounds of its interval, read as shares of the sample in
order, are the bounds of the quantile.

>>> design = Design.simple(9, population=1000)
>>> found = quantile(design, [3, 1, 4, 1, 5, 9, 2, 6, 5], [0.5])
>>> found.values.tolist(), found.lower.tolist(), found.upper.tolist()
([4.0], [1.0], [9.0])
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from zhicheng.core.designs import Design, DesignError, Floats
from zhicheng.core.designs.columns import floats
from zhicheng.core.estimates.estimate import t_quantile
from zhicheng.core.estimates.interval import checked_level
from zhicheng.core.estimates.means import mean
from zhicheng.core.estimates.quantile_rules import Ladder, rule_named
from zhicheng.core.estimates.shares import Share, bounds
from zhicheng.core.estimates.variables import unsigned_weights, variables
from zhicheng.core.words import words

INTERVALS = ("mean", "xlogit", "beta", "asin")
"""The intervals of a share that are read back as quantiles."""
ROUNDING = 1e-12
"""How far a share may be outside 0 to 1 and still be at its end, but for rounding."""


@dataclass(frozen=True, eq=False)
class Quantiles:
    """The quantiles (q,) at `probabilities`, the bounds of their intervals, and standard errors from these.

    A bound is NaN where the share below the quantile could as well be under 0 or over 1, and then the
    standard error is as well; all are without any degree of freedom. `names` (q,) are the probabilities, or the
    domains of `by_domain`.
    """

    probabilities: Floats
    values: Floats
    lower: Floats
    upper: Floats
    standard_errors: Floats
    level: float
    names: tuple[str, ...]

    @classmethod
    def of_domains(cls, design: Design, names: tuple[str, ...], found: Sequence["Quantiles"]) -> "Quantiles":
        """What was `found` in domains of `design`, under `names` (q,)."""
        return cls(
            probabilities=np.concatenate([each.probabilities for each in found]),
            values=np.concatenate([each.values for each in found]),
            lower=np.concatenate([each.lower for each in found]),
            upper=np.concatenate([each.upper for each in found]),
            standard_errors=np.concatenate([each.standard_errors for each in found]),
            level=found[0].level,
            names=names,
        )

    def undefined(self, domain: Design) -> "Quantiles":
        """The same quantiles, NaN, of a `domain` whose rows do not have what they take."""
        unknown = np.full(len(self.values), np.nan)
        return replace(self, values=unknown, lower=unknown, upper=unknown, standard_errors=unknown)


def quantile(
    design: Design,
    y: ArrayLike,
    probabilities: float | Sequence[float],
    *,
    rule: str = "math",
    interval: str = "mean",
    level: float = 0.95,
    degrees_of_freedom: float | None = None,
) -> Quantiles:
    """The quantiles of one variable at one or several `probabilities` (0 to 1).

    `rule` is one of `quantile_rules.RULES`; `interval` one of `mean`, `xlogit`, `beta`, `asin`, made of the
    share below (see `shares`). The standard error is the width of the interval over twice the t it was made
    with. Degrees of freedom are those of the rows that have a value; where there are none, as in a domain of one
    cluster, bounds and errors are NaN. Raises DesignError.
    """
    found = variables(design, y)
    if found.values.shape[1] != 1:
        raise DesignError(words("{count} estimates are given; expected one"), count=found.values.shape[1])
    if interval not in INTERVALS:
        raise DesignError(
            words("“{name}” is “{value}”; expected one of {names}"),
            name="interval",
            value=interval,
            names=", ".join(INTERVALS),
        )
    column, domain = found.values[:, 0], found.design
    weights = unsigned_weights(domain)
    df = domain.degrees_of_freedom if degrees_of_freedom is None else degrees_of_freedom
    checked_level(level)
    reach = t_quantile(level, df) if df > 0 or degrees_of_freedom is not None else np.nan
    read = rule_named(rule)
    # R keeps probabilities of inclusion and turns them round; so do we where a share is exactly between values.
    ladder = Ladder.of(column[domain.inside], 1 / (1 / weights[domain.inside]))
    values, lower, upper = [], [], []
    asked = _asked(probabilities)
    for probability in asked.tolist():
        value = read(ladder, probability)
        below = mean(domain, (column <= value).astype(np.float64))
        low, high = (np.nan, np.nan) if np.isnan(reach) else bounds(Share.of(below), interval, level, df)
        values.append(value)
        lower.append(_read_back(read, ladder, low))
        upper.append(_read_back(read, ladder, high))
    bottom, top = np.array(lower), np.array(upper)
    return Quantiles(
        probabilities=asked,
        values=np.array(values),
        lower=bottom,
        upper=top,
        standard_errors=(top - bottom) / (2 * reach),
        level=level,
        names=tuple(map(str, asked.tolist())),
    )


def _asked(probabilities: float | Sequence[float]) -> Floats:
    """The probabilities (q,), each 0 to 1. Raises DesignError."""
    asked = np.atleast_1d(floats("probability", probabilities))
    outside = asked[~((asked >= 0) & (asked <= 1))]
    if outside.size or asked.ndim > 1:
        raise DesignError(
            words("“{name}” is {value}; expected {limits}"),
            name="probability",
            value=float(outside[0]) if outside.size else asked.tolist(),
            limits="0 … 1",
        )
    return asked


def _read_back(read: Callable[[Ladder, float], float], ladder: Ladder, bound: float) -> float:
    """The quantile at the bound of a share; NaN at none and at one beyond what a share can be."""
    if not -ROUNDING <= bound <= 1 + ROUNDING:
        return np.nan
    return read(ladder, min(max(bound, 0.0), 1.0))
