"""Gwet's AC1 and AC2: agreement beyond chance that holds up where nearly all units belong in one category.

Nine in ten dishes are clean and two inspectors agree on most: kappa may then be near 0, as it takes such lopsided
judgements for chance. Here chance is raters who guess where a unit is hard to judge, which is seldom if most
judgements fall in one category. AC2 is the same with weights for near misses; raters may be many and judgements
missing.

>>> table = [[1, 1]] * 80 + [[1, 2]] * 10 + [[2, 1]] * 5 + [[2, 2]] * 5
>>> found = gwet(table)
>>> round(found.value, 3), round(found.error, 3)
(0.808, 0.052)

Sources: Gwet 2008, British Journal of Mathematical and Statistical Psychology 61:29–48; Gwet 2014, Handbook of
Inter-Rater Reliability, 4th ed., chapters 4 and 5 (weights, judgements missing, error over units). Equal to the
package irrCAC. The example is of Feinstein and Cicchetti 1990, Journal of Clinical Epidemiology 43:543–549, where
kappa is 0.32.
"""

import numpy as np
import numpy.typing as npt
from scipy.stats import t

from zhicheng.core.estimates.interval import Interval, checked_level
from zhicheng.core.given import Floats
from zhicheng.core.refused import Refused
from zhicheng.core.scores.agreement.coefficient import LEAST_UNITS, Agreement
from zhicheng.core.scores.agreement.kappa import Weights, nearness
from zhicheng.core.scores.agreement.tally import Ratings, tally
from zhicheng.core.words import words


def gwet(
    ratings: Ratings,
    *,
    values: npt.ArrayLike | None = None,
    weights: str = Weights.NONE,
    level: float = 0.95,
) -> Agreement:
    """AC1 (without weights) or AC2 of n units (rows) by m raters (columns); None or nan where one did not judge.

    `values` are all categories that could be chosen, two or more, as numbers: by default those that were. Units
    with one judgement tell how often categories are chosen and nothing of agreement; with them the error, which is
    the book's, is a little larger than need be. The interval is Student's t with n − 1 degrees of freedom and ends
    at 1. Raises Refused if fewer than three units have two judgements.
    """
    checked_level(level)
    counted, scale = tally(ratings, values)
    if len(scale) < 2:
        raise Refused(words("All judgements are the same: agreement cannot be told from chance"))
    counted = counted[counted.sum(axis=1) > 0]
    paired = int((counted.sum(axis=1) >= 2).sum())
    if paired < LEAST_UNITS:
        raise Refused(
            words("{count} units were judged by two or more: {least} or more were expected"),
            count=paired,
            least=LEAST_UNITS,
        )
    value, influence = _linearised(counted, nearness(weights, scale))
    units = len(counted)
    error = float(np.sqrt((influence**2).sum() / (units * (units - 1))))
    half = float(t.isf((1 - level) / 2, units - 1)) * error
    return Agreement(value, error, Interval(max(value - half, -1.0), min(value + half, 1.0), level, "linearised"))


def _linearised(counted: Floats, near: Floats) -> tuple[float, Floats]:
    """The coefficient, and what each unit moves it by: n times as far as its share of the mean, shape (n,)."""
    units, categories = counted.shape
    raters = counted.sum(axis=1)
    several = raters >= 2
    pairs = np.where(several, raters * (raters - 1), 1)
    agreeing = (counted * (counted @ near - 1)).sum(axis=1) / pairs * several * units / several.sum()
    observed = float(agreeing.mean())
    shares = counted / raters[:, None]
    chosen = shares.mean(axis=0)
    guessing = near.sum() / (categories * (categories - 1))
    expected = float(guessing * (chosen * (1 - chosen)).sum())
    value = (observed - expected) / (1 - expected)
    own = expected * several * units / several.sum()
    moved = (agreeing - own) / (1 - expected)
    by_chance = guessing * shares @ (1 - chosen)
    return value, moved - value - 2 * (1 - value) * (by_chance - expected) / (1 - expected)
