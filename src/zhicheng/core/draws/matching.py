"""Visits and inspectors matched within capacities: a maximum flow that is kept while choices are made.

Sets of inspectors are whole numbers with a bit for each, so that a step of the search looks at all inspectors
of a visit at once.

>>> matching = Matching(capacities=[1, 1], eligible=[0b11, 0b01])
>>> matching.fill([1, 1])
True
>>> matching.take(0, 0), matching.take(0, 1)  # visit 1 has only inspector 0
(False, True)
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple


class Move(NamedTuple):
    """A visit that goes over from one inspector to another."""

    visit: int
    source: int
    target: int


class Matching:
    """A flow that gives every visit the inspectors it still needs, and what has been decided so far.

    Visits and inspectors are numbered from 0. `eligible` has a set of inspectors for each visit; `capacities`
    how many visits each inspector has left: one of 0 or less takes part in no flow.
    """

    def __init__(self, capacities: Sequence[int], eligible: Sequence[int]) -> None:
        self.capacities = list(capacities)
        self._eligible = list(eligible)
        self._holders: list[dict[int, None]] = [{} for _ in capacities]
        """The visits that flow to each inspector, in the order in which they came to it."""
        self._held = [0] * len(eligible)
        """The inspectors that each visit flows to."""
        self._spare = sum(1 << number for number, capacity in enumerate(capacities) if capacity > 0)
        """The inspectors who could be given one more visit."""
        self._dead = 0
        """Inspectors from whom the search found no way to a spare place since the last choice."""
        self._dead_for: int | None = None
        """The visit for which they were looked for."""

    def fill(self, needs: Sequence[int]) -> bool:
        """Finds a flow that gives visit v its `needs[v]` different inspectors; False if there is none."""
        for visit, need in enumerate(needs):
            if need > self._eligible[visit].bit_count():
                return False
            if not all(self._extend(visit) for _ in repeat(None, need)):
                return False
        return True

    def candidates(self, visit: int) -> list[int]:
        """The inspectors who are eligible for the visit and not used up."""
        return [each for each in _bits(self._eligible[visit]) if self.capacities[each]]

    def take(self, visit: int, inspector: int) -> bool:
        """Decides that the inspector goes on the visit, if all other needs can be met then; False if not.

        The visit must still need somebody, and the inspector's capacity must not be 0.
        """
        bit = 1 << inspector
        if self._held[visit] & bit:
            self._part(visit, inspector)
        elif self.capacities[inspector] < 0 or self._spare & bit:
            if self._held[visit]:
                self._part(visit, _lowest(self._held[visit]))
        elif not self._make_room(visit, inspector):
            return False
        self._eligible[visit] &= ~bit
        self.capacities[inspector] -= 1
        self._note_spare(inspector)
        self._dead_for = None
        return True

    def _extend(self, visit: int) -> bool:
        """One more inspector for the visit, others moving as they must."""
        open_to = self._eligible[visit] & ~self._held[visit]
        if chosen := open_to & self._spare:
            self._join(visit, _lowest(chosen))
            return True
        moves, _ = self._search(open_to, self._spare)
        if not moves:
            return False
        self._make(moves)
        self._join(visit, moves[-1].source)
        return True

    def _make_room(self, visit: int, inspector: int) -> bool:
        """One place less for others at the inspector, and one inspector less for the visit."""
        if self._dead_for != visit:
            self._dead, self._dead_for = 0, visit
        if self._dead >> inspector & 1:
            return False
        # Whatever the visit gives up becomes a place for somebody else.
        moves, seen = self._search(1 << inspector, self._spare | self._held[visit], self._dead)
        if not moves:
            self._dead |= seen
            return False
        filled = moves[0].target
        self._part(visit, filled if self._held[visit] >> filled & 1 else _lowest(self._held[visit]))
        self._make(moves)
        return True

    def _search(self, start: int, goal: int, closed: int = 0) -> tuple[list[Move], int]:
        """Moves that free a place with one of `start` by filling one with one of `goal`, and who was looked at.

        The first move fills the place, the last one frees the other; there are none if it cannot be done.
        Nobody in `closed` is asked.
        """
        seen = start | closed
        queue = list(_bits(start))
        came: dict[int, Move] = {}
        for source in queue:
            for visit in self._holders[source]:
                found = self._eligible[visit] & ~self._held[visit] & ~seen
                if hit := found & goal:
                    return [*_traced(Move(visit, source, _lowest(hit)), came)], seen
                seen |= found
                for target in _bits(found):
                    came[target] = Move(visit, source, target)
                    queue.append(target)
        return [], seen

    def _make(self, moves: Iterable[Move]) -> None:
        for move in moves:
            self._part(move.visit, move.source)
            self._join(move.visit, move.target)

    def _join(self, visit: int, inspector: int) -> None:
        self._holders[inspector][visit] = None
        self._held[visit] |= 1 << inspector
        self._note_spare(inspector)

    def _part(self, visit: int, inspector: int) -> None:
        del self._holders[inspector][visit]
        self._held[visit] &= ~(1 << inspector)
        self._note_spare(inspector)

    def _note_spare(self, inspector: int) -> None:
        bit = 1 << inspector
        if len(self._holders[inspector]) < self.capacities[inspector]:
            self._spare |= bit
        else:
            self._spare &= ~bit


def _traced(last: Move, came: Mapping[int, Move]) -> Iterator[Move]:
    move: Move | None = last
    while move:
        yield move
        move = came.get(move.source)


def _lowest(inspectors: int) -> int:
    return (inspectors & -inspectors).bit_length() - 1


def _bits(inspectors: int) -> Iterator[int]:
    while inspectors:
        yield _lowest(inspectors)
        inspectors &= inspectors - 1
