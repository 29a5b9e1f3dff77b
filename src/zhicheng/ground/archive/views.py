"""Pages of the archive: the register, and taking a record out."""

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.archive.forms import TakeOutForm
from zhicheng.ground.archive.lists import ARCHIVE, count_by_year
from zhicheng.ground.archive.models import Filing
from zhicheng.ground.archive.registry import list_filed_kinds
from zhicheng.ground.archive.services import take_out
from zhicheng.ground.proceedings.api import subject_kind
from zhicheng.ground.ui.lists import list_view
from zhicheng.ground.ui.templatetags.house import sentence

BODIES = (Role.CLERK, Role.OFFICER, Role.LEADER)
LARGEST_ID = 2**63 - 1


@needs_role(*BODIES)
def archive(request: ActorRequest) -> HttpResponseBase:
    """The register of what the viewer may see, and the way to what can be filed."""
    ready = [(reverse(kind.ready_page), kind.ready_label) for kind in list_filed_kinds()]
    context = {"counts": count_by_year(request.actor), "ready": ready}
    return list_view(request, ARCHIVE, "archive/archive.html", context)


@never_cache
@needs_role(Role.LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out_of_archive(request: ActorRequest, filing_id: int) -> HttpResponseBase:
    """Takes a record out for a reason; what was typed is kept when it is refused."""
    found = _filing(request, filing_id)
    kind = subject_kind(found.subject_kind)
    form, now = TakeOutForm(request.POST if request.method == "POST" else None), clock.now()
    if form.is_valid():
        try:
            take_out(filing=found.pk, reason=form.cleaned_data["reason"], by=request.actor, now=now)
        except Refused as refused:
            form.add_error(None, sentence(refused.message, refused.params))
        else:
            messages.success(request, gettext("It is taken out of the archive."))
            return redirect(kind.address(found.subject_id))
    number, title = kind.titles([found.subject_id])[found.subject_id]
    record = {"number": number, "title": title, "url": kind.address(found.subject_id)}
    crumbs = [
        {"label": gettext("Archive"), "url": reverse("archive:archive")},
        {"label": found.number, "url": ""},
    ]
    context = {"filing": found, "form": form, "record": record, "crumbs": crumbs}
    return render(request, "archive/take_out.html", context, status=422 if form.errors else 200)


def _filing(request: ActorRequest, filing_id: int) -> Filing:
    """The filing, if the actor leads the body that filed it; else it does not exist for them."""
    found = Filing.objects.visible_to(request.actor).select_related("matter__area", "issuer")
    filing = found.filter(pk=min(filing_id, LARGEST_ID)).first()
    if filing is None or Role.LEADER not in request.actor.roles_on(filing.matter.matter()):
        raise Http404
    return filing
