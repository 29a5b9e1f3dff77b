"""Numbers that people give to a plan, checked.

>>> whole("n", 80, 1)
80
>>> whole("lot_size", 0, 1)
Traceback (most recent call last):
zhicheng.core.acceptance.quantities.AcceptanceError: “lot_size” is 0; expected a whole number, 1 or more
>>> between("quality", "a hundredth", 0, 1)
Traceback (most recent call last):
zhicheng.core.acceptance.quantities.AcceptanceError: “quality” is “a hundredth”; expected a number from 0 to 1
"""

import math
import sys
from decimal import Decimal
from numbers import Rational, Real
from typing import Any

from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class AcceptanceError(Refused):
    """What is asked of a sampling plan cannot be: says which value, and what was expected."""


def whole(field: str, value: float, least: int, most: float = math.inf) -> int:
    """`value` as a whole number from `least` to `most`, of whichever type it comes. Raises AcceptanceError."""
    if _is_finite(value) and least <= value <= most and value == int(value):
        return int(value)
    if most == math.inf:
        message = words("“{field}” is {value}; expected a whole number, {least} or more")
    else:
        message = words("“{field}” is {value}; expected a whole number from {least} to {most}")
    raise AcceptanceError(message, field=field, value=_shown(value), least=least, most=most)


def between(field: str, value: float, least: float, most: float = math.inf) -> float:
    """`value`, if it is finite and from `least` to `most`, both included. Raises AcceptanceError."""
    if _is_finite(value) and least <= value <= min(most, sys.float_info.max):
        return float(value)
    if most == math.inf:
        message = words("“{field}” is {value}; expected a number, {least} or more")
    else:
        message = words("“{field}” is {value}; expected a number from {least} to {most}")
    raise AcceptanceError(message, field=field, value=_shown(value), least=least, most=most)


def inside(field: str, value: float, low: float, high: float) -> float:
    """`value`, if it is above `low` and below `high`. Raises AcceptanceError."""
    if not (_is_finite(value) and low < value < high):
        message = words("“{field}” is {value}; expected a number above {low} and below {high}")
        raise AcceptanceError(message, field=field, value=_shown(value), low=low, high=high)
    return float(value)


def set_whole(plan: Any, field: str, least: int) -> None:
    """Checks a number of a frozen plan, and keeps it as an `int`: 80.0 and NumPy's 80 make the same plan as 80."""
    object.__setattr__(plan, field, whole(field, getattr(plan, field), least))


def _is_finite(value: object) -> bool:
    """Whether it is a number of any type, and neither infinite nor NaN; None and text are none."""
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, Rational) or (isinstance(value, Real) and math.isfinite(value))


def _shown(value: object) -> object:
    """As a message shows it: text in quotation marks, so that “80” is told from 80."""
    return f"“{value}”" if isinstance(value, str) else value
