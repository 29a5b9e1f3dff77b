"""Who handles a case, on its page: taking it, handing it to a colleague, giving it back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zhicheng.cases.models import Case
from zhicheng.cases.page import CasePage, get_case
from zhicheng.cases.queries import proceedings_of
from zhicheng.core.access import Actor, Role
from zhicheng.core.refused import Refused
from zhicheng.core.typed import read_id
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, User, needs_role
from zhicheng.ground.proceedings.api import Proceeding, assign, list_assignable, may_assign
from zhicheng.ground.ui.templatetags.house import sentence


@dataclass(frozen=True)
class Assignment:
    """Whose a matter is, whom it can be handed to, and whether it is the viewer's own."""

    proceeding: Proceeding
    colleagues: tuple[User, ...]
    mine: bool
    takes: bool
    """Whether the viewer may take it: somebody who may handle it and does not yet."""


def assignment_of(page: CasePage, actor: Actor) -> Assignment | None:
    """What the page offers to whoever may say who handles what their body has of the case; nothing to others."""
    held = (one for one in (page.current, *reversed(page.proceedings)) if may_assign(one, actor))
    proceeding = next(held, None)
    if proceeding is None:
        return None
    possible = list_assignable(proceeding, clock.now())
    mine = proceeding.assignee_id is not None and proceeding.assignee_id == actor.user_id
    others = tuple(user for user in possible if user.pk not in (actor.user_id, proceeding.assignee_id))
    return Assignment(
        proceeding, others, mine, takes=not mine and any(user.pk == actor.user_id for user in possible)
    )


@needs_role(Role.CLERK, Role.OFFICER, Role.LEADER)
@require_POST
def assign_case(request: ActorRequest, number: str) -> HttpResponseBase:
    """Makes the case the person's own, a colleague's or nobody's, as the button says."""
    found = get_case(request.actor, number)
    if found is None:
        raise Http404
    to = {"take": request.actor.user_id, "release": None}.get(request.POST.get("do", ""), _id(request, "to"))
    if to is None and request.POST.get("do") != "release":
        messages.error(request, gettext("Choose a colleague to hand the case to."))
        return redirect("cases:case", found.number)
    try:
        _assign(found, request, to)
    except Refused as refused:
        messages.error(request, sentence(refused.message, refused.params))
    else:
        messages.success(request, _done(to, request.actor))
    return redirect("cases:case", found.number)


def _assign(case: Case, request: ActorRequest, to: int | None) -> None:
    proceeding = _id(request, "proceeding")
    if proceeding not in proceedings_of(case):
        raise Http404
    assert proceeding is not None
    try:
        assign(proceeding=proceeding, to=to, seen=_id(request, "seen"), by=request.actor, now=clock.now())
    except Proceeding.DoesNotExist:
        raise Http404 from None  # the viewer sees the case, but not this proceeding of it


def _id(request: ActorRequest, name: str) -> int | None:
    return read_id(request.POST.get(name, ""))


def _done(to: int | None, by: Actor) -> str:
    if to is None:
        return gettext("Nobody handles the case now.")
    return gettext("You handle the case now.") if to == by.user_id else gettext("The case is handed over.")
