"""P-values of single units against a target: what is adjusted when many are looked at (`multiplicity.py`).

Exact and two-sided: twice the smaller of the chances of so many cases or more, and of so many or fewer. It is
below 2·tail just if the unit lies outside its exact funnel limits (`Rule.EXACT`). As counts are whole, a unit like
all others has a p-value of α or less with probability α at most, which is what adjusting needs.

>>> from zhicheng.core.ranking import adjusted
>>> found = proportion_p_values([9, 30, 6], [100, 200, 150], 0.1)
>>> found.round(3), adjusted(found).round(3)
(array([0.903, 0.033, 0.011]), array([0.903, 0.049, 0.034]))

Where units differ by more than chance, `z_p_values(adjusted_z(…))` says how unlike the others a unit is.

Sources: Cox and Hinkley 1974, Theoretical Statistics, §3.4 (doubling); Jones, Ohlssen and Spiegelhalter 2008, “Use
of the false discovery rate when comparing multiple health care providers”, Journal of Clinical Epidemiology
61:232–240.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import binom, norm, poisson

from zhicheng.core.given import Floats, at_most, between, positives, same_length, vector, whole


def proportion_p_values(cases: npt.ArrayLike, sizes: npt.ArrayLike, target: float) -> Floats:
    """Of `cases` (whole, 0 to size) among `sizes` (whole, above 0) where `target` (0 to 1) is usual; shape (n,).

    Raises Refused.
    """
    count, size = whole("cases", cases), whole("sizes", positives("sizes", sizes))
    same_length("cases", count, "sizes", size)
    at_most("cases", count, "sizes", size)
    return _two_sided(binom(size, between("target", target, 0, 1)), count)


def ratio_p_values(observed: npt.ArrayLike, expected: npt.ArrayLike, target: float = 1.0) -> Floats:
    """Of `observed` cases (whole) where `expected`·`target` are usual, both above 0, Poisson; shape (n,).

    A rate is the same, with the population at risk as `expected` and the overall rate as `target`. Raises Refused.

    >>> ratio_p_values([0, 10], [3.0, 4.0]).round(4)
    array([0.0996, 0.0163])
    """
    count, base = whole("observed", observed), positives("expected", expected)
    same_length("observed", count, "expected", base)
    return _two_sided(poisson(base * between("target", target, 0, np.inf)), count)


def z_p_values(z: npt.ArrayLike) -> Floats:
    """Of z-scores, which are normal if nothing is extraordinary; shape (n,). Raises Refused.

    >>> z_p_values([0.0, -1.959964]).round(6)
    array([1.  , 0.05])
    """
    return np.asarray(2 * norm.sf(np.abs(vector("z", z))))


def _two_sided(distribution: Any, count: Floats) -> Floats:
    smaller = np.minimum(distribution.cdf(count), distribution.sf(count - 1))
    return np.asarray(np.minimum(2 * smaller, 1.0))
