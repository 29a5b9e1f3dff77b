"""My account: what I may do, how I sign in, and my delegations. Everybody who signed in has this page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhicheng.core.access import ADMINISTRATORS
from zhicheng.core.refused import Refused
from zhicheng.desk.me.forms import DelegateForm, NoticesForm
from zhicheng.desk.rights import ShownDelegation, ShownGrant
from zhicheng.ground import clock
from zhicheng.ground.access.api import (
    ActorRequest,
    User,
    delegate,
    end_delegation,
    list_delegated_by,
    list_delegated_to,
    list_grants,
    set_email,
    with_second_factor,
)
from zhicheng.ground.notices.api import choose_topics
from zhicheng.ground.ui.templatetags.house import sentence


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: ActorRequest) -> HttpResponse:
    """My account; posting delegates one of my grants."""
    user = request.user
    form = DelegateForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid() and _lend(request, form):
        messages.success(request, gettext("The grant is delegated. You can take it back at any time."))
        return redirect("me:me")
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/me/me.html", _page(request, user, form), status=status)


@never_cache
@login_required
@require_POST
def take_back(request: ActorRequest, pk: int) -> HttpResponse:
    """Ends at once a delegation that I gave."""
    mine = {one.pk: one for one in list_delegated_by(request.user)}
    if pk not in mine:
        raise Http404
    try:
        end_delegation(delegation=mine[pk], by=request.actor, now=clock.now())
    except Refused as refused:
        messages.error(request, sentence(refused.message, refused.params))
    else:
        told = gettext("%(name)s no longer has your grant.")
        messages.success(request, told % {"name": mine[pk].to_user.name})
    return redirect("me:me")


@never_cache
@login_required
@require_POST
def choose_notices(request: ActorRequest) -> HttpResponse:
    """Keeps about what I am sent e-mail."""
    form = NoticesForm(request.POST, user=request.user)
    if not form.is_valid():
        shown = _page(request, request.user, DelegateForm(user=request.user)) | {"notices_form": form}
        return render(request, "desk/me/me.html", shown, status=422)
    given, now = form.cleaned_data, clock.now()
    with transaction.atomic():
        set_email(user=request.user, email=given["email"], by=request.actor, now=now)
        choose_topics(user=request.user, topics=given["topics"], by=request.actor, now=now)
    messages.success(request, gettext("Kept. It holds for what happens from now on."))
    return redirect("me:me")


def _lend(request: ActorRequest, form: DelegateForm) -> bool:
    """Whether the grant was delegated; if not, the form says why."""
    given = form.cleaned_data
    try:
        delegate(
            grant=given["grant"], to_user=given["to_user"], valid_from=given["valid_from"],
            valid_to=given["valid_to"], reason=given["reason"], by=request.actor, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _page(request: ActorRequest, user: User, form: DelegateForm) -> dict[str, Any]:
    today = clock.today()
    secured = user.pk in with_second_factor([user.pk])
    administrator = any(reach.role in ADMINISTRATORS for reach in request.actor.reaches)
    return {
        "form": form,
        "notices_form": NoticesForm(user=user),
        "grants": [ShownGrant(one, today) for one in list_grants(user)],
        "given": [ShownDelegation(one, today) for one in list_delegated_by(user)],
        "received": [ShownDelegation(one, today) for one in list_delegated_to(user)],
        "second_factor": secured,
        "urge_second_factor": administrator and not secured,
        "mine": True,
    }
