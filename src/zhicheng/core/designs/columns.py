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

from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Floats: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]
Labels: TypeAlias = Sequence[Any] | NDArray[Any]
"""Names of strata, clusters or domains, one for each row: text, numbers, or anything that can be hashed."""

SPREAD = 4
"""Whole numbers are counted into a table of every number up to so many times the rows, instead of being sorted."""


class DesignError(Refused):
    """A sampling design contradicts itself, or something asked of it does not fit it."""


def numbers(name: str, values: ArrayLike, rows: int) -> Floats:
    """`values` as `rows` numbers; one number stands for all rows. Raises DesignError, naming `name`."""
    array = np.asarray(values, dtype=np.float64)
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


def codes_of(values: Labels) -> tuple[Codes, int]:
    """A code from 0 for each value, equal for equal values and without gaps, and how many there are.

    Whole numbers get codes in their order, anything else in the order of appearance, which no sorting of
    texts has to pay for. Raises DesignError for values that are missing (None or NaN).
    """
    array = np.asarray(values)
    if array.dtype.kind in "iub" and array.ndim == 1:
        return _codes_of_integers(array.astype(np.int64, copy=False))
    if (
        array.dtype.kind == "f"
        and array.ndim == 1
        and np.isfinite(array).all()
        and (array == np.rint(array)).all()
    ):
        return _codes_of_integers(array.astype(np.int64))
    found: dict[Any, int] = {}
    codes = np.fromiter(
        (found.setdefault(value, len(found)) for value in _items(values)), dtype=np.intp, count=len(values)
    )
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
    """Whether a label says nothing: None, or NaN, which differs from itself.

    >>> is_missing(float("nan")), is_missing("")
    (True, False)
    """
    return value is None or value != value


def _items(values: Labels) -> Sequence[Any]:
    return values.tolist() if isinstance(values, np.ndarray) else values


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
