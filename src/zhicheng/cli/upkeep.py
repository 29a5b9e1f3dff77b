"""`zhicheng setup`, `migrate`, `doctor`, `upkeep`, `shell`, `version`: what people who run a server need."""

from importlib.metadata import version as version_of
from typing import Annotated

import typer

from zhicheng.cli.framework import database_running, start_django
from zhicheng.cli.preparing import asset_manifest, migrate_if_needed, prepare, timed
from zhicheng.runtime.doctor import Finding, Setup, examine, render


def setup() -> None:
    """Prepares keys, database, packs and static files. Running it again takes seconds and changes nothing."""
    start_django()
    with database_running():
        prepare(typer.echo)
    typer.echo("Everything is set up.")


def migrate() -> None:
    """Brings the tables to this version and renews the rights of the application's role."""
    start_django()
    from django.conf import settings
    from django.core.management import call_command

    with database_running():
        migrate_if_needed(typer.echo)
        if "owner" in settings.DATABASES:
            with timed(typer.echo, "Renewing rights"):
                call_command("migrate", database="owner", interactive=False, verbosity=0)


def doctor(port: Annotated[int, typer.Option(help="The port that the server is to use.")] = 8000) -> None:
    """Says what is wrong with this set-up and how to mend it. Exit code 1 if something is."""
    findings = examine(_setup(port))
    typer.echo(render(findings))
    raise typer.Exit(any(_is_wrong(finding) for finding in findings))


def upkeep() -> None:
    """Clears away now what the worker clears away every night. Exit code 1 if something could not be."""
    start_django()
    from zhicheng.ground import clock
    from zhicheng.ground.database.chores import do_chores

    failed = False
    with database_running():
        for done in do_chores(clock.now()):
            failed = failed or done.cleared is None
            typer.echo(f"{done.chore}: {'failed, see the log' if done.cleared is None else done.cleared}")
    raise typer.Exit(failed)


def shell() -> None:
    """A Python prompt with Django loaded and the database running, as the application's role."""
    start_django()
    from django.core.management import call_command

    with database_running():
        call_command("shell")


def version() -> None:
    """Prints the version."""
    typer.echo(version_of("zhicheng"))


def _setup(port: int) -> Setup:
    start_django()
    from django.conf import settings

    from zhicheng.core.clock import ChineseCalendar, wanted_years
    from zhicheng.ground.clock import today
    from zhicheng.ground.database.privileges import rules

    return Setup(
        home=settings.HOME,
        app_url=settings.ENVIRONMENT.database_url or "",
        owner_url=settings.ENVIRONMENT.database_owner_url or "",
        port=port,
        asset_manifest=asset_manifest(),
        append_only_tables=tuple(rule.table for rule in rules() if not rule.updatable and not rule.deletable),
        known_years=ChineseCalendar().years,
        wanted_years=wanted_years(today()),
    )


def _is_wrong(finding: Finding) -> bool:
    return not finding.ok and not finding.optional
