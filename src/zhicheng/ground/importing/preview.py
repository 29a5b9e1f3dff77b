"""What a person sees before an import: the first rows as they will be read, and what the whole file gives."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import Truncator
from django.utils.translation import gettext

from zhicheng.core.access import Actor
from zhicheng.ground.importing.problems import shortened
from zhicheng.ground.importing.registry import Importer, Plan
from zhicheng.ground.importing.reporting import Line, line_of
from zhicheng.ground.importing.services import try_out
from zhicheng.ground.importing.table import Table

ROWS_SHOWN, PROBLEMS_SHOWN, CELL_SHOWN = 5, 5, 60


@dataclass(frozen=True)
class Preview:
    """The first rows under the fields' names, the columns left out, and the outcome of a trial.

    `tried` is the number of rows that were tried out, if not all were.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    left_out: tuple[str, ...]
    new: int
    known: int
    refused: int
    problems: tuple[Line, ...]
    tried: int | None = None


def preview_of(*, importer: Importer, table: Table, plan: Plan, by: Actor, now: datetime) -> Preview:
    """The preview of a table under a plan that can be read by; nothing is written."""
    fields = [field for field in importer.labels if field in plan.columns]
    trial = try_out(importer=importer, table=table, plan=plan, by=by, now=now, rows=importer.tried)
    problems = [line_of(one, importer.labels) for _, found in trial.refused[:PROBLEMS_SHOWN] for one in found]
    return Preview(
        heads=tuple(gettext(importer.labels[field]) for field in fields),
        rows=tuple(
            (row.number, tuple(_shown(row.cells[plan.columns[field]], importer, field) for field in fields))
            for row in table.rows[:ROWS_SHOWN]
        ),
        left_out=tuple(_left_out(importer, table, plan)),
        new=trial.new,
        known=trial.known,
        refused=len(trial.refused),
        problems=tuple(problems[:PROBLEMS_SHOWN]),
        tried=importer.tried if importer.tried and importer.tried < len(table.rows) else None,
    )


def _left_out(importer: Importer, table: Table, plan: Plan) -> list[str]:
    used = set(plan.columns.values())
    return [
        gettext("%(column)s (about a person: never imported)") % {"column": name}
        if importer.is_personal(name)
        else name
        for column, name in enumerate(table.head)
        if column not in used and name
    ]


def _shown(cell: str, importer: Importer, field: str) -> str:
    mask = importer.masks.get(field)
    value = mask(cell.strip()) if mask else cell.strip()
    return Truncator(shortened(value)).chars(CELL_SHOWN)
