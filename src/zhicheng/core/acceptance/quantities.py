"""Numbers that people give to a plan, checked.

>>> whole("n", 80, 1)
80
>>> whole("lot_size", 0, 1)
Traceback (most recent call last):
zhicheng.core.acceptance.quantities.AcceptanceError: “lot_size” is 0; expected a whole number, 1 or more
"""

import math
from typing import Any

from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class AcceptanceError(Refused):
    """What is asked of a sampling plan cannot be: says which value, and what was expected."""


def whole(field: str, value: float, least: int, most: float = math.inf) -> int:
    """`value` as a whole number from `least` to `most`, of whichever type it comes. Raises AcceptanceError."""
    if (isinstance(value, int) or math.isfinite(value)) and least <= value <= most and value == int(value):
        return int(value)
    if most == math.inf:
        message = words("“{field}” is {value}; expected a whole number, {least} or more")
    else:
        message = words("“{field}” is {value}; expected a whole number from {least} to {most}")
    raise AcceptanceError(message, field=field, value=value, least=least, most=most)


def between(field: str, value: float, least: float, most: float = math.inf) -> float:
    """`value`, if it is finite and from `least` to `most`, both included. Raises AcceptanceError."""
    if math.isfinite(value) and least <= value <= most:
        return float(value)
    if most == math.inf:
        message = words("“{field}” is {value}; expected a number, {least} or more")
    else:
        message = words("“{field}” is {value}; expected a number from {least} to {most}")
    raise AcceptanceError(message, field=field, value=value, least=least, most=most)


def inside(field: str, value: float, low: float, high: float) -> float:
    """`value`, if it is above `low` and below `high`. Raises AcceptanceError."""
    if not low < value < high:
        message = words("“{field}” is {value}; expected a number above {low} and below {high}")
        raise AcceptanceError(message, field=field, value=value, low=low, high=high)
    return float(value)


def set_whole(plan: Any, field: str, least: int) -> None:
    """Checks a number of a frozen plan, and keeps it as an `int`: 80.0 and NumPy's 80 make the same plan as 80."""
    object.__setattr__(plan, field, whole(field, getattr(plan, field), least))
