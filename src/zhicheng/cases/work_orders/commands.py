"""`zhicheng calls …`: work orders of another hotline, taken from its table and answered by its numbers."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from zhicheng.cases.work_orders.answering import Period
    from zhicheng.core.access import Actor
    from zhicheng.ground.importing.api import Table
    from zhicheng.ground.importing.registry import Plan
    from zhicheng.ground.parties.api import Organization

app = typer.Typer(help="The hotline: work orders from another one, and the answers to them.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Excel (.xlsx) or CSV.")]
Answers = Annotated[Path, typer.Argument(dir_okay=False, help="Where to write the table: .xlsx or .csv.")]
Centre = Annotated[str, typer.Option(help="The key of the hotline centre, such as zaozhuang-12345.")]
System = Annotated[str, typer.Option(help="The name of the other hotline, such as jining-12345.")]
By = Annotated[str, typer.Option(help="The login name of the caller who does it.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--mapping", help="FIELD=COLUMN changes the guess, FIELD= leaves a field out; may be repeated."),
]
DaysOnly = Annotated[
    bool | None, typer.Option("--days-only/--with-times", help="Whether the times are days without a time of day.")
]
Meanings = Annotated[
    list[str] | None,
    typer.Option("--means", help="WORDS=CODE says what their words for a category are here; may be repeated."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")]
Errors = Annotated[Path | None, typer.Option(dir_okay=False, help="Writes the refused rows to this .xlsx file.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="With the other: what moved in between.")]


@app.command("import")
def import_(
    file: File,
    organization: Centre,
    system: System,
    by: By,
    mapping: Columns = None,
    days_only: DaysOnly = None,
    means: Meanings = None,
    dry_run: DryRun = False,
    errors: Errors = None,
) -> None:
    """Opens a case for every work order of a table. Again, it opens none; refused rows are told, left out."""
    from zhicheng.cases.work_orders.importer import IMPORTER
    from zhicheng.ground.importing.api import import_file, read_table

    actor, centre = _caller(by, organization)
    table = read_table(file, file.name)
    plan = _plan(table, centre, mapping or [], days_only, means or [], system)
    import_file(IMPORTER, file, table, plan, by=actor, say=typer.echo, dry_run=dry_run, errors=errors)


@app.command()
def answer(
    file: Answers, organization: Centre, system: System, by: By, first_on: Day = None, last_on: Day = None,
    dry_run: DryRun = False,
) -> None:  # fmt: skip
    """Writes what the other hotline is told: what is new since it was told last, or what moved within a period."""
    from django.db import transaction
    from django.utils.translation import gettext

    from zhicheng.cases.work_orders.answering import find_answers, hand_over
    from zhicheng.cases.work_orders.sheet_file import format_of, write_sheet
    from zhicheng.ground import clock

    actor, centre = _caller(by, organization)
    as_, period = format_of(file.name), _period(first_on, last_on)
    if dry_run:
        found = find_answers(system=system, by=actor, period=period)
        typer.echo(gettext("{count} answers would be handed over.").format(count=len(found)))
        return
    with transaction.atomic():  # what could not be written is not handed over
        sheet = hand_over(organization=centre, system=system, by=actor, now=clock.now(), period=period)
        with file.open("wb") as target:
            write_sheet(target, sheet, as_, actor)
    said = gettext("{count} answers are written down as handed over (number {number}): {file}")
    typer.echo(said.format(count=sheet.rows, number=sheet.pk, file=file))


def _period(first_on: datetime | None, last_on: datetime | None) -> "Period | None":
    from django.utils.translation import gettext

    from zhicheng.cases.work_orders.answering import Period

    days: list[date] = [one.date() for one in (first_on, last_on) if one is not None]
    if len(days) == 1:
        raise typer.BadParameter(gettext("Give the day: a period has a first and a last one."))
    return Period(*days) if days else None


def _caller(username: str, key: str) -> "tuple[Actor, Organization]":
    """Whoever does it: as in the browser, somebody who takes the calls of this hotline centre."""
    from zhicheng.cases.work_orders.plans import hotline_of
    from zhicheng.core.refused import Refused
    from zhicheng.core.words import words
    from zhicheng.ground.access.api import actor_named
    from zhicheng.ground.parties.api import get_organization_by_key

    centre, actor = get_organization_by_key(key), actor_named(username)
    if hotline_of(actor) != centre:
        raise Refused(words("“{name}” takes no calls for {body}."), name=username, body=centre.name)
    return actor, centre


def _plan(
    table: "Table", centre: "Organization", changes: list[str], days_only: bool | None, means: list[str],
    system: str,
) -> "Plan":  # fmt: skip
    from zhicheng.cases.work_orders.columns import Field
    from zhicheng.cases.work_orders.importer import IMPORTER
    from zhicheng.cases.work_orders.meanings import MEANINGS, changed_meanings, named_categories
    from zhicheng.cases.work_orders.plans import checked_hotline
    from zhicheng.core.columns import changed_columns
    from zhicheng.ground.importing.api import proposed_plan
    from zhicheng.ground.importing.registry import Plan

    proposed = proposed_plan(IMPORTER, centre, table)
    columns = changed_columns(
        {Field(name): at for name, at in proposed.columns.items()}, changes, table.head, Field
    )
    days = bool(proposed.options.get("days_only")) if days_only is None else days_only
    name = checked_hotline(system)
    said = changed_meanings(proposed.options.get(MEANINGS, {}), means, named_categories(centre.area.path))
    options = {"system": name, "days_only": days, MEANINGS: said}
    plan = Plan(centre, {str(field): at for field, at in columns.items()}, options, name)
    IMPORTER.check(plan, len(table.head))
    return plan
