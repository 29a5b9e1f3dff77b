"""What the addresses of work orders can name."""

from web.walk.argument import Argument
from web.walk.people import City, Person
from zhicheng.cases.models import AnswerSheet
from zhicheng.core.access import Role
from zhicheng.ground.importing.api import ImportRun


def work_orders(route: str, city: City) -> list[Argument]:
    """A table of work orders is its centre's; while it waits, its uploader's: each centre here has one."""
    return [
        Argument(str(run.key), theirs=lambda person, run=run: _takes_calls_for(person, run.organization_id))
        for run in ImportRun.objects.filter(importer="work_orders")
    ]


def sheets(route: str, city: City) -> list[Argument]:
    """What was handed over once is its centre's."""
    return [
        Argument(str(sheet.pk), theirs=lambda person, sheet=sheet: _takes_calls_for(person, sheet.organization_id))
        for sheet in AnswerSheet.objects.all()
    ]


def _takes_calls_for(person: Person, centre: int) -> bool:
    return person.role is Role.CALLER and person.user is not None and person.user.organization_id == centre
