"""`zhicheng messages …`: extract, check and compile the words that people read."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The words that people read: extract, check and compile them.", no_args_is_help=True)


@app.command()
def extract() -> None:
    """Brings the catalogue in step with the code: new messages come in empty, forgotten ones go."""
    from zhicheng.cli.catalogue import CATALOGUE, PACKAGE, merged, read, write
    from zhicheng.cli.extraction import extracted

    catalog = merged(read(), extracted(PACKAGE))
    write(catalog)
    missing = sum(not message.string for message in catalog if message.id and isinstance(message.id, str))
    typer.echo(f"{CATALOGUE}: {len(catalog)} messages, {missing} without a translation")


@app.command()
def check() -> None:
    """Fails if a message has no translation, a doubtful one, or its own words; or if one is obsolete."""
    from zhicheng.cli.catalogue import PACKAGE, faults, read
    from zhicheng.cli.extraction import extracted

    found = list(faults(read(), extracted(PACKAGE)))
    for fault in found:
        typer.echo(fault)
    typer.echo(f"{len(found)} faults." if found else "Every message has its translation.")
    raise typer.Exit(bool(found))


@app.command("compile")
def compile_(
    catalogues: Annotated[list[Path] | None, typer.Argument(exists=True, help="Default: the Chinese one.")] = None,
) -> None:
    """Writes catalogues in the form that programs read."""
    from zhicheng.cli.catalogue import CATALOGUE, compile_catalogue

    for path in catalogues or [CATALOGUE]:
        compile_catalogue(path)
