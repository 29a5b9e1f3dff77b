"""The page of a hand-over: chosen, shown, done."""

from dataclasses import dataclass

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.desk.handover.forms import HandoverForm
from zhicheng.desk.inbox import InboxRow, with_titles
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, User, needs_role
from zhicheng.ground.proceedings.api import Plan, hand_over, list_staff_of, plan_handover


@dataclass(frozen=True)
class ShownShare:
    """One matter of the plan, and who would get it; nobody, if none of the chosen may handle it."""

    row: InboxRow
    receiver: User | None


@never_cache
@needs_role(Role.LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: ActorRequest) -> HttpResponseBase:
    """Chooses leaver and receivers, shows what would move and what cannot, and does it when told to."""
    staff = list_staff_of(request.actor, clock.today())
    sent = request.POST if request.method == "POST" else None
    form = HandoverForm(sent, staff=staff, today=clock.today())
    shown: list[ShownShare] | None = None
    if form.is_valid():
        try:
            if request.POST.get("do") == "hand":
                return _hand(request, form)
            leaver, receivers = form.people
            plan = plan_handover(leaver=leaver, receivers=receivers, by=request.actor, now=clock.now())
            shown = _shown(plan, form, request)
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form, "shares": shown,
        "moving": sum(one.receiver is not None for one in shown or ()),
        "left": sum(one.receiver is None for one in shown or ()),
    }  # fmt: skip
    return render(request, "desk/handover.html", context, status=422 if form.errors else 200)


def _hand(request: ActorRequest, form: HandoverForm) -> HttpResponseBase:
    given = form.cleaned_data
    leaver, receivers = form.people
    done = hand_over(
        leaver=leaver, receivers=receivers, last_on=given["last_on"], reason=given["reason"],
        end_roles=given["end_roles"], by=request.actor, now=clock.now(),
    )  # fmt: skip
    moved = ngettext("%(count)s matter was handed over.", "%(count)s matters were handed over.", done.moved)
    messages.success(request, moved % {"count": done.moved})
    for reason in dict.fromkeys(done.refused.values()):
        messages.error(request, gettext("Something stayed: %(why)s") % {"why": gettext(reason)})
    return redirect("handover:handover")


def _shown(plan: Plan, form: HandoverForm, request: ActorRequest) -> list[ShownShare]:
    rows = with_titles(plan.matters, request.actor)
    shares = (
        ShownShare(row, form.staff[plan.shares[row.proceeding.pk]] if row.proceeding.pk in plan.shares else None)
        for row in rows
    )
    return sorted(shares, key=lambda one: one.receiver is not None)
