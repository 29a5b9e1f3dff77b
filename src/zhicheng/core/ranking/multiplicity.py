"""Many comparisons at once: p-values adjusted so that the number of false findings is held, not that of each.

Of 100 units in which nothing is wrong, five are “significant” at 5 %. Bonferroni and Holm hold the chance of
even one false finding; Benjamini and Hochberg hold the expected share of false ones among the findings, and find
more.

>>> adjusted([0.01, 0.04, 0.03], Method.HOLM)
array([0.03, 0.06, 0.06])

Benjamini–Hochberg and Benjamini–Yekutieli are scipy's (`scipy.stats.false_discovery_control`), which does them
exactly; Bonferroni and Holm are a line each.

Sources: Holm 1979, Scandinavian Journal of Statistics 6:65–70; Benjamini and Hochberg 1995, Journal of the Royal
Statistical Society B 57:289–300; Benjamini and Yekutieli 2001, Annals of Statistics 29:1165–1188.
"""

from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.stats import false_discovery_control

from zhicheng.core.choices import named
from zhicheng.core.given import Floats, vector
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class Method(StrEnum):
    """What is held, and under what."""

    BONFERRONI = "bonferroni"
    """The chance of any false finding, whatever depends on what."""
    HOLM = "holm"
    """The same, and never finds less than Bonferroni."""
    BENJAMINI_HOCHBERG = "bh"
    """The expected share of false findings, for independent or positively dependent tests."""
    BENJAMINI_YEKUTIELI = "by"
    """The same, whatever depends on what."""


def adjusted(p_values: npt.ArrayLike, method: str = Method.BENJAMINI_HOCHBERG) -> Floats:
    """Adjusted p-values in the order given, shape (n,), from 0 to 1: at level α, those at most α are findings.

    `method` is a `Method` or its text. Raises Refused for another, and for a p-value outside 0 to 1.
    """
    method = named(Method, "method", method)
    found = vector("p_values", p_values)
    wrong = np.flatnonzero((found < 0) | (found > 1))
    if len(wrong):
        raise Refused(
            words("“{field}” at place {place} is {value}: a probability from 0 to 1 was expected"),
            field="p_values",
            place=int(wrong[0]) + 1,
            value=float(found[wrong[0]]),
        )
    if method is Method.BONFERRONI:
        return np.minimum(found * len(found), 1)
    if method is Method.HOLM:
        return _holm(found)
    return np.asarray(false_discovery_control(found, method=method.value))


def _holm(p_values: Floats) -> Floats:
    order = np.argsort(p_values, kind="stable")
    stepped = p_values[order] * np.arange(len(p_values), 0, -1)
    found = np.empty_like(p_values)
    found[order] = np.minimum(np.maximum.accumulate(stepped), 1)
    return found
