"""How many of a lot are faulty, when some of it were drawn without replacement and looked at.

Exact for every lot, however small: what was looked at is known, and only the rest is guessed about. Where the lot
is much larger than the sample, the bounds approach those of Clopper and Pearson.

>>> lot_bounds(found=1, drawn=20, lot=200)
(1, 47)
>>> lot_interval(found=0, drawn=20, lot=200, level=0.9)
Interval(low=0.0, high=0.13, level=0.9, method='hypergeometric')
"""

from zhicheng.core.estimates.interval import Interval, IntervalError, checked_level
from zhicheng.core.hypergeometric import fewest_faulty, most_faulty
from zhicheng.core.words import words


def lot_interval(*, found: int, drawn: int, lot: int, level: float = 0.95) -> Interval:
    """The interval of the share of faulty units in the lot; as `lot_bounds`, divided by the size of the lot."""
    low, high = lot_bounds(found=found, drawn=drawn, lot=lot, level=level)
    return Interval(low / lot, high / lot, level, "hypergeometric")


def lot_bounds(*, found: int, drawn: int, lot: int, level: float = 0.95) -> tuple[int, int]:
    """The fewest and the most faulty units that the lot may hold.

    `found` of the `drawn` units are faulty; the lot has `lot` units, one or more. A number of faulty units belongs
    to the interval if finding so many would have a probability above half of 1 − `level`, and finding so few as
    well; so at least the share `level` of all samples tells the truth. For a one-sided bound of level c (“at most
    so many”), take that end at the level 2c − 1. With none drawn the answer is 0 to all; with all drawn it is what
    was found.

    Raises IntervalError. Source: Buonaccorsi 1987, The American Statistician 41:215; Wright 1991, Exact Confidence
    Bounds when Sampling from Small Finite Universes.

    >>> lot_bounds(found=3, drawn=12, lot=10)
    Traceback (most recent call last):
    zhicheng.core.estimates.interval.IntervalError: 3 faulty of 12 drawn from a lot of 10; expected whole \
numbers, faulty ≤ drawn ≤ lot, and a lot of 1 or more
    """
    tail = (1 - checked_level(level)) / 2
    if not (0 <= found <= drawn <= lot and lot >= 1) or any(count % 1 != 0 for count in (found, drawn, lot)):
        raise IntervalError(
            words(
                "{found} faulty of {drawn} drawn from a lot of {lot}; expected whole numbers, faulty ≤ drawn ≤ "
                "lot, and a lot of 1 or more"
            ),
            found=found,
            drawn=drawn,
            lot=lot,
        )
    return (
        fewest_faulty(found=found, n=drawn, size=lot, risk=tail),
        most_faulty(found=found, n=drawn, size=lot, risk=tail),
    )
