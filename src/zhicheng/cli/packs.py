"""`zhicheng pack …`: check, compare, apply and export what a city decided."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhicheng.cli.framework import with_database

if TYPE_CHECKING:
    from zhicheng.ground.packs.api import Counts, Difference

app = typer.Typer(help="Packs: a city's areas, bodies, terms and limits as files.", no_args_is_help=True)

Pack = Annotated[str, typer.Argument(help="The name of a shipped pack, or a directory.")]
Target = Annotated[Path, typer.Argument(file_okay=False, help="The directory to write.")]


@app.callback()
def _begin(context: typer.Context) -> None:
    with_database(context)


@app.command("list")
def list_() -> None:
    """Lists the packs that come with the product."""
    from zhicheng.ground.packs.api import list_shipped_packs

    for name in list_shipped_packs():
        typer.echo(name)


@app.command()
def check(pack: Pack) -> None:
    """Reports everything that is wrong with the files of a pack. Exit code 1 if something is."""
    from zhicheng.ground.packs.api import check_pack

    problems = check_pack(pack)
    for problem in problems:
        typer.echo(str(problem))
    typer.echo(f"{len(problems)} faults." if problems else "The pack is sound.")
    raise typer.Exit(bool(problems))


@app.command()
def diff(pack: Pack) -> None:
    """Shows what applying a pack today would change."""
    from zhicheng.ground.clock import today
    from zhicheng.ground.packs.api import diff_pack

    for difference in diff_pack(pack, on=today()):
        typer.echo(_summary(difference.section, difference.counts))
        for line in _lines(difference):
            typer.echo(f"  {line}")


@app.command()
def apply(pack: Pack) -> None:
    """Makes the database say what the pack says: everything, or nothing if anything is refused."""
    from zhicheng.ground.packs.api import load_pack

    for section, counts in load_pack(pack).items():
        typer.echo(_summary(section, counts))


@app.command()
def export(pack: Pack, to: Target) -> None:
    """Writes a pack as the database has it now, to be compared with its files or applied elsewhere."""
    from zhicheng.ground.clock import today
    from zhicheng.ground.packs.api import export_pack

    for path in export_pack(pack, to=to, on=today()):
        typer.echo(str(path))


def _summary(section: str, counts: "Counts") -> str:
    parts = (
        (counts.created, "new"), (counts.changed, "changed"),
        (counts.retired, "retired"), (counts.unchanged, "unchanged"),
    )  # fmt: skip
    return f"{section}: " + (", ".join(f"{number} {word}" for number, word in parts if number) or "nothing")


def _lines(difference: "Difference") -> Iterator[str]:
    for row in difference.created:
        yield f"+ {_values(row)}"
    for before, after in difference.changed:
        yield f"~ {_values(before)}: {_changes(before, after)}"
    for before, after in difference.retired:
        yield f"- {_values(before)}" + (f": {_changes(before, after)}" if after else "")


def _values(row: Any) -> str:
    """The first values of a row, which name it."""
    given = [str(value) for value in row.model_dump(mode="json").values() if value not in (None, "")]
    return " · ".join(given[:_NAMING_VALUES])


def _changes(before: Any, after: Any) -> str:
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return ", ".join(f"{name} {old[name]} → {new[name]}" for name in new if old.get(name) != new[name])


_NAMING_VALUES = 3
