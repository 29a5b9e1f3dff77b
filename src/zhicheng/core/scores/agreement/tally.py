"""How many raters put each unit into each category: what coefficients for many raters start from.

>>> tally([[1, 1, None], [2, 1, 2]])
(array([[2., 0.],
       [1., 2.]]), array([1., 2.]))
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from zhicheng.core.given import Floats, numbers
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Ratings = Sequence[Sequence[float | None]] | npt.ArrayLike
"""Judgements of n units (rows) by m raters (columns), categories written as numbers; None or nan where missing."""


def tally(ratings: Ratings, values: npt.ArrayLike | None = None) -> tuple[Floats, Floats]:
    """Counts (n, k) and the k values, in order: those given, or those that occur. Raises Refused.

    Refused are ratings that are no table, and a judgement that is none of the values given.
    """
    table = numbers("ratings", ratings)
    if table.ndim != 2:
        raise Refused(
            words("Ratings with {count} dimensions: a row for each unit, a column for each rater"),
            count=table.ndim,
        )
    found = np.unique(table[~np.isnan(table)])
    known = found if values is None else np.unique(numbers("values", values))
    strange = np.setdiff1d(found, known)
    if len(strange):
        raise Refused(
            words("“{category}” is none of the categories {categories}"),
            category=f"{strange[0]:g}",
            categories=", ".join(f"{value:g}" for value in known),
        )
    return (table[:, :, None] == known).sum(axis=1).astype(np.float64), known
