"""What the guards of the loop may know of a case."""

from datetime import datetime
from typing import Any

from zhicheng.cases.joining.queries import facts_of_joining
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.refiling.rules import REFILE, REVISE
from zhicheng.cases.rules import CLOSED, LOOP
from zhicheng.core.clock import due_at
from zhicheng.core.clock.due import local
from zhicheng.ground.archive.api import last_taken_out
from zhicheng.ground.packs.api import limit_for, working_calendar
from zhicheng.ground.proceedings.api import Proceeding, Step

NAMING = ("open", REVISE, REFILE)
"""The steps that say what a matter is and decide nothing in it."""
REOPENING = "case.reopen"
"""The limit within which a closed case can be reopened."""


def facts_of(case_id: int) -> dict[str, Any]:
    """How the departmental proceedings stand, who handled them, whom to call, until when to reopen."""
    proceedings = list(
        Proceeding.objects.filter(subject_kind=SUBJECT, subject_id=case_id).select_related("area").order_by("id")
    )
    loop = next((one for one in proceedings if one.kind == LOOP.key), None)
    departmental = [one for one in proceedings if one.kind != LOOP.key]
    left = ("reporter__phone_index", "reporter__email_sealed")
    case = Case.objects.values("category__code", "cause__code", "erased_at", *left).get(id=case_id)
    return {
        "endings": tuple(one.ending for one in departmental),
        "handlers": _handlers([one.id for one in departmental]),
        "in_hand": frozenset(one.kind for one in departmental if one.is_open),
        "has_contact": bool(case["reporter__phone_index"]),
        "can_be_told": any(case[name] for name in left),
        "reopen_until": reopen_until(loop),
        **facts_of_joining(case_id, departmental),
        "erased": case["erased_at"] is not None,
        "category": case["category__code"] or "",
        "cause": case["cause__code"] or "",
    }


def _handlers(proceeding_ids: list[int]) -> frozenset[str]:
    """The members of staff who took a step in the departmental proceedings, themselves or through a delegate.

    Opening one is no handling: whoever reopens a case after a call may call again. Nor is saying what it is about:
    the hotline that puts a category right goes on to call back.
    """
    steps = Step.objects.filter(proceeding__in=proceeding_ids, actor__startswith="user:").exclude(verb__in=NAMING)
    handlers = set()
    for actor, giver in steps.values_list("actor", "on_behalf_of_id").distinct():
        handlers.add(actor)
        if giver:
            handlers.add(f"user:{giver}")
    return frozenset(handlers)


def reopen_until(loop: Proceeding | None) -> datetime | None:
    """The time runs from the closing, and anew from when the case was taken out of the archive."""
    if loop is None or loop.state != CLOSED.key:
        return None
    limit = limit_for(key=REOPENING, area=loop.area, on=local(loop.opened_at).date())
    taken_out = last_taken_out((loop.subject_kind, loop.subject_id))
    return due_at(max(filter(None, (loop.state_since, taken_out))), limit, working_calendar())
