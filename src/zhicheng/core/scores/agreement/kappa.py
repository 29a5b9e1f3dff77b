"""Kappa: how much more two or many raters agree on categories than chance would make them.

>>> table = [[20, 5], [10, 15]]
>>> found = cohen_of_table(table)
>>> round(found.value, 3), round(found.error, 3)
(0.4, 0.127)
>>> cohen(["pass", "fail", "pass"], ["pass", "fail", "fail"]).value.__round__(3)
0.4

Sources: Cohen 1960, Educational and Psychological Measurement 20:37–46, and 1968, Psychological Bulletin
70:213–220 (weights); Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72:323–327 (errors); Fleiss 1971,
Psychological Bulletin 76:378–382 (many raters).
"""

from collections.abc import Hashable, Sequence
from enum import StrEnum, auto

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from zhicheng.core.choices import named
from zhicheng.core.estimates.interval import Interval, checked_level
from zhicheng.core.given import Floats, counts, numbers
from zhicheng.core.refused import Refused
from zhicheng.core.scores.agreement.coefficient import Agreement, jackknifed
from zhicheng.core.words import words


class Weights(StrEnum):
    """How much a near miss counts, for ordered categories: 1 agreement, 0 the furthest."""

    NONE = auto()
    """Nothing: categories are names."""
    LINEAR = auto()
    """1 − distance/(k − 1)."""
    QUADRATIC = auto()
    """1 − (distance/(k − 1))²; near the intraclass correlation."""


def cohen(
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    *,
    order: Sequence[Hashable] | None = None,
    weights: str = Weights.NONE,
    level: float = 0.95,
) -> Agreement:
    """Cohen's kappa of two raters who put the same units, one by one, into categories.

    `order` lists all categories, in their order, which weights need; `weights` are `Weights` or their text.
    Raises Refused.
    """
    weights = named(Weights, "weights", weights)
    if len(first) != len(second):
        raise Refused(
            words("The first rater judged {first} units and the second {second}: the same ones were expected"),
            first=len(first),
            second=len(second),
        )
    if order is None and weights is not Weights.NONE:
        raise Refused(words("Weights need the order of the categories"))
    names = list(dict.fromkeys([*first, *second] if order is None else order))
    place = {name: number for number, name in enumerate(names)}
    strange = [name for name in (*first, *second) if name not in place]
    if strange:
        raise Refused(
            words("“{category}” is none of the categories {categories}"),
            category=strange[0],
            categories=", ".join(map(str, names)),
        )
    table = np.zeros((len(names), len(names)))
    np.add.at(table, ([place[name] for name in first], [place[name] for name in second]), 1)
    return cohen_of_table(table, weights=weights, level=level)


def cohen_of_table(
    table: npt.ArrayLike, *, weights: str | npt.ArrayLike = Weights.NONE, level: float = 0.95
) -> Agreement:
    """Cohen's kappa from the counts (k, k) of units by the first (rows) and second rater (columns), k ≥ 2.

    `weights` may be a table (k, k) of agreement, 1 on its diagonal. The interval is normal and ends at −1 and 1.
    Raises Refused for a table that is not square, negative counts, and if both raters used one category alone.
    """
    checked_level(level)
    shares, units = _shares(table)
    size = len(shares)
    agreement = nearness(weights, np.arange(float(size))) if isinstance(weights, str) else _given(weights, size)
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = float((agreement * shares).sum()), float(rows @ agreement @ columns)
    if np.isclose(expected, 1):
        raise Refused(words("Both raters put every unit into one category: chance would agree as well"))
    value = (observed - expected) / (1 - expected)
    by_chance = (agreement @ columns)[:, None] + (rows @ agreement)[None, :]
    spread = (shares * (agreement * (1 - expected) - by_chance * (1 - observed)) ** 2).sum()
    variance = (spread - (observed * expected - 2 * expected + observed) ** 2) / (units * (1 - expected) ** 4)
    error = float(np.sqrt(max(float(variance), 0.0)))
    half = float(norm.isf((1 - level) / 2)) * error
    return Agreement(value, error, Interval(max(value - half, -1.0), min(value + half, 1.0), level, "normal"))


def fleiss(ratings: npt.ArrayLike, *, level: float = 0.95) -> Agreement:
    """Fleiss' kappa of n units (rows), each put into k categories (columns) by as many raters, 2 or more.

    Who judged which unit does not matter. The interval is the jackknife's over units. Raises Refused.

    >>> round(fleiss([[3, 0], [2, 1], [0, 3], [3, 0]]).value, 3)
    0.625
    """
    table = _table(ratings)
    raters = table.sum(axis=1)
    if raters[0] < 2 or (raters != raters[0]).any():
        odd = int(np.flatnonzero(raters != raters[0])[0]) if raters[0] >= 2 else 0
        raise Refused(
            words(
                "Unit {unit} was judged by {count} raters: as many as the others, and two or more, were expected"
            ),
            unit=odd + 1,
            count=int(raters[odd]),
        )
    return jackknifed(table, _fleiss, level=level, most=1.0)


def _fleiss(table: Floats) -> float:
    raters = table[0].sum()
    shares = table.sum(axis=0) / table.sum()
    expected = float((shares**2).sum())
    observed = float(((table**2).sum(axis=1) - raters).mean() / (raters * (raters - 1)))
    return 1.0 if np.isclose(expected, 1) else (observed - expected) / (1 - expected)


def nearness(weights: str, values: Floats) -> Floats:
    """How much judgements of the k `values` agree with each other, 0 to 1; shape (k, k). Raises Refused.

    >>> nearness(Weights.LINEAR, np.array([1.0, 2.0, 3.0])).tolist()
    [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]
    """
    weights = named(Weights, "weights", weights)
    if weights is Weights.NONE:
        return np.eye(len(values))
    distance = np.abs(np.subtract.outer(values, values)) / np.ptp(values)
    return np.asarray(1 - (distance if weights is Weights.LINEAR else distance**2))


def _given(weights: npt.ArrayLike, size: int) -> Floats:
    found = numbers("weights", weights)
    if found.shape != (size, size) or not np.allclose(np.diag(found), 1):
        raise Refused(
            words("Weights of shape {shape}: {size} rows and columns with 1 on the diagonal were expected"),
            shape=found.shape,
            size=size,
        )
    return found


def _shares(table: npt.ArrayLike) -> tuple[Floats, float]:
    found = _table(table)
    if found.shape[0] != found.shape[1]:
        raise Refused(words("A table of shape {shape}: as many rows as columns were expected"), shape=found.shape)
    return found / found.sum(), float(found.sum())


def _table(table: npt.ArrayLike) -> Floats:
    found = numbers("table", table)
    if found.ndim != 2 or found.shape[1] < 2:
        raise Refused(
            words("A table of shape {shape}: rows and two or more columns were expected"), shape=found.shape
        )
    if not counts("table", found.ravel()).any():
        raise Refused(words("The table holds no judgement"))
    return found
