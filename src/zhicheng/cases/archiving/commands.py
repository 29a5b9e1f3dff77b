"""`zhicheng cases archive`: file everything of a body and year that has ended for good."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from zhicheng.cases.archiving.services import Outcome

Year = Annotated[int, typer.Option(min=1949, max=9998, help="The year in which the cases ended.")]
Body = Annotated[str, typer.Option(help="The key of the organization that handled them.")]
By = Annotated[str, typer.Option(help="The login name of whoever files; default: the command line.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how many are ready, file nothing.")]


def archive(year: Year, body: Body, by: By = "", dry_run: DryRun = False) -> None:
    """Files every case of a body that ended in a year and can be filed. Called again, it files what came since."""
    from django.utils.translation import ngettext

    from zhicheng.cases.archiving.lists import in_year
    from zhicheng.cases.archiving.queries import list_ready
    from zhicheng.cases.archiving.services import file_cases
    from zhicheng.ground import clock
    from zhicheng.ground.access.api import commanding
    from zhicheng.ground.parties.api import get_organization_by_key

    organization = get_organization_by_key(body)
    actor, now = commanding(by), clock.now()
    ready = list_ready(actor, now, bodies=[organization.pk]).filter(in_year(str(year), actor))
    if dry_run:
        count = ready.count()
        told = ngettext("{count} case is ready.", "{count} cases are ready.", count)
        typer.echo(told.format(count=count))
        return
    outcomes = file_cases(cases=ready.order_by("ended_at", "id"), by=actor, now=now, told=_tell)
    count = sum(one.filing is not None for one in outcomes)
    told = ngettext("{count} case is filed.", "{count} cases are filed.", count)
    typer.echo(told.format(count=count))
    if count < len(outcomes):
        raise typer.Exit(1)


def _tell(outcome: "Outcome") -> None:
    from zhicheng.ground.ui.templatetags.house import sentence

    if outcome.filing is not None:
        typer.echo(f"  {outcome.filing.number}  {outcome.case.number}")
    elif outcome.refused is not None:
        refused = outcome.refused
        typer.echo(f"  {outcome.case.number}: {sentence(refused.message, refused.params)}", err=True)
