"""The plan that an edition of the standard gives for a lot: code letter, then cell, then along the arrows (§10).

>>> plan = plan_for(lot_size=1000, level="II", aql="1.0")
>>> plan.letter, plan.n, plan.ac, plan.re
('J', 80, 2, 3)
>>> plan_for(lot_size=1000, level="II", aql="3")
Traceback (most recent call last):
zhicheng.core.acceptance.quantities.AcceptanceError: The AQL 3 is no preferred value of GB/T 2828.1-2012; \
the next ones are 2.5 and 4.0
"""

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from zhicheng.core.acceptance.edition import Edition, InspectionLevel, MasterTable, Severity
from zhicheng.core.acceptance.gbt2828 import GBT_2828_1_2012
from zhicheng.core.acceptance.plans import SinglePlan
from zhicheng.core.acceptance.quantities import AcceptanceError, whole
from zhicheng.core.words import words

SMALLEST_LOT = 2
"""Of one unit nothing can be sampled; Table 1 begins here."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a master table says for a code letter and an AQL: the row the arrows lead to, with its n and Ac.

    `ac_one_step_tighter`: the Ac of the same row at the next lower AQL, by which the switching score is counted;
    None where Ac is 0 or 1, for which the score needs none.
    """

    letter: str
    n: int
    ac: int
    ac_one_step_tighter: int | None


@dataclass(frozen=True, slots=True)
class InspectionPlan:
    """A single plan with all it was read from, as a sheet names it.

    `letter` is that of the lot size; `row` the one whose plan is used after following arrows. `n` is the number of
    units to inspect: where the table asks for as many as the lot has, or more, that is the lot (100 % inspection),
    and `ac` is still the table's, the standard naming no other.
    """

    edition: Edition
    table: str
    severity: Severity
    lot_size: int
    level: InspectionLevel
    aql: Decimal
    letter: str
    row: str
    n: int
    ac: int
    ac_one_step_tighter: int | None

    @property
    def re(self) -> int:
        """The rejection number: Ac + 1 in every cell of this edition."""
        return self.ac + 1

    @property
    def inspects_all(self) -> bool:
        """Whether the whole lot is inspected (全数检验)."""
        return self.n == self.lot_size

    @property
    def score_limit(self) -> int:
        """With so many nonconforming units or fewer a lot adds to the switching score (§9.3.3.2)."""
        return self.ac if self.ac_one_step_tighter is None else self.ac_one_step_tighter

    @property
    def single(self) -> SinglePlan:
        """n and Ac alone, to compute with."""
        return SinglePlan(self.n, self.ac)


def plan_for(
    *,
    lot_size: int,
    level: str = InspectionLevel.II,
    aql: Decimal | str | float,
    severity: str = Severity.NORMAL,
    edition: Edition = GBT_2828_1_2012,
) -> InspectionPlan:
    """The single plan for a lot of `lot_size` units, 2 or more, at an inspection level and an AQL.

    `aql` is one of the preferred values: percent nonconforming up to 10, or nonconformities per 100 units.
    Raises AcceptanceError. Source: Table 1 and Tables 2-A, 2-B, 2-C of the edition.

    >>> tight = plan_for(lot_size=1000, aql="1.0", severity="tightened")
    >>> tight.table, tight.n, tight.ac
    ('2-B', 80, 1)
    """
    preferred, strictness = preferred_aql(aql, edition), Severity.read(severity)
    units = whole("lot_size", lot_size, SMALLEST_LOT)
    letter = code_letter(units, level, edition)
    cell = cell_for(letter, preferred, strictness, edition)
    return InspectionPlan(
        edition=edition,
        table=edition.tables[strictness].name,
        severity=strictness,
        lot_size=units,
        level=InspectionLevel.read(level),
        aql=preferred,
        letter=letter,
        row=cell.letter,
        n=min(cell.n, units),
        ac=cell.ac,
        ac_one_step_tighter=cell.ac_one_step_tighter,
    )


def code_letter(lot_size: int, level: str, edition: Edition = GBT_2828_1_2012) -> str:
    """The code letter (样本量字码) of Table 1 for a lot of 2 units or more. Raises AcceptanceError.

    >>> code_letter(500, "II"), code_letter(501, "II"), code_letter(10**9, "III")
    ('H', 'J', 'R')
    """
    row = bisect_left(edition.lot_sizes, whole("lot_size", lot_size, SMALLEST_LOT))
    return edition.code_letters[InspectionLevel.read(level)][row]


def preferred_aql(aql: Decimal | str | float, edition: Edition = GBT_2828_1_2012) -> Decimal:
    """The preferred value equal to `aql`, as the edition prints it. Raises AcceptanceError, naming the neighbours.

    >>> preferred_aql(0.1), preferred_aql("4")
    (Decimal('0.10'), Decimal('4.0'))
    """
    known = edition.aqls
    try:
        value = Decimal(str(aql))
        place = bisect_left(known, value)
    except InvalidOperation:
        raise AcceptanceError(
            words("The AQL “{aql}” is no number; expected a preferred value from {least} to {most}"),
            aql=aql,
            least=known[0],
            most=known[-1],
        ) from None
    if place < len(known) and known[place] == value:
        return known[place]
    near = known[max(0, place - 1) : place + 1]
    if len(near) == 1:
        message = words("The AQL {aql} is no preferred value of {edition}; they go from {least} to {most}")
    else:
        message = words("The AQL {aql} is no preferred value of {edition}; the next ones are {below} and {above}")
    raise AcceptanceError(
        message, aql=aql, edition=edition.name, below=near[0], above=near[-1], least=known[0], most=known[-1]
    )


def cell_for(letter: str, aql: Decimal | str | float, severity: str, edition: Edition = GBT_2828_1_2012) -> Cell:
    """The cell of a master table at one of the edition's AQLs, arrows followed. Raises AcceptanceError.

    An arrow that leads out of the table is followed the other way, as at the letters A and R, where the table's
    arrows point so themselves.

    >>> cell_for("A", Decimal("15"), Severity.NORMAL)
    Cell(letter='B', n=3, ac=1, ac_one_step_tighter=None)
    """
    table, column = edition.tables[Severity.read(severity)], edition.aqls.index(preferred_aql(aql, edition))
    start = _row_of(letter, table, edition)
    downwards = range(start, len(table.ladders))
    upwards = range(start, -1, -1)
    ways = (downwards, upwards) if _at(table, start, column) == "↓" else (upwards, downwards)
    for row in (row for way in ways for row in way):
        ac = _at(table, row, column)
        if isinstance(ac, int):
            before = _at(table, row, column - 1)
            tighter = before if isinstance(before, int) and ac > 1 else None
            return Cell(edition.letters[row], table.sizes[row], ac, tighter)
    raise AcceptanceError(words("{edition} has no plan at the AQL {aql}"), edition=edition.name, aql=aql)


def _row_of(letter: str, table: MasterTable, edition: Edition) -> int:
    rows = edition.letters[: len(table.ladders)]
    if len(letter) != 1 or letter not in rows:
        raise AcceptanceError(
            words("Table {table} of {edition} has no code letter “{letter}”; expected one of {known}"),
            table=table.name,
            edition=edition.name,
            letter=letter,
            known=rows,
        )
    return rows.index(letter)


def _at(table: MasterTable, row: int, column: int) -> int | str:
    """What stands in a cell: an acceptance number, or an arrow."""
    ladder, step = table.ladders[row], row + column - table.diagonal
    if step < 0:
        return "↓"
    return ladder[step] if step < len(ladder) else "↑"
