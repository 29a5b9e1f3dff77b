"""Krippendorff's alpha: agreement of any number of raters, on any scale, with judgements missing.

1 − disagreement found / disagreement by chance, over all pairs of judgements of the same unit; the scale says
how far two judgements are apart.

>>> ratings = [[1, 1, None, 2], [2, 2, 3, 2], [3, 3, 3, 3], [None, 3, 3, 3], [2, 2, 2, 2]]
>>> round(alpha(ratings, Metric.NOMINAL).value, 3), round(alpha(ratings, Metric.INTERVAL).value, 3)
(0.646, 0.764)

Source: Krippendorff 2011, “Computing Krippendorff's alpha-reliability”, and 2019, Content Analysis, chapter 12.
The interval here is the jackknife's over units, so that the same data give the same interval; the book's is a
bootstrap.
"""

from enum import StrEnum, auto

import numpy as np

from zhicheng.core.choices import named
from zhicheng.core.given import Floats
from zhicheng.core.refused import Refused
from zhicheng.core.scores.agreement.coefficient import Agreement, jackknifed
from zhicheng.core.scores.agreement.tally import Ratings, tally
from zhicheng.core.words import words


class Metric(StrEnum):
    """How far two judgements are apart."""

    NOMINAL = auto()
    """0 if equal, else 1: names of categories, written as numbers."""
    ORDINAL = auto()
    """By how many judgements lie between, squared."""
    INTERVAL = auto()
    """The difference, squared."""
    RATIO = auto()
    """The difference relative to the sum, squared; for values from 0."""


def alpha(ratings: Ratings, metric: str, *, level: float = 0.95) -> Agreement:
    """Krippendorff's alpha of n units (rows) by m raters (columns); None or nan where one did not judge.

    `metric` is a `Metric` or its text. Units with fewer than two judgements are left out. Raises Refused if fewer
    than three are left, if all judgements are the same, and for negative ones on the ratio scale.
    """
    scale = named(Metric, "metric", metric)
    counted, values = tally(ratings)
    if scale is Metric.RATIO and len(values) and values[0] < 0:
        raise Refused(
            words("A judgement of {value}: 0 or more was expected on the ratio scale"), value=float(values[0])
        )
    paired = counted[counted.sum(axis=1) >= 2]
    if (paired.sum(axis=0) > 0).sum() == 1:
        raise Refused(words("All judgements are the same: agreement cannot be told from chance"))
    return jackknifed(paired, lambda units: _alpha(units, values, scale), level=level, most=1.0)


def _alpha(counted: Floats, values: Floats, metric: Metric) -> float:
    """From the number of judgements of each unit (rows) with each value (columns)."""
    each = counted / (counted.sum(axis=1, keepdims=True) - 1)
    coincidences = each.T @ counted - np.diag(each.sum(axis=0))
    totals = coincidences.sum(axis=1)
    apart = _apart(values, totals, metric)
    by_chance = float(totals @ apart @ totals) / (totals.sum() - 1)
    return float(1 - (coincidences * apart).sum() / by_chance) if by_chance else 1.0


def _apart(values: Floats, totals: Floats, metric: Metric) -> Floats:
    """Squared distances between the values; shape (k, k)."""
    difference = np.subtract.outer(values, values)
    if metric is Metric.NOMINAL:
        return np.asarray(difference != 0, dtype=np.float64)
    if metric is Metric.INTERVAL:
        return np.asarray(difference**2)
    if metric is Metric.RATIO:
        total = np.add.outer(values, values)
        return np.asarray(np.divide(difference, total, out=np.zeros_like(difference), where=total != 0) ** 2)
    middle = np.cumsum(totals) - totals / 2
    return np.asarray(np.subtract.outer(middle, middle) ** 2)
