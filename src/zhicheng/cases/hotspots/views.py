"""The page of hot spots."""

from collections.abc import Sequence

from django.conf import settings
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zhicheng.cases.hotspots.queries import FEWEST, WINDOWS, HotSpot, list_hot_spots
from zhicheng.cases.lists import chosen_value, with_current
from zhicheng.cases.models import Case
from zhicheng.cases.navigation import STAFF
from zhicheng.core.access import Actor
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role

USUAL = 30


def _choosable(spots: Sequence[HotSpot], actor: Actor) -> list[tuple[HotSpot, list[tuple[Case, str]]]]:
    """Each spot with its cases, and what names each to the page that acts on many: joining them, for one."""
    cases = [case for spot in spots for case in spot.cases]
    values = {row.case.pk: chosen_value(row) for row in with_current(cases, actor)}
    return [(spot, [(case, values[case.pk]) for case in spot.cases]) for spot in spots]


@needs_role(*STAFF)
@require_safe
def hot_spots(request: ActorRequest) -> HttpResponseBase:
    """The same matter at the same place within some days, the widest reach first; each opens to its cases."""
    typed = request.GET.get("days") or str(USUAL)
    days = next((one for one in WINDOWS if str(one) == typed), None)
    wrong = gettext("“%(typed)s” is none of the numbers of days offered.") % {"typed": typed[:20]}
    context = {
        "spots": _choosable(list_hot_spots(request.actor, clock.now(), days or USUAL), request.actor),
        "days": days or USUAL, "windows": WINDOWS, "fewest": FEWEST, "problem": "" if days else wrong,
        "batch_url": reverse(settings.PAGES["batch"]),
    }  # fmt: skip
    return render(request, "cases/hot_spots.html", context, status=200 if days else 400)
