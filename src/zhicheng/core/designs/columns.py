"""Columns of a sample as arrays of one length, and their values as codes 0, 1, 2, …

>>> codes, count = codes_of(["b", "a", "b"])
>>> codes.tolist(), count
([0, 1, 0], 2)
>>> nested(codes_of([1, 1, 2])[0], codes_of([7, 8, 7])[0])[0].tolist()
[0, 1, 2]
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhicheng.core import given
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Floats: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]
Labels: TypeAlias = Sequence[Any] | NDArray[Any]
"""Names of strata, clusters or domains, one for each row: text, numbers, or anything that can be hashed."""

LARGEST = 2.0**63
"""From here on whole numbers held as fractions do not fit into integers, and are told apart one by one."""
SPREAD = 4
"""Whole numbers are counted into a table of every number up to so many times the rows, instead of being sorted."""


class DesignError(Refused):
    """A sampling design contradicts itself, or something asked of it does not fit it."""


def numbers(name: str, values: ArrayLike, rows: int) -> Floats:
    """`values` as `rows` numbers; one number stands for all rows. Raises DesignError, naming `name`."""
    array = floats(name, values)
    if array.ndim == 0:
        array = np.full(rows, float(array))
    if array.shape != (rows,):
        raise DesignError(
            words("“{name}” has the shape {shape}; expected one number for each of {rows} rows"),
            name=name,
            shape=array.shape,
            rows=rows,
        )
    return array


def floats(name: str, values: ArrayLike) -> Floats:
    """`values` as an array of numbers, NaN for None. Raises DesignError with `name` and the first that is none.

    >>> floats("weights", [2, None, True]).tolist()
    [2.0, nan, 1.0]
    """
    message = words("“{name}” holds “{value}”; expected numbers, and None or NaN where one is missing")
    return given.floats(values, lambda value: DesignError(message, name=name, value=value))


def within(name: str, array: Floats, fits: Flags, limits: str) -> Floats:
    """`array`, all of which `fits`. Raises DesignError with the first value that does not, and the `limits`."""
    if not fits.all():
        row = int(np.argmin(fits))
        raise DesignError(
            words("“{name}” is {value} in row {row}; expected {limits}"),
            name=name,
            value=float(array[row]),
            row=row,
            limits=limits,
        )
    return array


def check_labels(name: str, labels: Labels, rows: int) -> None:
    """Raises DesignError, naming `name`, if `labels` are not one for each of `rows` rows."""
    count = count_of(name, labels)
    if count != rows:
        raise DesignError(
            words("“{name}” has {count} labels; expected one for each of {rows} rows"),
            name=name,
            count=count,
            rows=rows,
        )


def count_of(name: str, labels: Labels) -> int:
    """How many `labels` there are. Raises DesignError, naming `name`, if they are no column but one value.

    >>> count_of("strata", "nnss")
    4
    """
    try:
        return len(labels)
    except TypeError:
        raise DesignError(
            words("“{name}” is “{value}”; expected a column with a label for each row"), name=name, value=labels
        ) from None


def distinct(labels: Sequence[Any]) -> set[Any]:
    """The labels that differ. Raises DesignError for one that cannot be told apart from others, such as a list."""
    try:
        return set(labels)
    except TypeError:
        raise _changeable(labels) from None


def _changeable(labels: Sequence[Any]) -> DesignError:
    """About the first label that cannot be hashed."""
    row = next(row for row, label in enumerate(labels) if not _is_hashable(label))
    return DesignError(
        words("row {row} has the label “{label}”, a {kind}; expected a text, a number or a tuple of them"),
        row=row,
        label=labels[row],
        kind=type(labels[row]).__name__,
    )


def _is_hashable(label: object) -> bool:
    try:
        hash(label)
    except TypeError:
        return False
    return True


def codes_of(values: Labels) -> tuple[Codes, int]:
    """A code from 0 for each value, equal for equal values and without gaps, and how many there are.

    Whole numbers get codes in their order, anything else in the order of appearance, which no sorting of
    texts has to pay for. Raises DesignError for values that are missing (None or NaN) or no labels (lists).
    """
    array = values if isinstance(values, np.ndarray) else _array_of_numbers(values)
    if array is not None and array.ndim != 1:
        raise DesignError(words("labels have the shape {shape}; expected one for each row"), shape=array.shape)
    if array is not None and array.dtype.kind in "iub":
        return _codes_of_integers(array.astype(np.int64, copy=False))
    if (
        array is not None
        and array.dtype.kind == "f"
        and (array == np.rint(array)).all()
        and (np.abs(array) < LARGEST).all()
    ):
        return _codes_of_integers(array.astype(np.int64))
    if array is not None and array.dtype.kind in "US" and array.size:
        codes, found = _codes_of_runs(array)
    else:
        codes, found = _looked_up(list(values) if array is None else array.tolist())
    missing = [value for value in found if is_missing(value)]
    if missing:
        raise DesignError(
            words("row {row} has no label; expected a stratum or unit for every row"),
            row=int(np.argmax(codes == found[missing[0]])),
        )
    return codes, len(found)


def nested(outer: Codes, inner: Codes) -> tuple[Codes, int]:
    """Codes of the pairs: equal where both are, so that the same inner code in two outer ones is two things."""
    return _codes_of_integers(outer.astype(np.int64) * (int(inner.max(initial=0)) + 1) + inner)


def is_missing(value: object) -> bool:
    """Whether a label says nothing: None, or NaN, which differs from itself; or one of several parts does.

    >>> is_missing(float("nan")), is_missing(""), is_missing(("north", None))
    (True, False, True)
    """
    if isinstance(value, tuple):
        return any(is_missing(part) for part in value)
    return value is None or value != value


def _array_of_numbers(values: Sequence[Any]) -> NDArray[Any] | None:
    """`values` as an array if all are numbers; an array of anything else could make one label of two."""
    return np.asarray(values) if {type(value) for value in values} <= {int, float, bool} else None


def _codes_of_runs(array: NDArray[np.str_]) -> tuple[Codes, dict[Any, int]]:
    """Rows of one cluster mostly stand together: every run of equal texts is looked up once."""
    starts = np.flatnonzero(np.concatenate(([True], array[1:] != array[:-1])))
    codes, found = _looked_up(array[starts].tolist())
    return np.repeat(codes, np.diff(starts, append=len(array))), found


def _looked_up(values: Sequence[Any]) -> tuple[Codes, dict[Any, int]]:
    found: dict[Any, int] = {}
    codes = (found.setdefault(value, len(found)) for value in values)
    try:
        return np.fromiter(codes, dtype=np.intp, count=len(values)), found
    except TypeError:
        raise _changeable(values) from None


def _codes_of_integers(array: NDArray[np.int64]) -> tuple[Codes, int]:
    if not array.size:
        return array.astype(np.intp), 0
    lowest, highest = int(array.min()), int(array.max())
    if highest - lowest > SPREAD * array.size + 1024:
        distinct, codes = np.unique(array, return_inverse=True)
        return codes.astype(np.intp, copy=False), len(distinct)
    occurs = np.zeros(highest - lowest + 1, dtype=np.bool_)
    occurs[array - lowest] = True
    rank = np.cumsum(occurs) - 1
    return rank[array - lowest].astype(np.intp, copy=False), int(rank[-1]) + 1
