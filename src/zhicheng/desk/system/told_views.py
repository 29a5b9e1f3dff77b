"""What was sent and how it reads: the list of sent notices, one of them with its attempts, and every template."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhicheng.core.refused import Refused
from zhicheng.desk.system.told import TOLD, rows, with_recipients
from zhicheng.desk.system.views import system_only
from zhicheng.desk.system.wordings import groups_at, packed_area, quiet_hours_at
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest
from zhicheng.ground.database.simulation import is_simulated
from zhicheng.ground.notices.api import MOST_PARTS, list_attempts, list_packed_areas, try_again
from zhicheng.ground.ui.lists import list_view
from zhicheng.ground.ui.templatetags.house import sentence


@never_cache
@system_only
def notices(request: ActorRequest) -> HttpResponseBase:
    """What leaves the house."""
    return list_view(request, TOLD, "desk/system/notices.html", {"crumbs": _crumbs()})


@never_cache
@system_only
@require_safe
def notice(request: ActorRequest, notice: int) -> HttpResponse:
    """One notice with every attempt to send it."""
    found = rows(request.actor).filter(pk=notice).first()
    if found is None:
        raise Http404
    (row,) = with_recipients([found], request.actor)
    context = {
        "row": row,
        "attempts": list_attempts(found),
        "crumbs": [*_crumbs(linked=True), {"label": str(found.pk), "url": ""}],
    }
    return render(request, "desk/system/notice.html", context)


@never_cache
@system_only
@require_POST
def retry_notice(request: ActorRequest, notice: int) -> HttpResponse:
    """Has a notice that was given up sent once more."""
    if not rows(request.actor).filter(pk=notice).exists():
        raise Http404
    try:
        try_again(notice_id=notice, by=request.actor, now=clock.now())
    except Refused as refused:
        messages.error(request, sentence(refused.message, refused.params))
    else:
        messages.success(request, gettext("The notice is in the queue again."))
    return redirect("system:notice", notice)


@never_cache
@system_only
@require_safe
def wordings(request: ActorRequest) -> HttpResponse:
    """Every template with sample values, as it reads at a place."""
    area = packed_area(request.GET.get("area", ""))
    context = {
        "groups": groups_at(area),
        "area": area,
        "areas": list_packed_areas(),
        "quiet": quiet_hours_at(area),
        "most_parts": MOST_PARTS,
        "channels": _channels(),
        "crumbs": [*_crumbs(linked=True), {"label": gettext("Words"), "url": ""}],
    }
    return render(request, "desk/system/wordings.html", context)


def _channels() -> list[tuple[str, str]]:
    """By what each channel goes in this installation."""
    environment = settings.ENVIRONMENT
    log, none = gettext("to the log: nothing is sent"), gettext("nothing leaves a demonstration")
    ways = (("E-mail", environment.smtp_url, "SMTP"), ("Text message", environment.sms_url, gettext("gateway")))
    return [(gettext(name), none if is_simulated() else way if url else log) for name, url, way in ways]


def _crumbs(*, linked: bool = False) -> list[dict[str, str]]:
    return [
        {"label": gettext("System"), "url": reverse("system:health")},
        {"label": gettext("Sent notices"), "url": reverse("system:notices") if linked else ""},
    ]
