"""What a draw can be made of and should not be: told before its commitment is published, while it can be mended.

The draw takes identifiers as they stand; the commitment is over the canonical form of the tables, in which rows
are sorted and cells trimmed and normalized. So what differs by these alone has one commitment and different
draws, and whoever knows the randomness could choose among them (`unbound`). And there is what the definition
reckons with as it stands although nobody means it, like a size below 0 (`mistakes`).

>>> plan = Plan("plan", {"n": {"食品": 1}, "inspectors_per_visit": 0})
>>> roster = Table("roster.csv", [["A", "食品", "-1"], ["B ", "食品", "2"], ["A", "食品", "5"]])
>>> for doubt in (*unbound(found := Inputs(roster, Table("i", []), Table("c", []), plan)), *mistakes(found)):
...     print(doubt)
roster.csv, row 3: id is “B ”, which the commitment does not tell from “B”; expected is the latter
roster.csv, row 4: id “A” is in row 2 too; expected is once
roster.csv, row 2: size is “-1”; expected is more than 0
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from zhicheng.core.draws.inputs import CONFLICTS, INSPECTORS, ROSTER, Inputs
from zhicheng.core.draws.plan import Plan
from zhicheng.core.draws.showing import shown
from zhicheng.core.draws.tables import Table
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

__all__ = ["Inputs", "Plan", "Table", "mistakes", "unbound"]

_PARTING = re.compile("[\t\n\x1f]")
"""What parts cells, rows and hashed fields: inside a cell it could be read as one or as two."""

_SPACE = re.compile(r"[^\S\t\n]")


def unbound(inputs: Inputs) -> Iterator[Refused]:
    """Where other cells would have the same commitment and another draw. `inputs.check()` has passed."""
    yield from _blurred(inputs.roster, ROSTER[:2])
    yield from _blurred(inputs.inspectors, INSPECTORS[:1])
    yield from _blurred(inputs.conflicts, CONFLICTS)
    yield from _repeated(inputs.roster, ROSTER[0])
    yield from _repeated(inputs.inspectors, INSPECTORS[0])


def mistakes(inputs: Inputs) -> Iterator[Refused]:
    """Where a draw would be made of what nobody can have meant. `inputs.check()` has passed."""
    yield from _of_heads(inputs)
    yield from _of_sizes(inputs)
    yield from _of_counts(inputs)
    if inputs.plan.inspectors_per_visit:
        yield from _of_inspectors(inputs)


def _blurred(table: Table, columns: list[str]) -> Iterator[Refused]:
    """Cells that are not what is hashed of them."""
    if _is_plain(table):
        return
    for row, cells in enumerate(table.rows):
        for name, cell in zip(columns, cells, strict=False):
            if cell != (canonical := unicodedata.normalize("NFC", cell.strip())):
                message = words(
                    "{name}, row {row}: {field} is “{value}”, which the commitment does not tell from "
                    "“{canonical}”; expected is the latter"
                )
                yield Refused(
                    message, **table.place(row), field=name, value=shown(cell), canonical=shown(canonical)
                )
        if _PARTING.search("".join(map(str.strip, cells))):
            message = words(
                "{name}, row {row}: a tab or a line end stands inside a cell, and the commitment does not tell "
                "it from the cell's end"
            )
            yield Refused(message, **table.place(row))


def _is_plain(table: Table) -> bool:
    """Whether no cell can be blurred, found out quickly; where it is false, each has to be looked at."""
    text = "\n".join(map("\t".join, table.rows))
    whole = text.count("\t") + text.count("\n") + 1 == sum(map(len, table.rows))
    return whole and not _SPACE.search(text) and unicodedata.is_normalized("NFC", text)


def _repeated(table: Table, column: str) -> Iterator[Refused]:
    """Identifiers that stand in two rows: which of them counts is a matter of their order, which is not hashed."""
    if len({cells[0] for cells in table.rows if cells}) == len(table.rows):
        return
    first: dict[str, int] = {}
    for row, cells in enumerate(table.rows):
        if cells and (before := first.setdefault(cells[0], row)) != row:
            message = words("{name}, row {row}: {field} “{value}” is in row {before} too; expected is once")
            yield Refused(message, **table.place(row), field=column, value=shown(cells[0]), before=before + 2)


def _of_heads(inputs: Inputs) -> Iterator[Refused]:
    """Tables without a head, whose first row would be taken for one and be lost."""
    for table, column in (
        (inputs.roster, ROSTER.index("size")),
        (inputs.inspectors, INSPECTORS.index("max_visits")),
    ):
        if _is_number("".join(table.head[column : column + 1])):
            message = words("{name}, row 1: “{row}” would be lost as the head; expected are names of the columns")
            yield Refused(message, name=table.name, row=shown(", ".join(table.head)))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\s*[-+]?[0-9][0-9./eE+-]*\s*", text) is not None


def _of_sizes(inputs: Inputs) -> Iterator[Refused]:
    strata = {stratum for stratum, _ in inputs.plan.counts()}
    rows = inputs.roster.rows if strata else []
    small = {text for text in {cells[2] for cells in rows if cells[1] in strata} if Fraction(text) <= 0}
    for row, cells in enumerate(rows if small else []):
        if cells[1] in strata and cells[2] in small:
            message = words("{name}, row {row}: size is “{value}”; expected is more than 0")
            yield Refused(message, **inputs.roster.place(row), value=shown(cells[2]))


def _of_counts(inputs: Inputs) -> Iterator[Refused]:
    units = Counter(cells[1] for cells in inputs.roster.rows if len(cells) > 1)
    for stratum, count in inputs.plan.counts():
        if not 0 <= (count or 0) <= units[stratum]:
            message = words(
                "{name}: “n” of stratum “{stratum}” is {count}; expected is one from 0 to {most}, the units that "
                "{roster} has of it"
            )
            values = {
                "stratum": shown(str(stratum)),
                "count": count,
                "most": units[stratum],
                "roster": inputs.roster.name,
            }
            yield Refused(message, name=inputs.plan.name, **values)
    if (needed := inputs.plan.inspectors_per_visit) < 0:
        message = words("{name}: “inspectors_per_visit” is {count}; expected is 0 or more")
        yield Refused(message, name=inputs.plan.name, count=needed)


def _of_inspectors(inputs: Inputs) -> Iterator[Refused]:
    capacities = dict(inputs.capacities())
    for row, (_, capacity) in enumerate(inputs.capacities()):
        if capacity < 0:
            message = words("{name}, row {row}: max_visits is {value}; expected is 0 or more")
            yield Refused(message, **inputs.inspectors.place(row), value=capacity)
    for row, cells in enumerate(inputs.conflicts.rows):
        if cells[0] not in capacities:
            message = words(
                "{name}, row {row}: inspector “{value}” is not in {inspectors}, so that this conflict keeps "
                "nobody away"
            )
            yield Refused(
                message,
                **inputs.conflicts.place(row),
                value=shown(cells[0]),
                inspectors=inputs.inspectors.name,
            )
    yield from _of_places(inputs, capacities)


def _of_places(inputs: Inputs, capacities: dict[str, int]) -> Iterator[Refused]:
    """Too few inspectors for the visits together, or for a unit alone if it is drawn."""
    per_visit = inputs.plan.inspectors_per_visit
    strata = list(inputs.strata())
    needed = per_visit * sum(max(0, min(count, len(sizes))) for _, sizes, count in strata)
    if (places := sum(max(0, capacity) for capacity in capacities.values())) < needed:
        message = words(
            "{name}: max_visits add up to {places}; expected are {needed} or more for the plan's visits"
        )
        yield Refused(message, name=inputs.inspectors.name, places=places, needed=needed)
    able = {inspector for inspector, capacity in capacities.items() if capacity > 0}
    barred = Counter(unit for inspector, unit in inputs.barred() if inspector in able)
    for unit in (unit for _, sizes, count in strata if count > 0 for unit in sizes):
        if (free := len(able) - barred[unit]) < per_visit:
            message = words("{name}: inspectors free to visit “{unit}” are {free}; expected are {needed} or more")
            yield Refused(message, name=inputs.conflicts.name, unit=shown(unit), free=free, needed=per_visit)
