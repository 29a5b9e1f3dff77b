"""`zhicheng objects …`: enter companies and buildings from a table."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from zhicheng.core.access import Actor
    from zhicheng.desk.records.columns import Field
    from zhicheng.ground.importing.api import Table

app = typer.Typer(help="Companies and buildings: enter them from a table.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Excel (.xlsx) or CSV.")]
Within = Annotated[str, typer.Option(help="The code of the area in which all of it lies, such as 370481.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--mapping", help="FIELD=COLUMN changes the guess, FIELD= leaves a field out; may be repeated."),
]
By = Annotated[str, typer.Option(help="The login name of whoever imports; default: the command line.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")]
Errors = Annotated[Path | None, typer.Option(dir_okay=False, help="Writes the refused rows to this .xlsx file.")]


@app.command("import")
def import_(
    file: File, area: Within, mapping: Columns = None, by: By = "", dry_run: DryRun = False, errors: Errors = None
) -> None:
    """Enters companies, or buildings with their estate and who answers for them. Again, it enters nothing."""
    from django.utils.translation import gettext

    from zhicheng.core.columns import changed_columns
    from zhicheng.desk.records.columns import Field, checked, guess_columns
    from zhicheng.desk.records.importer import IMPORTER
    from zhicheng.desk.records.importing import import_table
    from zhicheng.ground import clock
    from zhicheng.ground.areas.api import get_area
    from zhicheng.ground.importing.api import read_table, show_refused

    table = read_table(file, file.name)
    columns = checked(changed_columns(guess_columns(table.head), mapping or [], table.head, Field))
    _show_mapping(table, columns)
    outcome = import_table(
        table=table, columns=columns, within=get_area(area), by=_actor(by), now=clock.now(), keep=not dry_run
    )
    counted = gettext("{entered} rows entered, {known} known already, {refused} refused.")
    typer.echo(counted.format(entered=outcome.new, known=outcome.known, refused=len(outcome.refused)))
    if dry_run:
        typer.echo(gettext("Nothing was written."))
    refused = [(row.cells, problems) for row, problems in outcome.refused]
    show_refused(IMPORTER, table, refused, typer.echo, errors)


def _show_mapping(table: "Table", columns: "dict[Field, int]") -> None:
    from django.utils.translation import gettext

    from zhicheng.desk.records.columns import LABELS

    for field, column in columns.items():
        typer.echo(f"  {field:<18} {gettext(LABELS[field])} ← {table.head[column]}")
    left_out = [name for column, name in enumerate(table.head) if column not in columns.values()]
    if left_out:
        typer.echo(gettext("Left out:") + " " + "、".join(left_out))


def _actor(username: str) -> "Actor":
    from zhicheng.core.access import Actor
    from zhicheng.core.refused import Refused
    from zhicheng.core.words import words
    from zhicheng.ground import clock
    from zhicheng.ground.access.api import User, actor_for

    if not username:
        return Actor("system:command_line", "command line")
    user = User.objects.filter(username__iexact=username, is_active=True).first()
    if user is None:
        raise Refused(words("No open account is called “{name}”."), name=username)
    return actor_for(user, clock.today())
