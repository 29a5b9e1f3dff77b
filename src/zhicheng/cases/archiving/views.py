"""Filing cases, on the desk: what is ready, and filing what was chosen."""

from collections.abc import Sequence

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.cases.archiving.lists import READY
from zhicheng.cases.archiving.services import Outcome, file_cases
from zhicheng.cases.models import Case
from zhicheng.core.access import Role
from zhicheng.core.typed import read_id
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.ui.lists import list_view
from zhicheng.ground.ui.templatetags.house import sentence

BODIES = (Role.CLERK, Role.OFFICER, Role.LEADER)
MOST_CHOSEN = 100


@needs_role(*BODIES)
def ready(request: ActorRequest) -> HttpResponseBase:
    """The cases that the viewer can file."""
    return list_view(request, READY)


@never_cache
@needs_role(*BODIES)
@require_http_methods(["GET", "HEAD", "POST"])
def file_chosen(request: ActorRequest) -> HttpResponseBase:
    """The chosen cases, then what became of each. Sent again, none is filed twice."""
    sent = request.POST if request.method == "POST" else request.GET
    values = sent.getlist("row")
    if len(values) > MOST_CHOSEN:
        told = gettext("At most %(limit)s cases are filed together; you chose %(count)s.")
        return _page(request, refusal=told % {"limit": MOST_CHOSEN, "count": len(values)}, status=400)
    chosen = _visible(request, values)
    if request.method != "POST" or not chosen:
        refusal = "" if chosen else gettext("Choose cases in the list of what is ready.")
        return _page(request, chosen=chosen, refusal=refusal, status=422 if request.method == "POST" else 200)
    outcomes = file_cases(cases=chosen, by=request.actor, now=clock.now())
    return _page(request, outcomes=outcomes, status=200 if any(one.filing for one in outcomes) else 422)


def _visible(request: ActorRequest, values: Sequence[str]) -> list[Case]:
    ids = [one for one in map(read_id, values) if one is not None]
    found = Case.objects.visible_to(request.actor).filter(pk__in=ids).select_related("category")
    by_id = {case.pk: case for case in found}
    return [by_id[one] for one in dict.fromkeys(ids) if one in by_id]


def _page(
    request: ActorRequest, *, chosen: Sequence[Case] = (), outcomes: Sequence[Outcome] = (), refusal: str = "",
    status: int = 200,
) -> HttpResponseBase:  # fmt: skip
    shown = [(one, sentence(one.refused.message, one.refused.params) if one.refused else "") for one in outcomes]
    context = {
        "chosen": chosen, "outcomes": shown, "refusal": refusal,
        "done": sum(one.filing is not None for one in outcomes),
        "crumbs": [
            {"label": gettext("Archive"), "url": reverse("archive:archive")},
            {"label": gettext("Ready for the archive"), "url": reverse("cases:ready")},
            {"label": gettext("File in the archive"), "url": ""},
        ],
    }  # fmt: skip
    return render(request, "cases/file_away.html", context, status=status)
