"""What names a site: features say at start-up how many of their records do, so that those are not led astray."""

from collections.abc import Callable, Sequence

Count = Callable[[Sequence[int]], int]
_counts: list[Count] = []


def register_use(count: Count) -> None:
    """Adds a count of records that name any of the sites with the given ids."""
    _counts.append(count)


def count_uses(site_ids: Sequence[int]) -> int:
    """How many records of features name one of these sites."""
    return sum(count(site_ids) for count in _counts)
