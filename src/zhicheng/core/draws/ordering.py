"""Pareto order sampling: who is drawn, and in which order the others wait.

Each unit has a number u between 0 and 1 from its hash and the ranking variable q = u/(1−u) · (1−λ)/λ; those
with the smallest q are drawn (Rosén 1997, “Asymptotic theory for order sampling”, J. Statist. Plann. Inference
62, 135–158). Certain units come first, with q = −1. Two units of the same q are ordered by their identifiers.

u is (2h+1)/2²⁵⁷, h being the hash as a number, so that it is never 0 or 1. The order is decided by exact
rational numbers. Floating point sorts first, with a bound on its error; only units that lie within the bound
of each other are compared exactly.

>>> from zhicheng.core.draws.targets import targets
>>> digests = [bytes([first]) * 32 for first in (200, 100, 50)]
>>> pareto_order(["a", "b", "c"], digests, targets([3, 2, 1], n=1)).tolist()
[2, 1, 0]
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from zhicheng.core.draws.targets import Places, Targets

RELATIVE_ERROR = 16 * 2.0**-53
"""More than what rounding can do to a key: seven roundings of half a unit in the last place each."""
SAFE = 2.0**600
"""Odds between 1/SAFE and SAFE neither overflow nor lose digits when multiplied by u/(1−u), which 2²⁵⁷ bounds."""
CERTAIN = Fraction(-1)

Floats = npt.NDArray[np.float64]


def ranking_variable(digest: bytes, odds_against: tuple[int, int]) -> Fraction:
    """q of a unit that is not certain, exactly, from its hash and its (1 − λ)/λ.

    >>> ranking_variable(bytes(32), (1, 1)) == Fraction(1, 2**257 - 1)
    True
    """
    u = 2 * int.from_bytes(digest) + 1
    above, below = odds_against
    return Fraction(u * above, (2**257 - u) * below)


def pareto_order(ids: Sequence[str], digests: Sequence[bytes], targets: Targets) -> Places:
    """The order in which the units of `targets.drawable` are drawn, as places among these.

    `ids` and `digests` (32 bytes each) are those of the drawable units, in their order.
    """
    if not ids:
        return np.empty(0, dtype=np.intp)
    classes = targets.which[targets.drawable]
    keys = _keys(classes, digests, targets)
    if keys is None:
        return _exactly(np.arange(len(ids)), classes, ids, digests, targets)
    order = np.argsort(keys, kind="stable")
    for start, stop in _doubtful(keys[order]):
        order[start:stop] = _exactly(order[start:stop], classes, ids, digests, targets)
    return order


def _keys(classes: Places, digests: Sequence[bytes], targets: Targets) -> Floats | None:
    """q in floating point, each within RELATIVE_ERROR; None if some odds are beyond its range."""
    factors = np.ones(len(targets.weights))
    for place in np.unique(classes).tolist():
        if targets.is_certain(place):
            break
        above, below = targets.odds_against(place)
        try:
            factors[place] = above / below  # of whole numbers, rounded once
        except OverflowError:
            return None
        if not 1 / SAFE < abs(factors[place]) < SAFE:
            return None
    keys: Floats = _u_odds(digests) * factors[classes]
    keys[classes >= targets.certain_from] = float(CERTAIN)
    return keys


def _u_odds(digests: Sequence[bytes]) -> Floats:
    """u/(1−u) of each hash, from its first 128 bits, or exactly where the first 64 are all 0 or all 1."""
    words = np.frombuffer(b"".join(digests), dtype=">u8").reshape(-1, 4)
    high, low = words[:, 0].astype(np.uint64), words[:, 1].astype(np.uint64)
    # 2²⁵⁷ − u is to the bits that are not set what u is to those that are.
    odds = _joined(high, low) / np.maximum(_joined(~high, ~low), 2.0**-64)
    for unit in np.flatnonzero((high == 0) | (~high == 0)).tolist():
        u = 2 * int.from_bytes(digests[unit]) + 1
        odds[unit] = u / (2**257 - u)
    return odds


def _joined(high: npt.NDArray[np.uint64], low: npt.NDArray[np.uint64]) -> Floats:
    joined: Floats = high.astype(np.float64) + low.astype(np.float64) * 2.0**-64
    return joined


def _doubtful(keys: Floats) -> list[tuple[int, int]]:
    """Stretches (start, stop) of sorted keys whose neighbours lie within the errors of each other."""
    error = np.abs(keys) * RELATIVE_ERROR
    close = np.concatenate(([False], keys[1:] - error[1:] <= keys[:-1] + error[:-1], [False]))
    edges = np.flatnonzero(close[1:] != close[:-1])
    return [(int(start), int(last) + 1) for start, last in edges.reshape(-1, 2)]


def _exactly(
    places: Places, classes: Places, ids: Sequence[str], digests: Sequence[bytes], targets: Targets
) -> Places:
    """`places` by q as a rational number, then by identifier."""

    def key(place: int) -> tuple[Fraction, str]:
        which = int(classes[place])
        if targets.is_certain(which):
            return CERTAIN, ids[place]
        return ranking_variable(digests[place], targets.odds_against(which)), ids[place]

    if bool(np.all(classes[places] >= targets.certain_from)):
        return np.array(sorted(places.tolist(), key=ids.__getitem__), dtype=np.intp)
    return np.array(sorted(places.tolist(), key=key), dtype=np.intp)
