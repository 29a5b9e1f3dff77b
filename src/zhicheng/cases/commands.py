"""`zhicheng cases …`: import historical cases, train the suggestions of categories, file ended cases."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhicheng.cases.archiving import commands as archiving
from zhicheng.cases.suggesting import commands as suggesting

if TYPE_CHECKING:
    from zhicheng.core.access import Actor
    from zhicheng.ground.importing.api import Table
    from zhicheng.ground.importing.registry import Plan
    from zhicheng.ground.parties.api import Organization

app = typer.Typer(
    help="Cases: import earlier ones from a file, train suggestions, file ended ones.", no_args_is_help=True
)
app.command()(suggesting.train)
app.command()(archiving.archive)

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
    from zhicheng.cases.importing.importer import IMPORTER
    from zhicheng.ground.importing.api import import_file, read_table
    from zhicheng.ground.parties.api import get_organization_by_key

    body = get_organization_by_key(organization)
    actor = _actor(by, body)
    table = read_table(file, file.name)
    plan = _plan(table, body, mapping or [], days_only, system)
    import_file(IMPORTER, file, table, plan, by=actor, say=typer.echo, dry_run=dry_run, errors=errors)


def _actor(username: str, body: "Organization") -> "Actor":
    """Whoever imports: as in the browser, an account does so for its own body, as a clerk or an officer of it."""
    from zhicheng.cases.importing.plans import importing_organization
    from zhicheng.core.refused import Refused
    from zhicheng.core.words import words
    from zhicheng.ground.access.api import commanding

    actor = commanding(username, body.id)
    if username and importing_organization(actor) != body:
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
