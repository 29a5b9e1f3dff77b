"""The command line: `zhicheng …`. What a command does not need it does not load."""

import typer

from zhicheng.cases import commands as cases
from zhicheng.cases.erasure import commands as personal
from zhicheng.cases.work_orders import commands as calls
from zhicheng.cli import documents, draws, messages, packs, running, upkeep
from zhicheng.cli.faults import told_in_one_line
from zhicheng.cli.framework import with_database
from zhicheng.desk.records import commands as objects
from zhicheng.ground.ledger import commands as ledger

app = typer.Typer(
    name="zhicheng",
    help="Zhicheng 质城: the open platform on which a city runs its quality work.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (
    upkeep.setup,
    running.run,
    running.demo,
    running.worker,
    upkeep.migrate,
    upkeep.doctor,
    upkeep.upkeep,
    upkeep.shell,
    upkeep.version,
    documents.docs,
):
    app.command()(command)
app.add_typer(packs.app, name="pack")
app.add_typer(cases.app, name="cases", callback=with_database)
app.add_typer(calls.app, name="calls", callback=with_database)
app.add_typer(objects.app, name="objects", callback=with_database)
app.add_typer(personal.app, name="personal", callback=with_database)
app.add_typer(ledger.app, name="ledger", callback=with_database)
app.add_typer(draws.app, name="draw")
app.add_typer(messages.app, name="messages")


def main() -> None:
    """Runs the command line."""
    with told_in_one_line():
        app()
