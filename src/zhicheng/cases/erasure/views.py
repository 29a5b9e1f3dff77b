"""Deleting the personal data of a case on request, on the desk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.cases.erasure.queries import list_same_number
from zhicheng.cases.erasure.services import erase_case, may_erase
from zhicheng.cases.forms import ErasureForm
from zhicheng.cases.page import get_case
from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.ui.templatetags.house import sentence

OTHERS_SHOWN = 20


@never_cache
@needs_role(Role.LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: ActorRequest, number: str) -> HttpResponseBase:
    """Says what would be deleted and what stays, and deletes it for a reason that the ledger keeps."""
    found = get_case(request.actor, number)
    if found is None:
        raise Http404
    if found.erased_at is not None:
        return redirect("cases:case", number)
    if not may_erase(found, request.actor, clock.now()):
        raise PermissionDenied
    form, refusal = ErasureForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            erase_case(case=found, by=request.actor, reason=form.cleaned_data["reason"], now=clock.now())
        except Refused as refused:
            refusal = sentence(refused.message, refused.params)
        else:
            messages.success(request, gettext("What the case said of people is deleted."))
            return redirect("cases:case", number)
    others = list_same_number(found, request.actor)[:OTHERS_SHOWN]
    context = {"case": found, "form": form, "refusal": refusal, "others": others}
    return render(request, "cases/erase.html", context, status=422 if request.method == "POST" else 200)
