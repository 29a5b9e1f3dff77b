"""`zhicheng objects …`: enter companies and buildings from a table."""

from pathlib import Path
from typing import Annotated

import typer

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
    from zhicheng.ground.access.api import commanding
    from zhicheng.ground.areas.api import get_area
    from zhicheng.ground.importing.api import read_table, show_columns, show_refused

    table = read_table(file, file.name)
    columns = checked(changed_columns(guess_columns(table.head), mapping or [], table.head, Field))
    show_columns(IMPORTER, table, {field.value: at for field, at in columns.items()}, typer.echo)
    outcome = import_table(
        table=table, columns=columns, within=get_area(area), by=commanding(by), now=clock.now(), keep=not dry_run
    )
    counted = gettext("{entered} rows entered, {known} known already, {refused} refused.")
    typer.echo(counted.format(entered=outcome.new, known=outcome.known, refused=len(outcome.refused)))
    if dry_run:
        typer.echo(gettext("Nothing was written."))
    refused = [(row.cells, problems) for row, problems in outcome.refused]
    show_refused(IMPORTER, table, refused, typer.echo, errors)
