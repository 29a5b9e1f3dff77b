"""Kendall's W: how far several judges rank the same units alike.

>>> found = concordance([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])
>>> round(found.value, 2), round(found.p_value, 2)
(0.16, 0.79)

Source: Kendall and Babington Smith 1939, Annals of Mathematical Statistics 10:275–287; ties by mean ranks and
their correction (Kendall 1948, Rank Correlation Methods, chapter 6). The test is Friedman's, approximate for few
units.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2, rankdata

from zhicheng.core.given import numbers, vector
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


@dataclass(frozen=True, slots=True)
class Concordance:
    """W from 0 (no common order) to 1 (the same order), and the chance of so much if judges ranked at random."""

    value: float
    chi_squared: float
    degrees_of_freedom: int
    p_value: float


def concordance(judgements: npt.ArrayLike) -> Concordance:
    """W of m ≥ 2 judges (rows) over n ≥ 2 units (columns), by ranks or by scores that are ranked here.

    Raises Refused for missing judgements, and if nobody tells any units apart.
    """
    table = numbers("judgements", judgements)
    if table.ndim != 2 or min(table.shape) < 2:
        raise Refused(
            words("Judgements of shape {shape}: two or more judges (rows) and units (columns) were expected"),
            shape=table.shape,
        )
    vector("judgements", table.ravel())
    judges, units = table.shape
    ranks = rankdata(table, axis=1)
    spread = float(((ranks.sum(axis=0) - judges * (units + 1) / 2) ** 2).sum())
    tied = sum(float((np.unique(row, return_counts=True)[1] ** 3.0).sum()) - units for row in ranks)
    most = judges**2 * (units**3 - units) - judges * tied
    if most <= 0:
        raise Refused(words("No judge tells any two units apart: there is no order to compare"))
    value = 12 * spread / most
    statistic = judges * (units - 1) * value
    return Concordance(value, statistic, units - 1, float(chi2.sf(statistic, units - 1)))
