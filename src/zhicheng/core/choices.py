"""Methods that are chosen by name: a name that is none is refused, and never taken for another.

Where a function takes a `StrEnum`, its texts do as well, as settings, files and other programs have them.

>>> Side = StrEnum("Side", ["LEFT", "RIGHT"])
>>> named(Side, "side", "left") is named(Side, "side", Side.LEFT)
True
>>> named(Side, "side", "up")
Traceback (most recent call last):
zhicheng.core.refused.Refused: “side” is “up”; expected one of left, right
"""

from enum import StrEnum
from typing import TypeVar

from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Choice = TypeVar("Choice", bound=StrEnum)


def named(choices: type[Choice], field: str, value: str, refusal: type[Refused] = Refused) -> Choice:
    """The one of `choices` that `value` is, or whose text it is. Raises the `refusal`, naming all there are."""
    try:
        return choices(value)
    except ValueError:
        message = words("“{name}” is “{value}”; expected one of {names}")
        raise refusal(message, name=field, value=value, names=", ".join(choices)) from None
