"""The page of hot spots."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zhicheng.cases.hotspots.queries import FEWEST, WINDOWS, list_hot_spots
from zhicheng.cases.navigation import STAFF
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role

USUAL = 30


@needs_role(*STAFF)
@require_safe
def hot_spots(request: ActorRequest) -> HttpResponseBase:
    """The same matter at the same place within some days, the widest reach first; each opens to its cases."""
    typed = request.GET.get("days") or str(USUAL)
    days = next((one for one in WINDOWS if str(one) == typed), None)
    wrong = gettext("“%(typed)s” is none of the numbers of days offered.") % {"typed": typed[:20]}
    context = {
        "spots": list_hot_spots(request.actor, clock.now(), days or USUAL),
        "days": days or USUAL, "windows": WINDOWS, "fewest": FEWEST, "problem": "" if days else wrong,
    }  # fmt: skip
    return render(request, "cases/hot_spots.html", context, status=200 if days else 400)
