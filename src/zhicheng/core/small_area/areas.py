"""What a model of small areas is given: direct estimates, their variances, and what else is known of the areas.

>>> areas = Areas.of([0.05, 0.11, None], [0.001, 0.002, None], [1, 1, 1], names=["A", "B", "C"])
>>> areas.sampled.tolist(), areas.regressor_names
([True, True, False], ('1',))
>>> Areas.of([0.05, 0.11], [0.001, 0.0], [1, 1], names=["A", "B"])
Traceback (most recent call last):
zhicheng.core.small_area.areas.SmallAreaError: Area “B” has the variance 0; expected is above 0: \
smooth it over all areas
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import qr

from zhicheng.core.given import floats
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Reals = NDArray[np.float64]
Mask = NDArray[np.bool_]

RANK = 1e-9
"""A regressor of which less than this share is its own depends on the others."""


class SmallAreaError(Refused):
    """The areas cannot be modelled; says which area or regressor is in the way, or how far the search came."""


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """Areas (counties, say) with what was estimated from their own batches; made by `Areas.of`.

    `direct` and `variances`, shape (areas,): the direct estimate and the variance of its sampling error (above 0),
    taken as known; not a number where an area has none. `regressors`, shape (areas, regressors).
    """

    names: tuple[str, ...]
    direct: Reals
    variances: Reals
    regressors: Reals
    regressor_names: tuple[str, ...]

    @classmethod
    def of(
        cls,
        direct: ArrayLike,
        variances: ArrayLike,
        regressors: ArrayLike,
        *,
        names: Sequence[str] | None = None,
        regressor_names: Sequence[str] | None = None,
    ) -> "Areas":
        """Areas, checked. None or not-a-number in both `direct` and `variances` is an area without an estimate.

        `regressors` has one row for each area, with a column of ones if the model is to have a constant. Raises
        SmallAreaError: values missing or out of range, fewer estimates than regressors and one, or regressors
        that depend on each other among the areas with an estimate, by name.
        """
        estimates = _floats("direct", direct)
        errors = _floats("variances", variances)
        table = _floats("regressors", regressors)
        table = table.reshape(-1, 1) if table.ndim == 1 else table
        called = _names(names, estimates.size)
        columns = _names(regressor_names, table.shape[-1])
        _check_shapes(called, estimates, errors, table, columns)
        areas = cls(called, estimates, errors, table, columns)
        _check_values(areas)
        _check_regressors(areas)
        return areas

    @property
    def sampled(self) -> Mask:
        """Which areas have a direct estimate."""
        return np.isfinite(self.direct)

    def __len__(self) -> int:
        return len(self.names)


def binomial_variances(failed: ArrayLike, tested: ArrayLike) -> Reals:
    """Variances of failure rates k/n, smoothed: p(1−p)/n with the rate p of all areas together, shape (areas,).

    The variance from an area's own rate is 0 where none of a few batches failed, and swings with the rate
    itself. Not a number where nothing was tested. Raises SmallAreaError if none or all of the batches failed,
    if more failed than were tested, or below 0.

    >>> binomial_variances([0, 3, 1], [10, 40, 30]).round(6).tolist()
    [0.00475, 0.001188, 0.001583]
    """
    bad, total = _floats("failed", failed), _floats("tested", tested)
    if bad.shape != total.shape or np.any(~np.isfinite(bad + total)) or np.any((bad < 0) | (bad > total)):
        raise SmallAreaError(words("Failed batches are from 0 to the tested ones, one number for each area"))
    rate = bad.sum() / total.sum() if total.sum() else 0.0
    if not 0 < rate < 1:
        raise SmallAreaError(
            words("Of all tested batches none, or all, failed: a variance cannot be told from that")
        )
    variances = np.full_like(total, np.nan)
    np.divide(rate * (1 - rate), total, out=variances, where=total > 0)
    return variances


def _floats(name: str, values: ArrayLike) -> Reals:
    message = words("“{name}” holds “{value}”; expected numbers, and None or NaN where one is missing")
    return np.atleast_1d(floats(values, lambda value: SmallAreaError(message, name=name, value=value)))


def _names(given: Sequence[str] | None, count: int) -> tuple[str, ...]:
    return tuple(given) if given is not None else tuple(str(place + 1) for place in range(count))


def _check_shapes(
    names: tuple[str, ...], direct: Reals, variances: Reals, table: Reals, columns: tuple[str, ...]
) -> None:
    lengths = (len(names), direct.size, variances.size, len(table))
    if direct.ndim != 1 or variances.ndim != 1 or table.ndim != 2 or len(set(lengths)) != 1:
        message = words(
            "{names} names, {direct} estimates, {variances} variances, {rows} rows; expected is one for each area"
        )
        counts = dict(zip(("names", "direct", "variances", "rows"), lengths, strict=True))
        raise SmallAreaError(message, **counts)
    if len(columns) != table.shape[1]:
        message = words("{names} names for {count} regressors; expected is one for each")
        raise SmallAreaError(message, names=len(columns), count=table.shape[1])
    if not columns:
        raise SmallAreaError(words("There is no regressor; expected is one or more, such as a column of ones"))
    for called, message in (
        (names, words("Several areas are called “{name}”")),
        (columns, words("Several regressors are called “{name}”")),
    ):
        twice = sorted({name for name in called if called.count(name) > 1})
        if twice:
            raise SmallAreaError(message, name=twice[0])


def _check_values(areas: Areas) -> None:
    for name, direct, variance, row in zip(
        areas.names, areas.direct, areas.variances, areas.regressors, strict=True
    ):
        if not np.isfinite(row).all():
            missing = areas.regressor_names[int(np.argmin(np.isfinite(row)))]
            message = words("Area “{name}” has no value of the regressor “{regressor}”; a model needs all")
            raise SmallAreaError(message, name=name, regressor=missing)
        if np.isinf(direct) or np.isfinite(direct) != np.isfinite(variance):
            message = words("Area “{name}” has the direct estimate {direct:g} with the variance {variance:g}")
            raise SmallAreaError(message, name=name, direct=float(direct), variance=float(variance))
        if variance <= 0:
            message = words(
                "Area “{name}” has the variance {variance:g}; expected is above 0: smooth it over all areas"
            )
            raise SmallAreaError(message, name=name, variance=float(variance))


def _check_regressors(areas: Areas) -> None:
    table = areas.regressors[areas.sampled]
    count, columns = table.shape
    if count <= columns:
        message = words("{count} areas with a direct estimate for {columns} regressors; expected are more areas")
        raise SmallAreaError(message, count=count, columns=columns)
    lengths = np.linalg.norm(table, axis=0)
    triangle, order = qr(table / np.where(lengths > 0, lengths, 1), mode="r", pivoting=True)
    own = np.abs(np.diag(triangle))
    dependent = [areas.regressor_names[place] for place in order[own < RANK]]
    if dependent:
        message = words("Regressors that the others determine: {regressors}; the model cannot tell them apart")
        raise SmallAreaError(message, regressors=", ".join(map(str, dependent)))
