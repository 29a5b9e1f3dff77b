"""The draw itself: from the four inputs and the randomness to who is visited, by whom, and who waits in reserve.

Everything follows from the inputs and the randomness, so that anybody who has them comes to the same result.
The order of the rows in the tables plays no part.

>>> inputs = Inputs(
...     roster=Table("roster", [["A", "食品", "8"], ["B", "食品", "1"], ["C", "食品", "1"]]),
...     inspectors=Table("inspectors", [["执01", "2"], ["执02", "2"]]),
...     conflicts=Table("conflicts", [["执01", "A"]]),
...     plan=Plan("plan", {"n": {"食品": 2}, "inspectors_per_visit": 1}),
... )
>>> drawn = draw(inputs, "4F3C")
>>> drawn.selected, drawn.assignment, [ticket["lam"] for ticket in drawn.tickets()]
(['A', 'C'], {'A': ['执02'], 'C': ['执01']}, ['1', '1/2', '1/2'])
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from zhicheng.core.choices import named
from zhicheng.core.draws.assignment import Assignment, assign
from zhicheng.core.draws.commitment import Commitment, commit
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.inputs import Inputs, Sizes
from zhicheng.core.draws.ordering import pareto_order
from zhicheng.core.draws.plan import Plan
from zhicheng.core.draws.showing import shown
from zhicheng.core.draws.tables import Table
from zhicheng.core.draws.targets import Places, targets
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

__all__ = ["Drawn", "DrawnStratum", "Inputs", "Plan", "Table", "Ticket", "draw"]


class Ticket(TypedDict):
    """What the result says of a unit that could have been drawn."""

    stratum: str
    id: str
    lam: str
    u_hex: str
    rank: int
    selected: bool


@dataclass(frozen=True)
class DrawnStratum:
    """The units of a stratum that could be drawn, and the order in which they are; the first `taken` are selected.

    `ids`, `classes` (of size, by which `lams` has the λ) and `digests` go together; `order` are places in them.
    """

    stratum: str
    taken: int
    order: Places
    ids: Sequence[str]
    classes: Places
    lams: Sequence[str]
    digests: Sequence[bytes]

    @property
    def selected(self) -> list[str]:
        """Who is drawn, in order."""
        return [self.ids[place] for place in self.order[: self.taken]]

    @property
    def reserve(self) -> list[str]:
        """Who waits, in the order in which they take the place of somebody who cannot be visited."""
        return [self.ids[place] for place in self.order[self.taken :]]

    def ranked(self) -> Iterator[tuple[str, str, str, int]]:
        """Every unit in the order of the draw: its identifier, λ, hash, and rank from 1."""
        classes = self.classes[self.order].tolist()
        for rank, (place, which) in enumerate(zip(self.order.tolist(), classes, strict=True), start=1):
            yield self.ids[place], self.lams[which], self.digests[place].hex(), rank

    def tickets(self) -> Iterator[Ticket]:
        """The same as it is published."""
        for unit, lam, u_hex, rank in self.ranked():
            selected = rank <= self.taken
            yield Ticket(stratum=self.stratum, id=unit, lam=lam, u_hex=u_hex, rank=rank, selected=selected)


@dataclass(frozen=True)
class Drawn:
    """A result: its commitment and seed, the drawn strata by code point, and the inspectors of each visit."""

    commitment: Commitment
    seed: str
    strata: Sequence[DrawnStratum]
    assignment: Assignment | None

    @property
    def selected(self) -> list[str]:
        """Everybody who is drawn, stratum by stratum; who is a unit of two strata may be there twice."""
        return [unit for stratum in self.strata for unit in stratum.selected]

    def tickets(self) -> Iterator[Ticket]:
        """Those of all strata."""
        for stratum in self.strata:
            yield from stratum.tickets()

    def document(self) -> dict[str, Any]:
        """The result as it is published, as values for JSON. For very many units see `publishing.written`."""
        return {**self.head(), "tickets": list(self.tickets())}

    def head(self) -> dict[str, Any]:
        """The document without its last part, the tickets."""
        return {
            **self.commitment.document(),
            "seed": self.seed,
            "selected": self.selected,
            "assignment": self.assignment,
        }


def draw(inputs: Inputs, randomness: str, algorithm: str = Algorithm.SHA256) -> Drawn:
    """Draws by `randomness`, whose letters may be of either case. Raises Refused for inputs it cannot use."""
    algorithm = named(Algorithm, "algorithm", algorithm)
    inputs.plan.require()
    commitment = commit(inputs, algorithm)
    seed = algorithm.joined("seed", commitment.commitment, randomness.lower())
    strata = [_draw_stratum(stratum, sizes, count, seed, algorithm) for stratum, sizes, count in inputs.strata()]
    inspectors, conflicts = inputs.capacities(), inputs.barred()
    selected = [unit for stratum in strata for unit in stratum.selected]
    assignment: Assignment | None = {}
    if selected:
        assignment = assign(
            selected,
            inspectors,
            conflicts,
            per_visit=inputs.plan.inspectors_per_visit,
            seed=seed,
            algorithm=algorithm,
        )
    return Drawn(commitment, seed, strata, assignment)


def _draw_stratum(stratum: str, sizes: Sizes, count: int, seed: str, algorithm: Algorithm) -> DrawnStratum:
    shares = targets(list(sizes.values()), count)
    units = list(sizes)
    ids = [units[unit] for unit in shares.drawable.tolist()] if len(shares.drawable) < len(units) else units
    digests = algorithm.digests((seed, "E"), ids)
    order = pareto_order(ids, digests, shares)
    try:
        lams = shares.texts
    except ValueError:
        message = words("stratum “{stratum}”: the sizes have so many digits that λ cannot be written")
        raise Refused(message, stratum=shown(stratum)) from None
    return DrawnStratum(
        stratum=stratum,
        taken=max(0, min(count, len(ids))),
        order=order,
        ids=ids,
        classes=shares.which[shares.drawable],
        lams=lams,
        digests=digests,
    )
