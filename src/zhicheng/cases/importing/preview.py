"""What a person sees before an import: the first rows as they will be read, and what the whole file gives."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import Truncator
from django.utils.translation import gettext

from zhicheng.cases.importing.checking import shortened
from zhicheng.cases.importing.mapping import LABELS, ColumnMapping, Field, is_personal
from zhicheng.cases.importing.recording import origin_of
from zhicheng.cases.importing.reporting import Line, line_of
from zhicheng.cases.importing.services import try_out
from zhicheng.cases.importing.table import Table
from zhicheng.ground.parties.api import Organization

ROWS_SHOWN, PROBLEMS_SHOWN, CELL_SHOWN = 5, 5, 60


@dataclass(frozen=True)
class Preview:
    """The first rows under the fields' names, the columns left out, and the outcome of a trial."""

    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    left_out: tuple[str, ...]
    new: int
    known: int
    refused: int
    problems: tuple[Line, ...]


def preview_of(
    *, table: Table, mapping: ColumnMapping, organization: Organization, system: str, now: datetime
) -> Preview:
    """The preview of a table under a mapping that can be read by; nothing is written."""
    fields = [field for field in Field if field in mapping.columns]
    trial = try_out(table=table, mapping=mapping, origin=origin_of(organization, system), now=now)
    problems = [line_of(problem) for _, problems in trial.refused[:PROBLEMS_SHOWN] for problem in problems]
    return Preview(
        heads=tuple(gettext(LABELS[field]) for field in fields),
        rows=tuple(
            (row.number, tuple(_shown(row.cells[mapping.columns[field]]) for field in fields))
            for row in table.rows[:ROWS_SHOWN]
        ),
        left_out=tuple(_left_out(table, mapping)),
        new=trial.new,
        known=trial.known,
        refused=len(trial.refused),
        problems=tuple(problems[:PROBLEMS_SHOWN]),
    )


def _left_out(table: Table, mapping: ColumnMapping) -> list[str]:
    used = set(mapping.columns.values())
    return [
        gettext("%(column)s (about a person: never imported)") % {"column": name} if is_personal(name) else name
        for column, name in enumerate(table.head)
        if column not in used and name
    ]


def _shown(cell: str) -> str:
    return Truncator(shortened(cell.strip())).chars(CELL_SHOWN)
