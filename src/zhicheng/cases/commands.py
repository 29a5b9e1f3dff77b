"""`zhicheng cases …`: import historical cases, train the suggestions of categories, file ended cases."""

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from zhicheng.cases.archiving import commands as archiving
from zhicheng.cases.suggesting import commands as suggesting

if TYPE_CHECKING:
    from zhicheng.core.access import Actor
    from zhicheng.ground.importing.api import RefusedRows, Table
    from zhicheng.ground.importing.registry import Plan
    from zhicheng.ground.parties.api import Organization

app = typer.Typer(
    help="Cases: import earlier ones from a file, train suggestions, file ended ones.", no_args_is_help=True
)
app.command()(suggesting.train)
app.command()(archiving.archive)
PROBLEMS_SHOWN = 20

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Excel (.xlsx) or CSV.")]
Body = Annotated[str, typer.Option(help="The key of the organization whose cases they become.")]
System = Annotated[str, typer.Option(help="The name of the earlier system, such as wenzheng.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--mapping", help="FIELD=COLUMN changes the guess, FIELD= leaves a field out; may be repeated."),
]
DaysOnly = Annotated[
    bool | None, typer.Option("--days-only/--with-times", help="Whether the times are days without a time of day.")
]
By = Annotated[str, typer.Option(help="The login name of whoever imports; default: the command line.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")]
Errors = Annotated[Path | None, typer.Option(dir_okay=False, help="Writes the refused rows to this .xlsx file.")]


@app.command("import")
def import_(
    file: File,
    organization: Body,
    system: System,
    mapping: Columns = None,
    days_only: DaysOnly = None,
    by: By = "",
    dry_run: DryRun = False,
    errors: Errors = None,
) -> None:
    """Imports a file of historical cases. Importing it again changes nothing; refused rows are told, left out."""
    from django.utils.translation import gettext

    from zhicheng.ground.importing.api import read_table

    body = _organization(organization)
    actor = _actor(by, body)
    table = read_table(file, file.name)
    plan = _plan(table, body, mapping or [], days_only, system)
    _show_mapping(table, plan)
    started = monotonic()
    refused = _try_out(table, plan, actor) if dry_run else _carry_out(file, plan, body, actor)
    typer.echo(gettext("{seconds} s").format(seconds=f"{monotonic() - started:.1f}"))
    _show_problems(refused)
    if errors is not None:
        _write_errors(errors, table, refused)


def _organization(key: str) -> "Organization":
    from zhicheng.core.refused import Refused
    from zhicheng.core.words import words
    from zhicheng.ground.parties.api import Organization, get_organization_by_key

    try:
        return get_organization_by_key(key)
    except Organization.DoesNotExist:
        raise Refused(words("No organization has the key “{key}”."), key=key) from None


def _actor(username: str, body: "Organization") -> "Actor":
    """Whoever imports: as in the browser, an account does so for its own body, as a clerk or an officer of it."""
    from zhicheng.cases.importing.plans import importing_organization
    from zhicheng.core.access import Actor
    from zhicheng.core.refused import Refused
    from zhicheng.core.words import words
    from zhicheng.ground import clock
    from zhicheng.ground.access.api import User, actor_for

    if not username:
        return Actor("system:command_line", "command line", organization_id=body.id)
    user = User.objects.filter(username__iexact=username, is_active=True).first()
    if user is None:
        raise Refused(words("No open account is called “{name}”."), name=username)
    actor = actor_for(user, clock.today())
    if importing_organization(actor) != body:
        raise Refused(words("“{name}” is no clerk or officer of {body}."), name=username, body=body.name)
    return actor


def _plan(table: "Table", body: "Organization", changes: list[str], days_only: bool | None, system: str) -> "Plan":
    from zhicheng.cases.importing.importer import IMPORTER
    from zhicheng.cases.importing.mapping import ColumnMapping, Field
    from zhicheng.cases.importing.plans import checked_system, mapping_of, plan_for
    from zhicheng.core.columns import changed_columns
    from zhicheng.ground.importing.api import proposed_plan

    proposed = mapping_of(proposed_plan(IMPORTER, body, table))
    columns = changed_columns(proposed.columns, changes, table.head, Field)
    mapping = ColumnMapping(columns, proposed.days_only if days_only is None else days_only)
    return plan_for(body, mapping.checked(len(table.head)), checked_system(system))


def _show_mapping(table: "Table", plan: "Plan") -> None:
    from django.utils.translation import gettext

    from zhicheng.cases.importing.mapping import LABELS, Field
    from zhicheng.ground.importing.api import column_letter

    for field in Field:
        column = plan.columns.get(field)
        where = gettext("— left out —") if column is None else f"{column_letter(column)} {table.head[column]}"
        typer.echo(f"  {field:<12} {gettext(LABELS[field])} ← {where}")
    left_out = [name for column, name in enumerate(table.head) if column not in plan.columns.values()]
    if left_out:
        typer.echo(gettext("Left out:") + " " + "、".join(left_out))


def _try_out(table: "Table", plan: "Plan", by: "Actor") -> "RefusedRows":
    from django.utils.translation import gettext

    from zhicheng.cases.importing.importer import IMPORTER
    from zhicheng.ground import clock
    from zhicheng.ground.importing.api import try_out

    trial = try_out(importer=IMPORTER, table=table, plan=plan, by=by, now=clock.now())
    counted = gettext("{new} rows would be imported, {known} are known already, {refused} would be refused.")
    typer.echo(counted.format(new=trial.new, known=trial.known, refused=len(trial.refused)))
    return [(row.cells, problems) for row, problems in trial.refused]


def _carry_out(file: Path, plan: "Plan", body: "Organization", by: "Actor") -> "RefusedRows":
    from django.utils.translation import gettext

    from zhicheng.cases.importing.importer import IMPORTER
    from zhicheng.ground import clock
    from zhicheng.ground.importing.api import carry_out, confirm_import, receive_file, refused_of

    with file.open("rb") as source:
        run, _ = receive_file(
            importer=IMPORTER, source=source, name=file.name, organization=body, by=by, now=clock.now()
        )
    confirm_import(run=run, plan=plan, now=clock.now())
    run = carry_out(key=run.key, now=clock.now(), progress=lambda run: typer.echo(f"  {run.rows_done}/{run.rows}"))
    counted = gettext("{imported} rows imported, {known} known already, {refused} refused.")
    typer.echo(counted.format(imported=run.imported, known=run.known, refused=run.refused))
    return refused_of(run)


def _show_problems(refused: "RefusedRows") -> None:
    from django.utils.translation import gettext

    from zhicheng.cases.importing.importer import IMPORTER
    from zhicheng.ground.importing.api import line_of

    lines = [line_of(problem, IMPORTER.labels) for _, problems in refused for problem in problems]
    for line in lines[:PROBLEMS_SHOWN]:
        told = gettext("Row {row}, {field}, “{value}”: {reason}")
        typer.echo(told.format(row=line.row, field=line.field, value=line.value, reason=line.reason))
    if len(lines) > PROBLEMS_SHOWN:
        typer.echo(gettext("… and {count} more").format(count=len(lines) - PROBLEMS_SHOWN))


def _write_errors(path: Path, table: "Table", refused: "RefusedRows") -> None:
    from zhicheng.cases.importing.importer import IMPORTER
    from zhicheng.ground.importing.api import write_errors

    with path.open("wb") as file:
        write_errors(file, table.head, refused, IMPORTER.labels)
    typer.echo(str(path))
