"""Differences and other combinations of estimates, with the covariances between them.

>>> from zhicheng.core.designs import Design
>>> from zhicheng.core.estimates import by_domain, mean
>>> design = Design.clusters([1, 1, 2, 2, 3, 3], weights=5)
>>> found = by_domain(mean, design, [4.0, 6.0, 5.0, 9.0, 6.0, 9.0], by=["a", "b"] * 3)
>>> difference = contrast(found, {"b": 1, "a": -1})
>>> difference.value, round(difference.standard_error, 4)
(3.0, 0.5774)
>>> relative = combined(found, lambda means: means["b"] / means["a"])
>>> relative.value, round(relative.standard_error, 4)
(1.6, 0.1007)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhicheng.core.designs import DesignError, Floats
from zhicheng.core.designs.columns import floats
from zhicheng.core.estimates.estimate import Estimates
from zhicheng.core.estimates.variables import titled
from zhicheng.core.words import words

STEP = 1e-30
"""How far into the imaginary a function is followed for its slope; nothing is subtracted, so nothing is lost."""
OTHER_STEP = 1e-20
"""By how much all estimates are moved together: a function with a tangent moves by the sum of its slopes."""
AGREEING = 1e-6
"""By what share of all slopes together this may be missed."""


def contrast(
    estimates: Estimates, weights: Mapping[Any, float] | Sequence[float], name: str = "contrast"
) -> Estimates:
    """The sum of `estimates`, each times its weight: by name or label (others 0) or one for each in order.

    Raises DesignError for names that are not there and for another number of weights.
    """
    factors = _factors(estimates, weights)
    used = factors != 0
    return _derived(estimates, name, float(factors[used] @ estimates.values[used]), factors)


def combined(
    estimates: Estimates, function: Callable[[Mapping[str, Any]], Any], name: str = "combination"
) -> Estimates:
    """What `function` makes of the estimates by name, with the standard error of its tangent (delta method).

    The tangent is found by a step into the complex numbers (Squire and Trapp 1998), so `function` has to be
    made of arithmetic and functions of numpy that take them, like `np.log`; not `abs`. Raises DesignError if
    the result is not a finite number, is not complex where the estimates are, or has no tangent there, as a root
    has none at 0: the delta method knows no standard error of it, and R's `svycontrast` gives NaN. And if it asks
    for an estimate that is not there.
    """
    values = estimates.values.astype(np.complex128)
    sizes = np.where(np.abs(estimates.values) > 0, np.abs(estimates.values), 1.0)  # 1 also for one unknown
    steps = np.diag(STEP * sizes)
    slopes = np.array([_followed(estimates, function, name, values + 1j * step) for step in steps]) / (
        STEP * sizes
    )
    with np.errstate(all="ignore"):
        value = float(np.real(function(_ByName(zip(estimates.names, estimates.values, strict=True)))))
    if not np.isfinite(value):
        raise DesignError(words("“{name}” is {value}; expected a finite number"), name=name, value=value)
    others = OTHER_STEP * sizes * np.arange(1, len(values) + 1)  # unlike, so that no difference stays what it is
    together = _followed(estimates, function, name, values + 1j * others)
    if not abs(together - slopes @ others) <= AGREEING * np.abs(slopes * others).sum():
        message = words("“{name}” has no tangent at the estimates; expected a function that is smooth there")
        raise DesignError(message, name=name)
    return _derived(estimates, name, value, slopes)


class _ByName(dict[str, Any]):
    """Estimates by name, or by the label that is called so; asking for another is refused in words."""

    def __missing__(self, label: Any) -> Any:
        if titled(label) not in self:
            raise _unknown(titled(label), self)
        return self[titled(label)]


def _followed(
    estimates: Estimates, function: Callable[[Mapping[str, Any]], Any], name: str, moved: NDArray[np.complex128]
) -> float:
    """How far into the imaginary `function` goes with estimates that were moved there."""
    with np.errstate(all="ignore"):
        found = function(_ByName(zip(estimates.names, moved, strict=True)))
    if not np.iscomplexobj(found):
        message = words("“{name}” is {value} of complex numbers; expected arithmetic and functions that take them")
        raise DesignError(message, name=name, value=found)
    return float(np.imag(found))


def _derived(estimates: Estimates, name: str, value: float, slopes: Floats) -> Estimates:
    used = slopes != 0  # of what takes no part, nothing need be known
    return Estimates.of(
        estimates.design,
        (name,),
        np.array([value]),
        estimates.influence[:, used] @ slopes[used, None],
        domain=estimates.domain,
        degrees_of_freedom=estimates.degrees_of_freedom,
    )


def _factors(estimates: Estimates, weights: Mapping[Any, float] | Sequence[float]) -> Floats:
    if isinstance(weights, Mapping):
        named = {titled(label): factor for label, factor in weights.items()}
        strange = set(named) - set(estimates.names)
        if strange:
            raise _unknown(sorted(strange)[0], estimates.names)
        return floats("weights", [named.get(name, 0.0) for name in estimates.names])
    factors = floats("weights", weights)
    if factors.shape != estimates.values.shape:
        raise DesignError(
            words("{count} weights are given; expected one for each of {estimates} estimates"),
            count=factors.size,
            estimates=len(estimates.values),
        )
    return factors


def _unknown(name: str, known: Iterable[str]) -> DesignError:
    message = words("no estimate is called “{name}”; expected one of {names}")
    return DesignError(message, name=name, names=", ".join(known))
