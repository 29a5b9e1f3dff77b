"""What stands beside the form while a reporter speaks: who it is, what is like it, and what answers it."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhicheng.cases.api import find_reporter, find_similar, kinds_chosen, suggest_categories_for, suggest_snippets
from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.desk.calls.forms import TOLD, CallForm
from zhicheng.desk.calls.naming import (
    Place,
    category_meant,
    place_meant,
    suggest_categories,
    suggest_places,
)
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.areas.api import Area
from zhicheng.ground.packs.api import Term

LONGEST_QUERY = 60
LONGEST_TEXT = 4_000
SHORTEST_TEXT = 4


@never_cache
@needs_role(Role.CALLER)
@require_POST
def reporter(request: ActorRequest) -> HttpResponse:
    """Who has this number, masked, and their earlier cases. What is no number yet finds nobody."""
    try:
        known, cases = find_reporter(phone=_sent(request, "phone"), by=request.actor, now=clock.now())
    except Refused:
        known, cases = None, []
    context = {"contact": known.masked if known else None, "cases": cases}
    return render(request, "desk/calls/_reporter.html", context)


@never_cache
@needs_role(Role.CALLER)
@require_POST
def beside(request: ActorRequest) -> HttpResponse:
    """Knowledge that answers what is said, and cases that may be the same matter."""
    text, place, term = _sent(request, "description"), _place(request), _category(request)
    if len(text) < SHORTEST_TEXT:
        return render(request, "desk/calls/_beside.html", {"snippets": [], "similar": []})
    similar = (
        find_similar(
            actor=request.actor, area=place.area, site=place.site, category=term, text=text, now=clock.now()
        )
        if place
        else []
    )
    context = {
        "snippets": suggest_snippets(request.actor, text),
        "similar": similar,
        "suggestions": suggest_categories_for(text, place.area.path) if place and term is None else None,
    }
    return render(request, "desk/calls/_beside.html", context)


@never_cache
@needs_role(Role.CALLER)
@require_POST
def asked(request: ActorRequest) -> HttpResponse:
    """What has to be asked once the category is known."""
    form = CallForm(actor=request.actor, now=clock.now())
    term = _category(request)
    if term is not None:
        form.ask(term, kinds_chosen(term.catalogue, request.POST.getlist("kinds")))
    fields = [form[name] for name in form.fields if name.startswith(TOLD)]
    return render(request, "desk/calls/_asked.html", {"form": form, "asked": fields})


@needs_role(Role.CALLER)
@require_safe
def places(request: ActorRequest) -> JsonResponse:
    """Buildings, projects and areas for what is being typed."""
    return JsonResponse(suggest_places(request.actor, request.GET.get("q", "")[:LONGEST_QUERY]), safe=False)


@needs_role(Role.CALLER)
@require_safe
def categories(request: ActorRequest) -> JsonResponse:
    """Categories for what is being typed."""
    path = min(request.actor.areas, key=len, default="/")
    return JsonResponse(suggest_categories(path, request.GET.get("q", "")[:LONGEST_QUERY]), safe=False)


def _sent(request: ActorRequest, name: str) -> str:
    return str(request.POST.get(name, "")).replace("\x00", "").strip()[:LONGEST_TEXT]


def _place(request: ActorRequest) -> Place | None:
    """The place as far as it is known; before it is, the widest area for which calls are taken."""
    try:
        return place_meant(request.actor, _sent(request, "place_text"), _sent(request, "place"))
    except ValidationError:
        widest = min(request.actor.areas, key=len, default="")
        area = Area.objects.filter(path=widest).first()
        return Place(area) if area else None


def _category(request: ActorRequest) -> Term | None:
    path = min(request.actor.areas, key=len, default="/")
    try:
        return category_meant(path, _sent(request, "category_text"), _sent(request, "category"))
    except ValidationError:
        return None
