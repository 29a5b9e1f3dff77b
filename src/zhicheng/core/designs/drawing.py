"""From the columns of a sample to its stages: nested codes, numbers of units, fractions drawn, weights.

>>> drawn = drawing([["a", "a", "b"], [1, 2, 1]], None, [[4, 4, 4], [2, 2, 1]], nest=False)
>>> [stage.sampled.tolist() for stage in drawn.stages], drawn.weights.tolist()
([[2.0], [2.0, 1.0]], [2.0, 2.0, 2.0])
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from zhicheng.core.designs.columns import (
    Codes,
    DesignError,
    Floats,
    Labels,
    check_labels,
    codes_of,
    count_of,
    nested,
    numbers,
    within,
)
from zhicheng.core.designs.stage import Stage
from zhicheng.core.words import words

Population: TypeAlias = ArrayLike | Mapping[Any, float]
"""Units in the population, for every row those of its stratum; or, all at most 1, the fractions drawn.

One number stands for all rows. A mapping has them by the label of the stratum, or by that of the unit around if
the stage has no strata of its own.
"""


@dataclass(frozen=True, eq=False)
class Drawing:
    """The primary units and strata by row, the stages that count, and the weights that the populations imply."""

    psu: Codes
    stratum: Codes
    stages: tuple[Stage, ...]
    weights: Floats | None


def drawing(
    units: Sequence[Labels],
    strata: Sequence[Labels] | None,
    population: Sequence[Population | None] | None,
    *,
    nest: bool,
    unequal: bool = False,
) -> Drawing:
    """The stages of a sample: `units` and `strata` by stage, outermost first, each a label for every row.

    Units of a later stage are nested in those of the earlier, and its strata too; if it has none of its own,
    each earlier unit is a stratum. With `nest` the same label of a unit in two strata means two units, without
    it is refused. `population` gives for each stage what `Design.multistage` says; without it only the first
    stage counts. `unequal` lets it differ inside a stratum (Brewer). Raises DesignError.
    """
    units = _by_stage("units", units)
    strata = None if strata is None else _by_stage("strata", strata, len(units))
    population = None if population is None else _by_stage("population", population, len(units))
    rows = _common_length(units, strata or [])
    whole = np.zeros(rows, dtype=np.intp), 1
    outer: tuple[Codes, int] | None = None
    stages: list[Stage] = []
    carried, implied = np.ones(rows), np.ones(rows)
    psu = stratum = whole[0]
    for depth, labels in enumerate(units):
        level = codes_of(strata[min(depth, len(strata) - 1)]) if strata else whole
        unit = codes_of(labels)
        if outer is not None:
            level, unit = nested(level[0], outer[0]), nested(outer[0], unit[0])
        if nest:
            unit = nested(level[0], unit[0])
        _nested_in(unit, level[0], labels)
        if depth == 0:
            psu, stratum = unit[0], level[0]
        sizes = population[depth] if population is not None and depth < len(population) else None
        if isinstance(sizes, Mapping):
            own = strata is not None and (depth == 0 or depth < len(strata))
            around = strata[depth] if strata is not None and own else units[depth - 1] if depth else [None] * rows
            sizes = _looked_up(f"population of stage {depth + 1}", sizes, around)
        size = _sizes(sizes, unit, level, depth, unequal)
        stage = Stage.of(
            units=unit,
            strata=level,
            names=units[depth - 1] if depth else strata[0] if strata else None,
            parents=None if outer is None else outer[0],
            population=size,
            carried=carried,
        )
        stages.append(stage)
        drawn = stage.sampled[level[0]]
        carried = carried * (drawn / size)
        implied = implied * (size / drawn)
        outer = unit
    finite = bool(np.isfinite(implied).all())
    counted = tuple(stages) if population is not None else tuple(stages[:1])
    return Drawing(psu, stratum, counted, implied if finite else None)


def _by_stage(name: str, columns: Any, most: float = np.inf) -> list[Any]:
    """`columns`, a list of one for each stage, and of no more than `most`. Raises DesignError, naming `name`.

    >>> _by_stage("strata", 5)
    Traceback (most recent call last):
    zhicheng.core.designs.columns.DesignError: “strata” is “5”; expected a list of columns, one for each stage
    """
    sized = columns.ndim > 1 if isinstance(columns, np.ndarray) else isinstance(columns, Sequence)
    if not sized or isinstance(columns, str) or not len(columns):
        message = words("“{name}” is “{value}”; expected a list of columns, one for each stage")
        raise DesignError(message, name=name, value=columns)
    if len(columns) > most:
        message = words("“{name}” is given for {given} stages; expected it for the {stages} of the sample")
        raise DesignError(message, name=name, given=len(columns), stages=most)
    return list(columns)


def _common_length(units: Sequence[Labels], strata: Sequence[Labels]) -> int:
    """The number of rows, one or more, that all columns have. Raises DesignError."""
    rows = count_of("units", units[0])
    for name, columns in (("units", units), ("strata", strata)):
        for column in columns:
            check_labels(name, column, rows)
    if not rows:
        raise DesignError(words("the sample has no rows; expected one or more"))
    return rows


def _looked_up(name: str, sizes: Mapping[Any, float], labels: Labels) -> list[float]:
    """The number for each row by its label."""
    missing = [label for label in labels if label not in sizes]
    if missing:
        raise DesignError(
            words("“{name}” has no number for “{label}”; expected one for every stratum"),
            name=name,
            label=missing[0],
        )
    return [sizes[label] for label in labels]


def _nested_in(unit: tuple[Codes, int], level: Codes, labels: Labels) -> None:
    """Every unit lies in one stratum."""
    stratum = np.zeros(unit[1], dtype=np.intp)
    stratum[unit[0]] = level
    astray = stratum[unit[0]] != level
    if astray.any():
        row = int(np.argmax(astray))
        raise DesignError(
            words("unit “{unit}” lies in two strata; expected one, or nest=True if labels repeat in each stratum"),
            unit=labels[row],
        )


def _sizes(
    population: ArrayLike | None, unit: tuple[Codes, int], level: tuple[Codes, int], depth: int, unequal: bool
) -> Floats:
    """The population of each row's stratum in units, infinite if unknown, from counts or from fractions."""
    rows = len(level[0])
    if population is None:
        return np.full(rows, np.inf)
    name = f"population of stage {depth + 1}"
    given = numbers(name, population, rows)
    given = within(name, given, given > 0, "> 0")
    stratum = np.zeros(unit[1], dtype=np.intp)
    stratum[unit[0]] = level[0]
    drawn = np.bincount(stratum, minlength=level[1])[level[0]]
    fractions = bool((given <= 1).all())
    if unequal and not fractions:
        within(name, given, given <= 1, "0 < π ≤ 1")
    if not fractions:
        within(name, given, given >= 1, "≥ 1, or ≤ 1 in every row")
    size = drawn / given if fractions else given
    within(name, given, size >= drawn * (1 - 1e-12), "at least as many units as were drawn")
    constant = unit if unequal else level
    example = np.zeros(constant[1])
    example[constant[0]] = size
    within(
        name, given, np.isclose(example[constant[0]], size, rtol=1e-9), "the same number in every row of a stratum"
    )
    return np.maximum(size, drawn)
