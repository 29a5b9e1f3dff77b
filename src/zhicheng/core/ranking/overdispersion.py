"""Over-dispersion: units differ by more than chance even when nothing is wrong, and limits have to allow for it.

Areas differ in who lives there and in how carefully it is recorded. With large units plain limits then call nearly
everything extraordinary. Two remedies, after Spiegelhalter 2005:

- multiplicative: standard errors grow by √φ, where φ is the mean squared z-score;
- additive: every unit has a true value of its own around the target, with variance τ² between units, estimated
  by the method of moments of DerSimonian and Laird 1986; limits are then ±z·√(s² + τ²).

Both are estimated from z-scores whose extremes were pulled in, so that units that do stand out do not hide
themselves by widening the limits. Figures are first brought to a scale on which errors are about normal.

>>> units = of_proportions([12, 40, 31, 80, 22], [100, 200, 210, 390, 205])
>>> found = dispersion(units, share=0.1)
>>> round(found.phi, 2), round(found.tau_squared, 5)
(2.15, 0.00199)
>>> adjusted_limits(units, found, Adjustment.ADDITIVE, tail=0.001).position([0.12, 0.2, 0.1476, 0.2051, 0.1073])
array([0, 0, 0, 0, 0])

Sources: Spiegelhalter 2005, Statistics in Medicine 24:1185–1202, §§4–5; DerSimonian and Laird 1986,
Controlled Clinical Trials 7:177–188. Results agree with the R package FunnelPlotR 0.6.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from zhicheng.core.choices import named
from zhicheng.core.given import Floats, at_most, between, counts, finite, positives, same_length, vector
from zhicheng.core.ranking.limits import Limits
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class Scale(StrEnum):
    """The scale on which units are compared."""

    ARCSINE = auto()
    """asin √p, of proportions."""
    ROOT = auto()
    """√(observed/expected), of ratios; bears zeros."""
    LOG = auto()
    """log(observed/expected), of ratios; no zeros."""
    PLAIN = auto()
    """As it is: means and other figures about normal."""

    def back(self, values: Floats) -> Floats:
        """The figures that lie at these places of the scale; beyond its ends, the figure of the end."""
        if self is Scale.ARCSINE:
            return np.asarray(np.sin(np.clip(values, 0, np.pi / 2)) ** 2)
        if self is Scale.ROOT:
            return np.asarray(np.maximum(values, 0) ** 2)
        return np.exp(values) if self is Scale.LOG else values


@dataclass(frozen=True, slots=True)
class Transformed:
    """n units on a scale: their values and standard errors, shape (n,), and the target."""

    scale: Scale
    value: Floats
    error: Floats
    target: float

    @property
    def z(self) -> Floats:
        """How many standard errors each unit lies from the target; shape (n,)."""
        return (self.value - self.target) / self.error


def of_proportions(cases: npt.ArrayLike, sizes: npt.ArrayLike, target: float | None = None) -> Transformed:
    """Units of `sizes` (above 0) with `cases` (0 to size) in them; the target is the overall proportion.

    Standard error 1/(2√n) on the arcsine scale. Raises Refused.
    """
    count, size = counts("cases", cases), positives("sizes", sizes)
    same_length("cases", count, "sizes", size)
    at_most("cases", count, "sizes", size)
    middle = float(count.sum() / size.sum()) if target is None else between("target", target, 0, 1)
    return Transformed(
        Scale.ARCSINE, np.arcsin(np.sqrt(count / size)), 0.5 / np.sqrt(size), float(np.arcsin(np.sqrt(middle)))
    )


def of_ratios(
    observed: npt.ArrayLike, expected: npt.ArrayLike, target: float = 1.0, *, scale: str = Scale.ROOT
) -> Transformed:
    """Units where `expected` (above 0) cases were expected and `observed` were found.

    Standard error 1/(2√E) on the root scale, 1/√E on the log scale; the latter needs observed cases everywhere.
    The same for rates, with the population at risk as `expected` and the overall rate as `target`. Raises Refused.
    """
    scale = named(Scale, "scale", scale)
    base = positives("expected", expected)
    count = (positives if scale is Scale.LOG else counts)("observed", observed)
    same_length("observed", count, "expected", base)
    between("target", target, 0, np.inf)
    if scale is Scale.LOG:
        return Transformed(scale, np.log(count / base), 1 / np.sqrt(base * target), float(np.log(target)))
    if scale is Scale.ROOT:
        return Transformed(scale, np.sqrt(count / base), 0.5 / np.sqrt(base), float(np.sqrt(target)))
    raise Refused(words("Ratios are compared on the scale “root” or “log”, not “{scale}”"), scale=scale.value)


def of_means(values: npt.ArrayLike, errors: npt.ArrayLike, target: float | None = None) -> Transformed:
    """Units with means and standard errors (above 0); the target is the mean weighted by 1/s². Raises Refused."""
    value, error = vector("values", values), positives("errors", errors)
    same_length("values", value, "errors", error)
    middle = float(np.average(value, weights=error**-2)) if target is None else finite("target", target)
    return Transformed(Scale.PLAIN, value, error, middle)


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much more than by chance n units differ."""

    phi: float
    """Mean squared z-score, after the extremes were pulled in; about 1 if all differences are chance."""
    tau_squared: float
    """Variance between true values, on the units' scale; 0 if all differences may be chance."""
    units: int
    left_of_chance: float = 1.0
    """By what φ was divided to be 1 under chance alone; 1 if it stands as published."""

    @property
    def is_beyond_chance(self) -> bool:
        """Whether φ, not divided, exceeds 1 + 2√(2/n), its upper 2.5 % limit by chance (Spiegelhalter 2005, §4).

        Pulling in lowers φ, so the rule is cautious: without over-dispersion it holds in fewer than 1 of 40 cases.
        """
        return self.phi * self.left_of_chance > 1 + 2 * float(np.sqrt(2 / self.units))


def winsorised(z: npt.ArrayLike, share: float = 0.1) -> Floats:
    """z-scores with the lowest and the highest `share` (0 to below 0.5) pulled in to the quantiles there.

    >>> winsorised([-9, -1, 0, 1, 9], 0.25)
    array([-1., -1.,  0.,  1.,  1.])
    """
    scores = vector("z", z)
    _check_share(share)
    low, high = np.quantile(scores, [share, 1 - share])
    return np.clip(scores, low, high)


def trimmed(z: npt.ArrayLike, share: float = 0.1) -> npt.NDArray[np.bool_]:
    """Which z-scores stay if units are cut in 1/`share` equal groups by rank and the outer two are left out.

    This is what England's hospital mortality indicator (SHMI) does instead of pulling in; shape (n,). With a
    `share` of 0 all stay. Raises Refused.

    >>> trimmed([5, -7, 0, 1, 2, 3, -4, 9, 8, 6], 0.2).sum()
    np.int64(6)
    """
    scores = vector("z", z)
    _check_share(share)
    enough = len(scores) + 2  # of so many groups the outer two are empty, and of more
    groups = enough if share * enough <= 1 else round(1 / share)
    ranks = np.argsort(np.argsort(scores, kind="stable"), kind="stable") + 1
    group = ranks * groups // (len(scores) + 1)
    return np.asarray((group > 0) & (group < groups - 1))


def dispersion(units: Transformed, *, share: float = 0.1, consistent: bool = False) -> Dispersion:
    """φ and τ² of the units, with `share` of them pulled in on each side. Raises Refused below three units.

    As published, φ and τ² come out too small, since ordinary units are pulled in too: where true values vary as
    much as chance, one ordinary unit in ten crosses the 5 % limits. With `consistent` φ is divided by what pulling
    in leaves of a normal distribution, 0.68 for a tenth, and limits hold their level if ordinary units are about
    normal (the usual factor of robust scales: Huber 1981, Robust Statistics, chapter 5).

    >>> units = of_means([-4.0, -1.0, 0.5, 1.5, 9.0], [1.0] * 5, 0.0)
    >>> round(dispersion(units).phi, 2), round(dispersion(units, consistent=True).phi, 2)
    (9.47, 13.95)
    """
    vector("units", units.value, least=LEAST_UNITS)
    return _dispersion(winsorised(units.z, share), units.error, left_of_chance(share) if consistent else 1.0)


def left_of_chance(share: float) -> float:
    """The mean square of standard normal figures with `share` of them pulled in on each side: from 1 down.

    >>> round(left_of_chance(0.1), 3), left_of_chance(0)
    (0.679, 1.0)
    """
    _check_share(share)
    if share == 0:
        return 1.0
    end = norm.isf(share)
    return float(1 - 2 * share - 2 * end * norm.pdf(end) + 2 * share * end**2)


def trimmed_dispersion(units: Transformed, *, share: float = 0.1) -> Dispersion:
    """φ and τ² of the units that `trimmed` leaves. Raises Refused if fewer than three are left."""
    kept = trimmed(units.z, share)
    vector("units", units.value[kept], least=LEAST_UNITS)
    return _dispersion(units.z[kept], units.error[kept])


LEAST_UNITS = 3
"""From fewer units nothing is said about differences between them."""


class Adjustment(StrEnum):
    """Which remedy."""

    NONE = auto()
    MULTIPLICATIVE = auto()
    ADDITIVE = auto()


def adjusted_limits(
    units: Transformed, found: Dispersion, adjustment: str = Adjustment.ADDITIVE, *, tail: float = 0.001
) -> Limits:
    """Funnel limits in the units' own figures, wider by what was found; never narrower than chance. Shape (n,).

    `adjustment` is an `Adjustment` or its text. Raises Refused.
    """
    adjustment = named(Adjustment, "adjustment", adjustment)
    z = norm.isf(between("tail", tail, 0, 0.5))
    error = units.error
    if adjustment is Adjustment.MULTIPLICATIVE:
        error = error * np.sqrt(max(found.phi, 1))
    elif adjustment is Adjustment.ADDITIVE:
        error = np.sqrt(error**2 + found.tau_squared)
    return Limits(units.scale.back(units.target - z * error), units.scale.back(units.target + z * error))


def adjusted_z(units: Transformed, found: Dispersion) -> Floats:
    """z-scores with the variance between units allowed for: (value − target)/√(s² + τ²); shape (n,)."""
    return (units.value - units.target) / np.sqrt(units.error**2 + found.tau_squared)


def _dispersion(z: Floats, error: Floats, left: float = 1.0) -> Dispersion:
    units, weight = len(z), error**-2
    phi = float(np.mean(z**2)) / left
    surplus = units * phi - (units - 1)
    tau_squared = max(0.0, surplus / float(weight.sum() - (weight**2).sum() / weight.sum()))
    return Dispersion(phi, tau_squared, units, left)


def _check_share(share: float) -> None:
    if not 0 <= share < 0.5:
        raise Refused(words("“share” is {share}: from 0 to below 0.5 was expected"), share=share)
