"""Keys of a program's account: issued and shown once, revoked at once."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhicheng.core.access import Role
from zhicheng.core.clock import LOCAL
from zhicheng.core.refused import Refused
from zhicheng.desk.accounts.forms import KeyForm
from zhicheng.desk.accounts.page import KeyLine, account_page, find_account
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.interface.api import Key, Scope, issue_key, revoke_key
from zhicheng.ground.ui.templatetags.house import sentence
from zhicheng.ground.webhooks.api import Subscription, list_deliveries

SHOWN = 50
LAST_DAY = date.max - timedelta(days=1)
"""The last day that another follows."""
security_only = needs_role(Role.SECURITY_ADMINISTRATOR)


@never_cache
@security_only
@require_POST
def issue(request: ActorRequest, pk: int) -> HttpResponse:
    """Issues a key and shows it, once."""
    user, form, now = find_account(pk), KeyForm(request.POST), clock.now()
    if form.is_valid():
        given = form.cleaned_data
        until = datetime.combine(min(given["last_on"], LAST_DAY) + timedelta(days=1), time(), LOCAL)
        try:
            issued = issue_key(
                user=user, name=given["name"], scopes=[Scope(one) for one in given["scopes"]], expires_at=until,
                by=request.actor, now=now,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            context = {"account": user, "issued": issued, "line": KeyLine(issued.key, now)}
            return render(request, "desk/accounts/key.html", context)
    page = account_page(request, user, form)
    return render(request, "desk/accounts/account.html", page, status=422)


@never_cache
@security_only
@require_POST
def revoke(request: ActorRequest, pk: int, key: int) -> HttpResponse:
    """Ends a key at once."""
    found = get_object_or_404(Key, pk=key, user=pk)
    try:
        revoke_key(key=found, by=request.actor, now=clock.now())
    except Refused as refused:
        messages.error(request, sentence(refused.message, refused.params))
    else:
        messages.success(request, gettext("The key is revoked: whoever shows it is refused from now on."))
    return redirect("accounts:account", pk)


@never_cache
@security_only
@require_safe
def deliveries(request: ActorRequest, pk: int, subscription: int) -> HttpResponse:
    """What became of what a program was told: the last fifty deliveries of a subscription."""
    found = get_object_or_404(Subscription.objects.select_related("key__user"), pk=subscription, key__user=pk)
    user = found.key.user
    crumbs = [
        {"label": gettext("Accounts"), "url": reverse("accounts:accounts")},
        {"label": user.username, "url": reverse("accounts:account", args=[pk])},
        {"label": gettext("Deliveries"), "url": ""},
    ]
    told = list_deliveries(found)[:SHOWN]
    context = {"account": user, "subscription": found, "deliveries": told, "crumbs": crumbs}
    return render(request, "desk/accounts/deliveries.html", context)
