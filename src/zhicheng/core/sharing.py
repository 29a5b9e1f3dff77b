"""Who of several gets which matter, when all of somebody's are handed over at once.

>>> shared_out([(1, {7, 8}), (2, {7, 8}), (3, {8}), (4, set())], [7, 8])
({1: 7, 2: 8, 3: 8}, [4])
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet


def shared_out(
    matters: Iterable[tuple[int, AbstractSet[int]]], receivers: Sequence[int]
) -> tuple[dict[int, int], list[int]]:
    """Each matter's receiver, and the matters that nobody can take.

    `matters` are pairs of a matter and of those who may handle it. A matter goes to whoever of them has been given
    the fewest so far, and of several to the first in `receivers`; so the same matters are always shared alike.
    """
    given = dict.fromkeys(receivers, 0)
    shares: dict[int, int] = {}
    left: list[int] = []
    for matter, able in matters:
        possible = [one for one in given if one in able]
        if not possible:
            left.append(matter)
            continue
        receiver = min(possible, key=given.__getitem__)
        given[receiver] += 1
        shares[matter] = receiver
    return shares, left
