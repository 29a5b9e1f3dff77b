"""What follows when a case gets another category, or its matter is re-filed as one of another kind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Min, Q

from zhicheng.cases.joining.models import CURRENT, Joint
from zhicheng.cases.joining.services import write_down
from zhicheng.cases.kind import CaseKind
from zhicheng.cases.kinds import kind_of
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.refiling.rules import REFILE, REFILES, REVISE
from zhicheng.cases.retelling import told_before
from zhicheng.cases.services import competent_body, index_case
from zhicheng.cases.titles import title_of
from zhicheng.core.clock.due import local
from zhicheng.core.process import Process, Refusal
from zhicheng.core.words import words
from zhicheng.ground.packs.api import Term, list_terms
from zhicheng.ground.proceedings.api import (
    Step,
    StepRefused,
    Taking,
    open_proceeding,
    process_in_force,
    tell_owner,
)
from zhicheng.ground.webhooks.api import tell_of_opening


def revise(taking: Taking) -> None:
    """The case has the category that the step gives it, wherever it is listed, counted and found."""
    _give(taking, kind_of(taking.before.process.key))


def refile(taking: Taking) -> None:
    """A proceeding of the kind that the step names begins in the same case, at the body competent for it."""
    kind = kind_of(taking.data["kind"])
    case = _give(taking, kind)
    _part(taking)
    on = local(taking.now).date()
    process, body = process_in_force(kind.key, on), competent_body(case.area, kind.domain, on)
    opened = open_proceeding(
        process=process, subject=(SUBJECT, case.pk), area=case.area, holder=body, by=taking.by, now=taking.now,
        data={REFILES: taking.before.id}, told=_told(taking, process), since=_received_at(taking, body),
        simulated=case.simulated,
    )  # fmt: skip
    tell_owner(opened, now=taking.now)
    tell_of_opening(subject=(SUBJECT, case.pk), now=taking.now)


def _received_at(taking: Taking, body: int) -> datetime | None:
    """When the body first received the matter, as whatever kind; None if it does now.

    No limit is won by re-filing: laws count from receipt, and what is received stays so under another name.
    """
    chain = [taking.before.id]
    while (earlier := _refiled_as(chain[-1])) is not None:
        chain.append(earlier)
    had = Step.objects.filter(proceeding__in=chain, holder=body)
    first: datetime | None = had.aggregate(first=Min("at"))["first"]
    return first


def _refiled_as(proceeding: int) -> int | None:
    """The proceeding that was re-filed as this one, if it came so."""
    earlier: int | None = Step.objects.get(proceeding=proceeding, number=1).data.get(REFILES)
    return earlier


def _give(taking: Taking, kind: CaseKind) -> Case:
    """Gives the case its category, and the title that follows from it unless somebody worded one."""
    related = Case.objects.select_related("category", "area", "site__parent")
    case = related.get(pk=taking.before.subject[1])
    category = _category(taking, kind)
    if case.title == title_of(case.category, case.site, case.area):
        case.title = title_of(category, case.site, case.area)
    case.category = category
    case.save(update_fields=["category", "title"])
    index_case(case)
    return case


def _category(taking: Taking, kind: CaseKind) -> Term:
    """The term that the step names. Raises StepRefused if it is none of the kind's."""
    code, area = taking.data["category"], taking.before.matter.area_path
    for catalogue in kind.categories:
        for term in list_terms(catalogue, area, taking.before.opened_on):
            if term.code == code:
                return term
    message = words("This is no category of “{label}”: choose one of its own.")
    raise StepRefused([Refusal(message, {"label": kind.label}, field="category")])


def _part(taking: Taking) -> None:
    """What is of another kind is not handled together any more; whoever followed it comes back by itself."""
    case = taking.before.subject[1]
    for joint in Joint.objects.filter(CURRENT, Q(later=case) | Q(leading=case, manner="together")):
        joint.parted_at = taking.now
        joint.save(update_fields=["parted_at"])
        write_down("case.parted", joint, taking)


def _told(taking: Taking, process: Process) -> Mapping[str, Any]:
    """What is known of what the new table asks for at its opening: from the step, else from the first telling."""
    given = {need.key: taking.data[need.key] for need in process.opening if taking.data.get(need.key)}
    return told_before(taking.before, process.opening) | given


REFILING = {REVISE: revise, REFILE: refile}
"""What follows from the steps of `refiling.rules`, in every kind."""
