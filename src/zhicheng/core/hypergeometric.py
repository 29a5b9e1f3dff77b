"""How many faulty units a sample without replacement shows, in lots of any size (超几何分布).

A probability is the one before it times a ratio of whole numbers. So all follow from the most probable, taken as
1, and are divided by their sum; no large logarithms are subtracted from each other. SciPy's distribution is as
exact in lots of up to 100,000 units, but loses digits in larger ones (half of them at a thousand million), and
takes time in proportion to the lot.

>>> round(at_most(2, size=1000, faulty=10, n=80), 4)
0.9608
>>> f"{more_than(2, size=10**12, faulty=10**6, n=80):.6g}"
'8.2155e-14'
>>> most_faulty(found=0, n=20, size=100, risk=0.05)
12
"""

from math import isqrt

import numpy as np
import numpy.typing as npt

from zhicheng.core.thresholds import first_of, within

Floats = npt.NDArray[np.float64]

REACH = 27
"""So many roots of the sample from the mean no number is found with a probability that a float could hold: it is
below exp(−2 × 27²), whichever of sample, rest, faulty and faultless units is fewest (Hoeffding 1963, J. Amer.
Statist. Assoc. 58:13, §6)."""


def exactly(count: int, *, size: int, faulty: int, n: int) -> float:
    """The probability of `count` faulty units in a sample of `n` from `size` of which `faulty` are.

    0 ≤ faulty ≤ size, 0 ≤ n ≤ size; any whole number may be asked for.
    """
    fewest, weights = _weights(size, faulty, n)
    place = count - fewest
    return float(weights[place] / weights.sum()) if 0 <= place < len(weights) else 0.0


def at_most(count: int, *, size: int, faulty: int, n: int) -> float:
    """The probability of `count` or fewer; ranges as in `exactly`."""
    few, many = _parted(count, size, faulty, n)
    return few / (few + many)


def more_than(count: int, *, size: int, faulty: int, n: int) -> float:
    """The probability of more than `count`, exact where it is tiny, too; ranges as in `exactly`."""
    few, many = _parted(count, size, faulty, n)
    return many / (few + many)


def fewest_faulty(*, found: int, n: int, size: int, risk: float) -> int:
    """The fewest faulty units of a lot with which `found` or more among `n` are not improbable: their probability
    is above `risk`.

    The lower bound of confidence 1 − risk: 0 ≤ found ≤ n ≤ size, 0 < risk < 1. Source: Buonaccorsi 1987, The
    American Statistician 41:215.
    """
    most = size - (n - found)
    return first_of(
        lambda faulty: not within(more_than(found - 1, size=size, faulty=faulty, n=n), risk), found, most
    )


def most_faulty(*, found: int, n: int, size: int, risk: float) -> int:
    """The most faulty units of a lot with which `found` or fewer among `n` are not improbable.

    The upper bound of confidence 1 − risk; as `fewest_faulty`.
    """
    most = size - (n - found)
    too_many = first_of(
        lambda faulty: within(at_most(found, size=size, faulty=faulty, n=n), risk), found, most + 1
    )
    return too_many - 1


def _parted(count: int, size: int, faulty: int, n: int) -> tuple[float, float]:
    """The weights of what is up to `count`, and of what is above it, added up."""
    fewest, weights = _weights(size, faulty, n)
    place = max(0, count + 1 - fewest)
    return float(weights[:place].sum()), float(weights[place:].sum())


def _weights(size: int, faulty: int, n: int) -> tuple[int, Floats]:
    """The fewest that may be found, and a weight for each number from there on, the most probable having 1."""
    faultless = size - faulty
    mode = (n + 1) * (faulty + 1) // (size + 2)
    reach = REACH * (isqrt(min(n, size - n, faulty, faultless)) + 1)
    low, high = max(0, n - faultless, mode - reach), min(n, faulty, mode + reach)
    step = np.arange(high - low, dtype=np.float64)
    more = (float(faulty - low) - step) * (float(n - low) - step)
    fewer = (float(low + 1) + step) * (float(faultless - n + low + 1) + step)
    up, down = slice(mode - low, None), slice(mode - low)
    falling = np.cumprod((fewer[down] / more[down])[::-1])[::-1]
    return low, np.concatenate((falling, [1.0], np.cumprod(more[up] / fewer[up])))
