"""What a draw needs: roster, inspectors and conflicts as tables, and a plan.

>>> inputs = Inputs(
...     roster=Table("roster", [["A", "食品", "1e1"], ["B", "食品", "2/3"], ["C", "工业", "?"]]),
...     inspectors=Table("inspectors", [["执01", "2"]]),
...     conflicts=Table("conflicts", []),
...     plan=Plan("plan", {"n": {"食品": 1}, "inspectors_per_visit": 1}),
... )
>>> list(inputs.strata())
[('食品', {'A': Fraction(10, 1), 'B': Fraction(2, 3)}, 1)]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from zhicheng.core.draws.plan import Plan, read_plan
from zhicheng.core.draws.showing import shown
from zhicheng.core.draws.tables import Table, read_table
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

ROSTER = ["id", "stratum", "size"]
INSPECTORS = ["inspector", "max_visits"]
CONFLICTS = ["inspector", "enterprise"]
"""The first columns of each table, whatever the head calls them; further columns are hashed and not used."""

MOST_POWER = 1_000_000
"""Of ten, up and down, that a size may have: more has been mistyped, and would be computed for hours."""

Sizes = dict[str, Fraction | int]

_POWER = re.compile(r"[eE]([-+]?[\d_]+)")


@dataclass(frozen=True)
class Inputs:
    """The inputs of a draw, as they were read."""

    roster: Table
    inspectors: Table
    conflicts: Table
    plan: Plan

    def strata(self) -> Iterator[tuple[str, Sizes, int]]:
        """Each stratum of the plan that has units, by code point, with their sizes and how many are to be drawn.

        Of a unit that is twice in a stratum the last size counts. What the plan does not name is not looked at
        beyond its stratum. Raises Refused for a row without the fields it needs and for a size that is none.
        """
        counts = list(self.plan.counts())
        by_stratum: dict[Any, Sizes] = {stratum: {} for stratum, _ in counts}
        if counts:
            self._sort_into(by_stratum)
        for stratum, count in counts:
            sizes = by_stratum[stratum]
            if sizes:
                yield stratum, sizes, self.plan.count_of(stratum, count)
            elif count is not None:
                self.plan.count_of(stratum, count)

    def capacities(self) -> list[tuple[str, int]]:
        """Every row of the inspectors: who, and how many visits they can make. Raises Refused."""
        self.inspectors.require(INSPECTORS)
        return [(cells[0], self._capacity(row)) for row, cells in enumerate(self.inspectors.rows)]

    def barred(self) -> set[tuple[str, str]]:
        """Who must not visit whom: inspector, unit. Raises Refused."""
        self.conflicts.require(CONFLICTS)
        return {(cells[0], cells[1]) for cells in self.conflicts.rows}

    def check(self) -> None:
        """Raises Refused for what no draw can be made of."""
        _ = self.plan.inspectors_per_visit
        self.roster.require(ROSTER[:2])
        list(self.strata())
        self.capacities()
        self.barred()

    def _sort_into(self, by_stratum: dict[Any, Sizes]) -> None:
        self.roster.require(ROSTER[:2])
        known: dict[str, Fraction | int] = {}
        for row, cells in enumerate(self.roster.rows):
            sizes = by_stratum.get(cells[1])
            if sizes is None:
                continue
            if len(cells) < len(ROSTER):
                raise self.roster.missing(row, ROSTER)
            text = cells[2]
            if text not in known:
                known[text] = self._size(row)
            sizes[cells[0]] = known[text]

    def _size(self, row: int) -> Fraction | int:
        text = self.roster.rows[row][2]
        if text.isascii() and text.isdigit() and len(text) < 4300:
            return int(text)
        try:
            if _power(text) <= MOST_POWER:
                return Fraction(text)
        except (ValueError, ZeroDivisionError):
            message = words(
                "{name}, row {row}: the size “{size}” is not a number; expected is one like 12, 0.5, 2/3 or 1e3"
            )
        else:
            message = words("{name}, row {row}: the size “{size}” has a power of ten beyond {most}")
        raise Refused(message, **self.roster.place(row), size=shown(text), most=f"{MOST_POWER:,}")

    def _capacity(self, row: int) -> int:
        text = self.inspectors.rows[row][1]
        try:
            return int(text)
        except ValueError:
            message = words("{name}, row {row}: max_visits is “{value}”; expected is a whole number")
            raise Refused(message, **self.inspectors.place(row), value=shown(text)) from None


def read_inputs(
    roster: tuple[str, bytes], plan: tuple[str, bytes], inspectors: tuple[str, bytes], conflicts: tuple[str, bytes]
) -> Inputs:
    """Reads the four files, each given by its name and content. Raises Refused."""
    return Inputs(
        roster=read_table(roster[1], roster[0]),
        inspectors=read_table(inspectors[1], inspectors[0]),
        conflicts=read_table(conflicts[1], conflicts[0]),
        plan=read_plan(plan[1], plan[0]),
    )


def _power(size: str) -> int:
    """How far from 0 the power of ten of a size is. Raises ValueError for what is none."""
    found = _POWER.search(size)
    return abs(int(found[1])) if found else 0
