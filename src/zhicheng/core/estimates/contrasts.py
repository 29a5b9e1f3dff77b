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

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from zhicheng.core.designs import DesignError, Floats
from zhicheng.core.estimates.estimate import Estimates
from zhicheng.core.words import words

STEP = 1e-30
"""How far into the imaginary a function is followed for its slope; nothing is subtracted, so nothing is lost."""


def contrast(
    estimates: Estimates, weights: Mapping[str, float] | Sequence[float], name: str = "contrast"
) -> Estimates:
    """The sum of `estimates`, each times its weight: by name (others 0) or one for each in order.

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
    the result is not a finite number.
    """
    slopes = np.empty(len(estimates.values))
    with np.errstate(all="ignore"):
        for at in range(len(slopes)):
            moved = estimates.values.astype(np.complex128)
            moved[at] += 1j * STEP
            slopes[at] = np.imag(function(dict(zip(estimates.names, moved, strict=True)))) / STEP
        value = float(np.real(function(dict(zip(estimates.names, estimates.values, strict=True)))))
    if not (np.isfinite(value) and np.isfinite(slopes).all()):
        raise DesignError(words("“{name}” is {value}; expected a finite number"), name=name, value=value)
    return _derived(estimates, name, value, slopes)


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


def _factors(estimates: Estimates, weights: Mapping[str, float] | Sequence[float]) -> Floats:
    if isinstance(weights, Mapping):
        strange = set(weights) - set(estimates.names)
        if strange:
            raise DesignError(
                words("no estimate is called “{name}”; expected one of {names}"),
                name=sorted(strange)[0],
                names=", ".join(estimates.names),
            )
        return np.array([float(weights.get(name, 0.0)) for name in estimates.names])
    if len(weights) != len(estimates.values):
        raise DesignError(
            words("{count} weights are given; expected one for each of {estimates} estimates"),
            count=len(weights),
            estimates=len(estimates.values),
        )
    return np.asarray(weights, dtype=np.float64)
