"""Whose a case is, over HTTP: to whom it can be handed, and handing it."""

from django.http import Http404
from ninja import Router

from zhicheng.cases.page import get_case
from zhicheng.cases.queries import proceedings_for
from zhicheng.cases.schemas import AssigneeIn, AssigneeOut, ColleagueOut
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.access.api import User
from zhicheng.ground.interface.api import WRITE, KeyRequest, Refusal
from zhicheng.ground.proceedings.api import AssignedMeanwhile, Proceeding, assign, list_assignable, may_assign

router = Router(tags=["cases"])


@router.get("/cases/{number}/assignees", response=list[ColleagueOut], operation_id="list_assignees")
def assignees(request: KeyRequest, number: str, proceeding: int | None = None) -> list[ColleagueOut]:
    """Everybody to whom a proceeding can be handed; if none is named, the one that the caller's body has.

    Nobody, for a caller who may not hand it.
    """
    named = [one for one in _proceedings(request, number) if proceeding in (None, one.pk)]
    if not named:
        raise Http404
    found = next((one for one in named if may_assign(one, request.actor)), None)
    people = list_assignable(found, clock.now()) if found else []
    return [ColleagueOut(username=user.username, name=user.name) for user in people]


@router.post("/cases/{number}/assignee", response=AssigneeOut, auth=WRITE, operation_id="set_assignee")
def set_assignee(request: KeyRequest, number: str, body: AssigneeIn) -> AssigneeOut:
    """Makes a proceeding somebody's or nobody's. Sent twice, it is done once."""
    if body.proceeding not in {one.pk for one in _proceedings(request, number)}:
        raise Http404
    ids = _ids(body)
    if body.to is not None and body.to not in ids:
        told = words("There is no account with this login name.")
        raise Refusal(422, "values", told, fields={"to": told})
    to, seen = ids.get(body.to or ""), ids.get(body.seen or "", 0 if body.seen else None)
    try:
        assign(proceeding=body.proceeding, to=to, seen=seen, by=request.actor, now=clock.now())
    except AssignedMeanwhile as refused:
        raise Refusal(409, "moved", refused.message, params=refused.params) from refused
    return AssigneeOut(proceeding=body.proceeding, assignee=body.to)


def _proceedings(request: KeyRequest, number: str) -> list[Proceeding]:
    """The proceedings of a case that the caller may see; of another case there are none."""
    case = get_case(request.actor, number)
    return proceedings_for(case, request.actor) if case is not None else []


def _ids(body: AssigneeIn) -> dict[str, int]:
    """The accounts that are named, by login name."""
    named = [name.replace("\x00", "") for name in (body.to, body.seen) if name]
    return dict(User.objects.filter(username__in=named).values_list("username", "id"))
