"""What follows when a proceeding of a case takes a step: in the same transaction, by the same person."""

from zhicheng.cases.joining.services import JOINING, after_leading_step
from zhicheng.cases.kinds import kind_of
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.queries import list_latest
from zhicheng.cases.refiling.rules import REFILED
from zhicheng.cases.refiling.services import REFILING
from zhicheng.cases.retelling import told_before
from zhicheng.cases.rules import LOOP, REOPENINGS
from zhicheng.core.access import Domain
from zhicheng.core.clock.due import local
from zhicheng.ground.proceedings.api import Taking, open_proceeding, process_in_force, read_situation


def after_step(taking: Taking) -> None:
    """Carries what the step decided over to the case, and opens new proceedings when the case reopens."""
    kind, verb = taking.before.process.key, taking.step.verb
    if kind != LOOP.key:
        follow_up = JOINING.get(verb) or REFILING.get(verb) or kind_of(kind).follow_ups.get(verb)
        if follow_up is not None:
            follow_up(taking)
        after_leading_step(taking)
    elif verb in REOPENINGS:
        _open_again(taking)


def _open_again(taking: Taking) -> None:
    """A reopened case gets a new proceeding of each kind that reopens, at the body that had the last one; what
    had ended stays as it ended, and what was asked for is asked for still. What was re-filed was of another kind,
    and stays so.
    """
    case = Case.objects.select_related("area").get(id=taking.before.subject[1])
    latest = [one for one in list_latest(case) if one.state != REFILED.key]
    for last in [one for one in latest if kind_of(one.kind).reopens] or latest:
        process, before = process_in_force(last.kind, local(taking.now).date()), read_situation(last.pk)
        assert before is not None, "what is reopened was open"
        open_proceeding(
            process=process,
            subject=(SUBJECT, case.id),
            area=case.area,
            holder=last.holder_id,
            by=taking.by,
            now=taking.now,
            data={"reopens": last.id},
            told=told_before(before, process.opening),
            domain=Domain(last.domain),
            simulated=case.simulated,
        )
