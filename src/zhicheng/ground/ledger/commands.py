"""`zhicheng ledger …`: verify, seal, export."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="The append-only ledger: verify it, seal a day, take its heads elsewhere.", no_args_is_help=True
)


@app.command()
def verify(
    export: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="A file of chain heads; without any, those in the home."),
    ] = None,
) -> None:
    """Recomputes every chain and names the first entry that was changed or cut off. Exit code 1 if any was."""
    from django.utils.translation import gettext, ngettext

    from zhicheng.ground.ledger.exports import list_exports
    from zhicheng.ground.ledger.verification import verify as verify_ledger

    report = verify_ledger(export or list_exports())
    for finding in report.findings:
        typer.echo(gettext(finding.message).format(**finding.params))
    counted = gettext(
        "{entries} entries in {chains} chains; {heads} exported heads; {roots} days proved, {unproved} not."
    )
    typer.echo(counted.format(**vars(report)))
    if report.findings:
        count = len(report.findings)
        typer.echo(ngettext("{count} finding.", "{count} findings.", count).format(count=count), err=True)
        raise typer.Exit(1)
    typer.echo(gettext("The ledger is as it was written."))
    if not report.heads:
        typer.echo(
            gettext("No export was given: a tail cut off together with its head would not be seen."), err=True
        )


@app.command()
def seal(
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Default: yesterday.")] = None,
) -> None:
    """Seals a day under one root and writes the chain heads into the home. Sealing twice changes nothing."""
    from zhicheng.ground import clock
    from zhicheng.ground.ledger.exports import seal_and_export
    from zhicheng.ground.ledger.seals import SealRefused

    try:
        root = seal_and_export(day=day.date() if day else clock.today() - timedelta(days=1), now=clock.now())
    except SealRefused as refusal:
        raise typer.BadParameter(str(refusal)) from refusal
    typer.echo(f"{root.day} {bytes(root.root).hex()} ({root.chains})")


@app.command()
def export(path: Annotated[Path, typer.Argument(help="The file to write; .gz in its name compresses.")]) -> None:
    """Writes the chain heads as they are now, to be kept where this machine cannot change them."""
    from zhicheng.ground import clock
    from zhicheng.ground.ledger.seals import export_heads

    header = export_heads(path, clock.now())
    typer.echo(f"{path} {header.root.hex()} ({header.chains})")
