"""An import on the command line: which columns are read, how far it is, what is refused and why."""

from pathlib import Path
from time import monotonic

import typer
from django.utils.translation import gettext

from zhicheng.core.access import Actor
from zhicheng.ground import clock
from zhicheng.ground.importing.registry import Importer, Plan
from zhicheng.ground.importing.reporting import RefusedRows, line_of, refused_of, write_errors
from zhicheng.ground.importing.services import carry_out, confirm_import, receive_file, try_out
from zhicheng.ground.importing.table import Table, column_letter

PROBLEMS_SHOWN = 20


def import_file(
    importer: Importer,
    file: Path,
    table: Table,
    plan: Plan,
    *,
    by: Actor,
    dry_run: bool = False,
    errors: Path | None = None,
) -> None:
    """Imports a file by a plan, or with `dry_run` says what would become of it.

    The first refused rows are told; `errors` names an .xlsx file for all of them.
    """
    _show_columns(importer, table, plan)
    started = monotonic()
    refused = _try_out(importer, table, plan, by) if dry_run else _carry_out(importer, file, plan, by)
    typer.echo(gettext("{seconds} s").format(seconds=f"{monotonic() - started:.1f}"))
    _show_problems(importer, refused)
    if errors is not None:
        with errors.open("wb") as target:
            write_errors(target, table.head, refused, importer.labels)
        typer.echo(str(errors))


def _show_columns(importer: Importer, table: Table, plan: Plan) -> None:
    for field, label in importer.labels.items():
        column = plan.columns.get(field)
        where = gettext("— left out —") if column is None else f"{column_letter(column)} {table.head[column]}"
        typer.echo(f"  {field:<12} {gettext(label)} ← {where}")
    left_out = [name for column, name in enumerate(table.head) if column not in plan.columns.values()]
    if left_out:
        typer.echo(gettext("Left out:") + " " + "、".join(left_out))


def _try_out(importer: Importer, table: Table, plan: Plan, by: Actor) -> RefusedRows:
    trial = try_out(importer=importer, table=table, plan=plan, by=by, now=clock.now())
    counted = gettext("{new} rows would be imported, {known} are known already, {refused} would be refused.")
    typer.echo(counted.format(new=trial.new, known=trial.known, refused=len(trial.refused)))
    return [(row.cells, problems) for row, problems in trial.refused]


def _carry_out(importer: Importer, file: Path, plan: Plan, by: Actor) -> RefusedRows:
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
    run = carry_out(key=run.key, now=clock.now(), progress=lambda run: typer.echo(f"  {run.rows_done}/{run.rows}"))
    counted = gettext("{imported} rows imported, {known} known already, {refused} refused.")
    typer.echo(counted.format(imported=run.imported, known=run.known, refused=run.refused))
    return refused_of(run)


def _show_problems(importer: Importer, refused: RefusedRows) -> None:
    lines = [line_of(problem, importer.labels) for _, problems in refused for problem in problems]
    for line in lines[:PROBLEMS_SHOWN]:
        told = gettext("Row {row}, {field}, “{value}”: {reason}")
        typer.echo(told.format(row=line.row, field=line.field, value=line.value, reason=line.reason))
    if len(lines) > PROBLEMS_SHOWN:
        typer.echo(gettext("… and {count} more").format(count=len(lines) - PROBLEMS_SHOWN))
