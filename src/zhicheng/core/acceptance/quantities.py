"""Numbers that people give to a plan, checked; and the first whole number for which something holds.

>>> whole("n", 80, 1)
80
>>> whole("lot_size", 0, 1)
Traceback (most recent call last):
zhicheng.core.acceptance.quantities.AcceptanceError: “lot_size” is 0; expected a whole number, 1 or more
>>> first_of(lambda n: n * n >= 50, 0, 100)
8
"""

import math
from collections.abc import Callable

from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class AcceptanceError(Refused):
    """What is asked of a sampling plan cannot be: says which value, and what was expected."""


def whole(field: str, value: float, least: int, most: float = math.inf) -> int:
    """`value` as a whole number from `least` to `most`. Raises AcceptanceError."""
    if least <= value <= most and math.isfinite(value) and value == int(value):
        return int(value)
    if most == math.inf:
        message = words("“{field}” is {value}; expected a whole number, {least} or more")
    else:
        message = words("“{field}” is {value}; expected a whole number from {least} to {most}")
    raise AcceptanceError(message, field=field, value=value, least=least, most=most)


def between(field: str, value: float, least: float, most: float = math.inf) -> float:
    """`value`, if it is finite and from `least` to `most`, both included. Raises AcceptanceError."""
    if least <= value <= most and math.isfinite(value):
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


def first_of(holds: Callable[[int], bool], start: int, stop: int) -> int:
    """The first number from `start` on for which `holds`, by halving: it has to hold from there on.

    `stop` if it holds for none before.
    """
    while start < stop:
        middle = (start + stop) // 2
        if holds(middle):
            stop = middle
        else:
            start = middle + 1
    return start
