"""`zhicheng personal …`: what is due for deletion, and deleting it."""

from typing import Annotated

import typer

app = typer.Typer(help="Personal data: what is due for deletion, and deleting it.", no_args_is_help=True)
SHOWN = 20


@app.command()
def due(
    all_: Annotated[bool, typer.Option("--all", help="Name every case, not only the first 20.")] = False,
) -> None:
    """Names the ended cases that have been kept longer than the limit; the worker erases them every night."""
    from django.utils.translation import ngettext

    from zhicheng.cases.erasure.queries import list_due
    from zhicheng.ground import clock

    found = list_due(clock.today())
    count = found.count()
    for number in found.values_list("number", flat=True)[: count if all_ else SHOWN]:
        typer.echo(f"  {number}")
    told = ngettext("{count} case is due for deletion.", "{count} cases are due for deletion.", count)
    typer.echo(told.format(count=count))


@app.command()
def erase(
    number: Annotated[str, typer.Argument(help="The number of one case, to erase it because somebody asks.")] = "",
    due: Annotated[bool, typer.Option("--due", help="Erase every case that is due instead.")] = False,
    reason: Annotated[str, typer.Option(help="Why; needed for one case. The ledger keeps its hash.")] = "",
    by: Annotated[str, typer.Option(help="The login name of whoever erases; default: the command line.")] = "",
) -> None:
    """Deletes for good what ended cases say of people: one that is named, or all that are due."""
    if bool(number) is due:
        raise typer.BadParameter("give the number of a case, or --due")
    if due:
        _erase_due()
    else:
        _erase_one(number, reason, by)


@app.command("new-key")
def new_key() -> None:
    """Puts a fresh key before the others in secrets.toml: from the next start on it seals what is entered."""
    from django.conf import settings
    from django.utils.translation import gettext

    from zhicheng.runtime.secrets import Secrets
    from zhicheng.runtime.services import only_run

    with only_run(settings.HOME):  # a program that runs could not open what another seals with the new key
        Secrets.load(settings.HOME.secrets_file).with_new_field_key().save(settings.HOME)
    typer.echo(gettext("A new key is in place. Start the programs, then run: zhicheng personal rotate-keys"))


@app.command("rotate-keys")
def rotate_keys() -> None:
    """Seals every contact again under the newest key; afterwards older keys may leave secrets.toml."""
    from django.utils.translation import ngettext

    from zhicheng.ground.personal.api import rotate_keys as rotate

    count = rotate()
    told = ngettext("{count} contact was sealed again.", "{count} contacts were sealed again.", count)
    typer.echo(told.format(count=count))


def _erase_due() -> None:
    from django.utils.translation import ngettext

    from zhicheng.cases.erasure.services import erase_due_cases
    from zhicheng.ground import clock

    erased = erase_due_cases(now=clock.now(), told=lambda case: typer.echo(f"  {case.number}"))
    told = ngettext("{count} case was erased.", "{count} cases were erased.", erased.cases)
    typer.echo(told.format(count=erased.cases))
    if erased.failed:
        count = len(erased.failed)
        told = ngettext(
            "{count} case could not be erased: {numbers}", "{count} cases could not be erased: {numbers}", count
        )
        typer.echo(told.format(count=count, numbers=" ".join(erased.failed)), err=True)
        raise typer.Exit(1)


def _erase_one(number: str, reason: str, by: str) -> None:
    from django.utils.translation import gettext

    from zhicheng.cases.erasure.services import erase_case
    from zhicheng.cases.models import Case
    from zhicheng.core.refused import Refused
    from zhicheng.core.words import words
    from zhicheng.ground import clock
    from zhicheng.ground.access.api import commanding

    case = Case.objects.filter(number=number).first()
    if case is None:
        raise Refused(words("No case has the number “{number}”."), number=number)
    done = erase_case(case=case, by=commanding(by), reason=reason, now=clock.now())
    told = gettext("{number} is erased.") if done else gettext("{number} was erased before.")
    typer.echo(told.format(number=number))
