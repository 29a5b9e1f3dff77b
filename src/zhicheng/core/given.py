"""Numbers that people give to a method, checked once: what is refused is named by field, place and limit.

>>> vector("score", [1, 2]), between("level", 0.95, 0, 1)
(array([1., 2.]), 0.95)
>>> vector("score", [1, float("nan")])
Traceback (most recent call last):
    ...
zhicheng.core.refused.Refused: “score” at place 2 is nan: a finite number was expected
"""

from collections.abc import Callable, Iterable, Sequence
from math import isfinite, isnan, nan

import numpy as np
import numpy.typing as npt

from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Floats = npt.NDArray[np.float64]


def floats(
    values: npt.ArrayLike | Sequence[Sequence[float | None]], refusal: Callable[[object], Refused]
) -> Floats:
    """`values` as an array of floats of any shape, NaN for None. Raises the `refusal` of the first that is none.

    >>> floats([2, None, True], lambda value: Refused("“{value}” is no number", value=value)).tolist()
    [2.0, nan, 1.0]
    """
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise refusal(_first_that_is_no_number(values)) from None


def numbers(
    field: str, values: npt.ArrayLike | Sequence[Sequence[float | None]], refusal: type[Refused] = Refused
) -> Floats:
    """`values` as floats of any shape, NaN for None. Raises the `refusal` for text and for rows of unlike length.

    >>> numbers("ratings", [[1, None], [2, 3]]).tolist()
    [[1.0, nan], [2.0, 3.0]]
    """
    message = words("“{field}” holds “{value}”: numbers were expected")
    return floats(values, lambda value: refusal(message, field=field, value=value))


def vector(field: str, values: npt.ArrayLike, *, least: int = 1) -> Floats:
    """`values` as n finite floats, n ≥ `least`. Raises Refused for anything else; places count from 1."""
    found = np.atleast_1d(numbers(field, values))
    if found.ndim != 1:
        raise Refused(
            words("“{field}” has {count} dimensions: one list of numbers was expected"),
            field=field,
            count=found.ndim,
        )
    if len(found) < least:
        raise Refused(
            words("“{field}” has {count} values: {least} or more were expected"),
            field=field,
            count=len(found),
            least=least,
        )
    message = words("“{field}” at place {place} is {value}: a finite number was expected")
    _refuse_where(~np.isfinite(found), field, found, message)
    return found


def positives(field: str, values: npt.ArrayLike, *, least: int = 1) -> Floats:
    """`values` as n finite floats above 0. Raises Refused."""
    found = vector(field, values, least=least)
    message = words("“{field}” at place {place} is {value}: a number above 0 was expected")
    _refuse_where(found <= 0, field, found, message)
    return found


def counts(field: str, values: npt.ArrayLike, *, least: int = 1) -> Floats:
    """`values` as n floats, none negative; they need not be whole, as weighted counts are not. Raises Refused."""
    found = vector(field, values, least=least)
    message = words("“{field}” at place {place} is {value}: 0 or more was expected")
    _refuse_where(found < 0, field, found, message)
    return found


def whole(field: str, values: npt.ArrayLike, *, least: int = 1) -> Floats:
    """`values` as n floats that are whole numbers from 0: counts of what happened. Raises Refused.

    >>> whole("failures", [1, 1.5])
    Traceback (most recent call last):
        ...
    zhicheng.core.refused.Refused: “failures” at place 2 is 1.5: a whole number was expected
    """
    found = counts(field, values, least=least)
    _refuse_where(
        found != np.floor(found),
        field,
        found,
        words("“{field}” at place {place} is {value}: a whole number was expected"),
    )
    return found


def same_length(field: str, values: Floats, other: str, others: Floats) -> None:
    """Raises Refused unless there are as many `values` as `others`.

    >>> same_length("score", np.ones(2), "weight", np.ones(3))
    Traceback (most recent call last):
        ...
    zhicheng.core.refused.Refused: “score” has 2 values and “weight” has 3: as many were expected
    """
    if len(values) != len(others):
        raise Refused(
            words("“{field}” has {count} values and “{other}” has {others}: as many were expected"),
            field=field,
            count=len(values),
            other=other,
            others=len(others),
        )


def at_most(field: str, values: Floats, other: str, others: Floats) -> None:
    """Raises Refused where a value is above the one of `others` at its place: no more failures than tests."""
    message = words("“{field}” at place {place} is {value}: at most “{other}”, {most}, was expected")
    above = np.flatnonzero(values > others)
    if len(above):
        place = int(above[0])
        raise Refused(
            message,
            field=field,
            place=place + 1,
            value=shown(values[place]),
            other=other,
            most=shown(others[place]),
        )


def between(field: str, value: float, low: float, high: float) -> float:
    """`value` if strictly between `low` and `high`. Raises Refused.

    >>> between("level", 95, 0, 1)
    Traceback (most recent call last):
        ...
    zhicheng.core.refused.Refused: “level” is 95: a number above 0 and below 1 was expected
    """
    found = number(value)
    if not low < found < high:
        raise Refused(
            words("“{field}” is {value}: a number above {low} and below {high} was expected"),
            field=field,
            value=shown(value),
            low=shown(low),
            high=shown(high),
        )
    return found


def finite(field: str, value: float) -> float:
    """`value`, if it is one finite number. Raises Refused: with NaN for a target everything would lie inside.

    >>> finite("target", float("nan"))
    Traceback (most recent call last):
        ...
    zhicheng.core.refused.Refused: “target” is nan: a finite number was expected
    """
    found = number(value)
    if not isfinite(found):
        raise Refused(words("“{field}” is {value}: a finite number was expected"), field=field, value=shown(value))
    return found


def number(value: object) -> float:
    """A number of any type as a float; NaN for anything else, text among it.

    >>> number(1), number("1")
    (1.0, nan)
    """
    try:
        return nan if isinstance(value, str) else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return nan


def _refuse_where(wrong: npt.NDArray[np.bool_], field: str, values: Floats, message: str) -> None:
    places = np.flatnonzero(wrong)
    if len(places):
        raise Refused(message, field=field, place=int(places[0]) + 1, value=shown(values[places[0]]))


def shown(value: object) -> str:
    """A number as people write it: 95, 0.025; anything else as it is, text in quotation marks."""
    if isinstance(value, str):
        return f"“{value}”"
    found = number(value)
    return str(value) if isnan(found) else f"{found:.10g}"


def _first_that_is_no_number(values: object) -> object:
    items = values.tolist() if isinstance(values, np.ndarray) else values
    if isinstance(items, str) or not isinstance(items, Iterable):
        return items
    for item in items:
        try:
            np.asarray(item, dtype=np.float64)
        except (TypeError, ValueError, OverflowError):
            return _first_that_is_no_number(item)
    return items
