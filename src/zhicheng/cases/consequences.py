"""What follows when a proceeding of a case takes a step: in the same transaction, by the same person."""

from zhicheng.cases.housing.rules import HOUSING
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.rules import LOOP
from zhicheng.core.clock.due import local
from zhicheng.ground.packs.api import get_term
from zhicheng.ground.proceedings.api import Taking, open_proceeding, proceeding_of, process_in_force

REOPENINGS = frozenset({"dispute", "reopen"})


def after_step(taking: Taking) -> None:
    """Carries what the step decided over to the case, and opens a new proceeding when the case reopens."""
    kind, verb = taking.before.process.key, taking.step.verb
    if kind == HOUSING.key and verb == "order":
        _name_who_answers(taking)
    elif kind == HOUSING.key and verb == "object":
        Case.objects.filter(id=taking.before.subject[1]).update(company=None)
    elif kind == LOOP.key and verb in REOPENINGS:
        _open_again(taking)


def _name_who_answers(taking: Taking) -> None:
    """The cause and the company of the latest order are the case's: figures and the company's page count them."""
    cause = get_term("housing.cause", taking.data["cause"], taking.before.matter.area_path)
    Case.objects.filter(id=taking.before.subject[1]).update(cause=cause, company_id=taking.data["company"])


def _open_again(taking: Taking) -> None:
    """A reopened case gets a new proceeding at the body that had the last one; the old one stays as it ended."""
    case = Case.objects.select_related("area").get(id=taking.before.subject[1])
    last = proceeding_of((SUBJECT, case.id), HOUSING.key)
    assert last is not None, "a case that was closed had a proceeding"
    open_proceeding(
        process=process_in_force(HOUSING.key, local(taking.now).date()),
        subject=(SUBJECT, case.id),
        area=case.area,
        holder=last.holder_id,
        by=taking.by,
        now=taking.now,
        data={"reopens": last.id},
        simulated=case.simulated,
    )
