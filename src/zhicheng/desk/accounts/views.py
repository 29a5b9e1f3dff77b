"""Accounts: the list, one account, a new one. Only security administrators come here; they see no cases."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.desk.accounts.deeds import END, Offer
from zhicheng.desk.accounts.forms import OpenForm
from zhicheng.desk.accounts.lists import ACCOUNTS
from zhicheng.desk.accounts.page import account_page, find_account
from zhicheng.desk.suggestions import AREAS, ORGANIZATIONS, Suggestions
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, User, issue_password_link, needs_role, open_account
from zhicheng.ground.ui.lists import list_view
from zhicheng.ground.ui.templatetags.house import sentence

SUGGESTED: dict[str, Suggestions[Any]] = {"organizations": ORGANIZATIONS, "areas": AREAS}
security_only = needs_role(Role.SECURITY_ADMINISTRATOR)


@never_cache
@security_only
def accounts(request: ActorRequest) -> HttpResponseBase:
    """Every account."""
    return list_view(request, ACCOUNTS, "desk/accounts/list.html")


@never_cache
@security_only
@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: ActorRequest) -> HttpResponse:
    """Opens an account and shows, once, the link by which its owner sets the password."""
    form, now = OpenForm(request.POST or None), clock.now()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = open_account(
                username=given["username"], name=given["name"], organization=given["organization_text"],
                by=request.actor, now=now, is_program=given["is_program"],
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            if user.is_program:
                return redirect("accounts:account", user.pk)
            return _show_link(request, user, now, opened=True)
    return render(request, "desk/accounts/open.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@security_only
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: ActorRequest, pk: int) -> HttpResponse:
    """One account: what may be done with it, its grants, what was delegated, what happened to it."""
    user, now = find_account(pk), clock.now()
    page = account_page(request, user)
    if request.method == "POST":
        offer = _asked_for(request, page)
        done = _take(request, user, offer, now)
        if done:
            messages.success(request, done)
            return redirect("accounts:account", pk)
    return render(request, "desk/accounts/account.html", page, status=422 if request.method == "POST" else 200)


@never_cache
@security_only
@require_POST
def new_link(request: ActorRequest, pk: int) -> HttpResponse:
    """Shows, once, a new link to set the password by."""
    user = find_account(pk)
    try:
        return _show_link(request, user, clock.now(), opened=False)
    except Refused as refused:
        messages.error(request, sentence(refused.message, refused.params))
        return redirect("accounts:account", pk)


@security_only
@require_safe
def suggest(request: ActorRequest, kind: str) -> JsonResponse:
    """Organizations or areas for what is being typed."""
    if kind not in SUGGESTED:
        raise Http404
    found = SUGGESTED[kind].suggest(request.GET.get("q", ""))
    return JsonResponse(found, safe=False, json_dumps_params={"ensure_ascii": False})


def _asked_for(request: ActorRequest, page: dict[str, Any]) -> Offer:
    """The offer on the page whose button was pressed, its form filled with what was sent."""
    asked = request.POST.get("do", "")
    ends = {f"{END.key}-{line.shown.grant.pk}": line.end for line in page["grants"] if line.end}
    offer: Offer | None = ends.get(asked) or next((one for one in page["offers"] if one.deed.key == asked), None)
    if offer is None:
        raise Http404
    offer.fill(request.POST)
    return offer


def _take(request: ActorRequest, user: User, offer: Offer, now: datetime) -> str:
    """Does it and says so; on a refusal says nothing, and the form says why."""
    if not offer.form.is_valid():
        return ""
    try:
        return offer.deed.do(user, offer.form, request.actor, now)
    except Refused as refused:
        offer.form.refuse(refused)
        return ""


def _show_link(request: ActorRequest, user: User, now: datetime, *, opened: bool) -> HttpResponse:
    uid, key = issue_password_link(user=user, by=request.actor, now=now)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
    context = {"account": user, "link": request.build_absolute_uri(path), "opened": opened}
    return render(request, "desk/accounts/link.html", context)
