"""Inspectors for the drawn visits: nobody where they have a conflict, nobody beyond their capacity, by lot.

Visit by visit, in the order of the draw, the eligible inspectors come in the order of their hashes with the
visit; each is taken unless the visits that follow could then no longer all be given theirs. So a choice never
leads to a dead end, and if there is an assignment at all, one is found.

>>> assign(["A", "B"], [("执01", 1), ("执02", 1)], {("执01", "B")}, per_visit=1, seed="00")
{'A': ['执01'], 'B': ['执02']}
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from zhicheng.core.choices import named
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.matching import Matching

Assignment = dict[str, list[str]]


def assign(
    visits: Sequence[str],
    inspectors: Sequence[tuple[str, int]],
    conflicts: Iterable[tuple[str, str]],
    *,
    per_visit: int,
    seed: str,
    algorithm: str = Algorithm.SHA256,
) -> Assignment | None:
    """The inspectors of every visit in the order in which they were taken; None if there are not enough.

    `inspectors` are identifiers with the number of visits each can make; of an identifier that is given twice
    the last number counts, and it is asked twice. `conflicts` are pairs of inspector and visit. A capacity below
    0 is no limit, and a negative `per_visit` sends everybody whose capacity is not used up: neither should be
    asked for, and both are what the published definition of the draw makes of them.
    """
    asked = Counter(identifier for identifier, _ in inspectors)
    capacities = dict(inspectors)
    hashing = named(Algorithm, "algorithm", algorithm)
    staff, visited = list(capacities), list(dict.fromkeys(visits))
    matching = Matching(list(capacities.values()), _eligible(visited, staff, conflicts))
    if not matching.fill([per_visit] * len(visited)):
        return None
    assignment: Assignment = {}
    for number, visit in enumerate(visited):
        needed, taken = per_visit, []
        for inspector in _by_lot(matching.candidates(number) if needed else [], staff, visit, seed, hashing):
            for _ in range(asked[staff[inspector]]):
                if needed and matching.capacities[inspector] and matching.take(number, inspector):
                    taken.append(staff[inspector])
                    needed -= 1
            if not needed:
                break
        assignment[visit] = taken
    return assignment


def _eligible(visits: Sequence[str], staff: Sequence[str], conflicts: Iterable[tuple[str, str]]) -> list[int]:
    """For each visit the inspectors without conflict, as a set of bits."""
    bit = {identifier: 1 << number for number, identifier in enumerate(staff)}
    barred: dict[str, int] = dict.fromkeys(visits, 0)
    for inspector, visit in conflicts:
        if visit in barred and inspector in bit:
            barred[visit] |= bit[inspector]
    everybody = (1 << len(staff)) - 1
    return [everybody & ~barred[visit] for visit in visits]


def _by_lot(
    inspectors: Sequence[int], staff: Sequence[str], visit: str, seed: str, algorithm: Algorithm
) -> Iterable[int]:
    """The inspectors by their hashes with the visit; those of the same hash by their identifiers."""
    digests = algorithm.digests((seed, "I", visit), [staff[number] for number in inspectors])
    return [
        number for _, _, number in sorted(zip(digests, (staff[n] for n in inspectors), inspectors, strict=True))
    ]
