"""How alike two complaints are: the same words, the same kind of defect, the same place.

>>> leak = Traits(frozenset({"屋顶", "顶漏", "漏水", "雨天"}), category=4, places=(9, 7))
>>> again = Traits(frozenset({"屋顶", "顶漏", "漏水", "物业"}), category=4, places=(9, 7))
>>> likeness(leak, again), likeness(leak, Traits(frozenset({"噪音"}), category=5, places=(8, 3)))
(0.875, 0.0)
"""

from dataclasses import dataclass

OF_WORDS, OF_CATEGORY, OF_PLACE = 0.5, 0.2, 0.3
"""What each trait is worth; they add up to one."""
FEWEST = 4
ALIKE = 0.5
"""From here on two complaints are shown as possibly the same matter."""


@dataclass(frozen=True)
class Traits:
    """What two complaints are compared by.

    `words` are the terms of their texts (`core.search.bigrams`), `places` the ids of where it is, the narrowest
    first: building, project, village, township. A missing category or place matches nothing.
    """

    words: frozenset[str]
    category: int | None = None
    places: tuple[int, ...] = ()


def likeness(told: Traits, other: Traits) -> float:
    """From 0 (nothing in common) to 1. What has not been told yet does not count: a caller begins with words.

    Words count by their overlap coefficient (the common terms over those of the shorter text), so that one
    sentence on the telephone can match a page of complaint; fewer than `FEWEST` terms prove little. A place
    counts the less the wider the narrowest place is that both lie in.
    """
    shorter = max(min(len(told.words), len(other.words)), FEWEST)
    weighed = [(OF_WORDS, len(told.words & other.words) / shorter)]
    if told.category is not None:
        weighed.append((OF_CATEGORY, float(told.category == other.category)))
    if told.places:
        weighed.append((OF_PLACE, _nearness(told.places, other.places)))
    return sum(weight * share for weight, share in weighed) / sum(weight for weight, _ in weighed)


def _nearness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """1 where the narrowest places are the same, 1/2 where the next wider are, and so on."""
    return max((1 / 2**place for place, here in enumerate(one) if here in other), default=0.0)
