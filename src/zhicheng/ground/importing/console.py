"""An import on the command line: which columns are read, how far it is, what is refused and why."""

from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic

from django.utils.translation import gettext

from zhicheng.core.access import Actor
from zhicheng.ground import clock
from zhicheng.ground.importing.registry import Importer, Plan
from zhicheng.ground.importing.reporting import RefusedRows, line_of, refused_of, write_errors
from zhicheng.ground.importing.services import carry_out, confirm_import, receive_file, try_out
from zhicheng.ground.importing.table import Table, column_letter

PROBLEMS_SHOWN = 20
Say = Callable[[str], None]
"""Writes one line to whoever asked."""


def import_file(
    importer: Importer,
    file: Path,
    table: Table,
    plan: Plan,
    *,
    by: Actor,
    say: Say,
    dry_run: bool = False,
    errors: Path | None = None,
) -> None:
    """Imports a file by a plan, or with `dry_run` says what would become of it.

    The first refused rows are told; `errors` names an .xlsx file for all of them.
    """
    show_columns(importer, table, plan.columns, say)
    started = monotonic()
    refused = _try_out(importer, table, plan, by, say) if dry_run else _carry_out(importer, file, plan, by, say)
    say(gettext("{seconds} s").format(seconds=f"{monotonic() - started:.1f}"))
    show_refused(importer, table, refused, say, errors)


def show_columns(importer: Importer, table: Table, columns: Mapping[str, int], say: Say) -> None:
    """Tells which column each field is read from, and which columns are not read."""
    for field, label in importer.labels.items():
        column = columns.get(field)
        where = gettext("— left out —") if column is None else f"{column_letter(column)} {table.head[column]}"
        say(f"  {field:<18} {gettext(label)} ← {where}")
    left_out = [name for column, name in enumerate(table.head) if column not in columns.values()]
    if left_out:
        say(gettext("Left out:") + " " + gettext(", ").join(left_out))


def show_refused(
    importer: Importer, table: Table, refused: RefusedRows, say: Say, errors: Path | None = None
) -> None:
    """Tells the first rows that were refused, each field with its reason, and writes all of them to `errors`."""
    lines = [line_of(problem, importer.labels) for _, problems in refused for problem in problems]
    for line in lines[:PROBLEMS_SHOWN]:
        told = gettext("Row {row}, {field}, “{value}”: {reason}")
        say(told.format(row=line.row, field=line.field, value=line.value, reason=line.reason))
    if len(lines) > PROBLEMS_SHOWN:
        say(gettext("… and {count} more").format(count=len(lines) - PROBLEMS_SHOWN))
    if errors is not None:
        with errors.open("wb") as target:
            write_errors(target, table.head, refused, importer.labels)
        say(str(errors))


def _try_out(importer: Importer, table: Table, plan: Plan, by: Actor, say: Say) -> RefusedRows:
    trial = try_out(importer=importer, table=table, plan=plan, by=by, now=clock.now())
    counted = gettext("{new} rows would be imported, {known} are known already, {refused} would be refused.")
    say(counted.format(new=trial.new, known=trial.known, refused=len(trial.refused)))
    return [(row.cells, problems) for row, problems in trial.refused]


def _carry_out(importer: Importer, file: Path, plan: Plan, by: Actor, say: Say) -> RefusedRows:
    assert plan.organization is not None, "somebody imports for a body"
    with file.open("rb") as source:
        run, _ = receive_file(
            importer=importer,
            source=source,
            name=file.name,
            organization=plan.organization,
            by=by,
            now=clock.now(),
        )
    confirm_import(run=run, plan=plan, now=clock.now())
    run = carry_out(key=run.key, now=clock.now(), progress=lambda run: say(f"  {run.rows_done}/{run.rows}"))
    counted = gettext("{imported} rows imported, {known} known already, {refused} refused.")
    say(counted.format(imported=run.imported, known=run.known, refused=run.refused))
    return refused_of(run)
