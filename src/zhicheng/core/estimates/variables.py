"""What is estimated of: columns of numbers, in which a missing value puts its row outside the domain.

A row without a value is not deleted. It was drawn, and its cluster and stratum keep the sizes that they were
drawn with; it only counts for nothing, as a row outside a domain does.

>>> design = Design.simple(3, weights=10)
>>> columns = variables(design, {"meals": [40.0, None, 60.0]})
>>> columns.names, columns.values.tolist(), columns.design.weights.tolist()
(('meals',), [[40.0], [0.0], [60.0]], [10.0, 0.0, 10.0])
>>> {name: column.tolist() for name, column in indicators(["E", "H", None]).items()}
{'E': [1.0, 0.0, nan], 'H': [0.0, 1.0, nan]}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from zhicheng.core.designs import Codes, Design, DesignError, Flags, Floats, Labels
from zhicheng.core.designs.columns import count_of, distinct, floats, is_missing
from zhicheng.core.words import words

Columns: TypeAlias = ArrayLike | Mapping[str, ArrayLike]
"""One column (n,), several (n, k), or several by name. NaN and None are missing."""


class Undefined(DesignError):
    """Too few rows of a domain have a value for what is asked of it; among several domains, it is NaN there."""


@dataclass(frozen=True, eq=False)
class Variables:
    """Columns `values` (n, k) without missing values, and the design with the complete rows as its domain."""

    names: tuple[str, ...]
    values: Floats
    design: Design


def variables(design: Design, columns: Columns) -> Variables:
    """`columns` as numbers; rows that lack any of them leave the domain and read 0.

    Raises DesignError for another number of rows than the design's, for infinite values, and Undefined if no row
    of the domain is complete.
    """
    names, values = _table(columns)
    if values.ndim != 2 or len(values) != design.size:
        raise DesignError(
            words("the variable has the shape {shape}; expected one value for each of {rows} rows"),
            shape=values.shape,
            rows=design.size,
        )
    finite: Flags = np.asarray(np.isfinite(values).all(axis=1))
    complete: Flags = finite if finite.all() else ~np.asarray(np.isnan(values).any(axis=1))
    if (complete & ~finite).any():
        raise DesignError(words("the variable is infinite in row {row}"), row=int(np.argmax(complete & ~finite)))
    if not (complete & design.inside).any():
        raise no_row_has_a_value()
    if complete.all():
        return Variables(names, values, design)
    return Variables(names, np.where(complete[:, None], values, 0.0), without(design, ~complete))


def no_row_has_a_value() -> Undefined:
    """Why nothing is estimated of an empty domain."""
    return Undefined(words("no row of the domain has a value; expected one or more"))


def without(design: Design, missing: Flags) -> Design:
    """The design whose domain lacks the rows `missing` (n,); the same one if it had none of them."""
    return design.domain(~missing) if (missing & design.inside).any() else design


def unsigned_weights(design: Design) -> Floats:
    """The weights (n), 0 or more. Raises DesignError if a calibration without bounds made some negative."""
    negative = int(np.count_nonzero(design.weights < 0))
    if negative:
        raise DesignError(
            words("{count} weights are negative after the calibration; expected 0 or more, as bounds keep them"),
            count=negative,
        )
    return design.weights


def indicators(labels: Labels) -> dict[str, Floats]:
    """A column of 1 and 0 for every label, by label in order; rows without label (None, NaN) are missing.

    Their means are the shares of the labels, their totals the counts.
    """
    codes, named = coded(labels)
    return {
        titled(label): np.where(codes < 0, np.nan, (codes == code).astype(np.float64))
        for code, label in enumerate(named)
    }


def coded(labels: Labels) -> tuple[Codes, list[Any]]:
    """For each row the place of its label among the labels in order, −1 without one; and these labels.

    Raises DesignError for what is no column, and for labels that are none.
    """
    count_of("labels", labels)
    items = labels.tolist() if isinstance(labels, np.ndarray) else list(labels)
    found = {item for item in distinct(items) if not is_missing(item)}
    try:
        named = sorted(found)
    except TypeError:  # numbers beside texts have no order of their own
        named = sorted(found, key=lambda label: (str(label), type(label).__name__))
    place = {label: code for code, label in enumerate(named)}
    return np.array([place.get(item, -1) for item in items], dtype=np.intp), named


def titled(label: object) -> str:
    """How a label reads; the parts of one that has several are set side by side.

    >>> titled(("north", 3))
    'north, 3'
    """
    return ", ".join(str(part) for part in label) if isinstance(label, tuple) else str(label)


def _table(columns: Columns) -> tuple[tuple[str, ...], Floats]:
    if isinstance(columns, Mapping):
        arrays = [floats(name, column) for name, column in columns.items()]
        if not arrays or len({array.shape for array in arrays}) > 1 or arrays[0].ndim != 1:
            raise DesignError(
                words("the columns have the shapes {shapes}; expected one number for each row in every column"),
                shapes=[array.shape for array in arrays],
            )
        return tuple(columns), np.column_stack(arrays)
    values = floats("y", columns)
    if values.ndim < 2:
        return ("y",), np.atleast_1d(values)[:, None]
    return tuple(f"y{column + 1}" for column in range(values.shape[-1])), values
