"""Taking a call: one page from the first word to the case, by keyboard alone if need be."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.cases.api import (
    Complaint,
    Result,
    Snippet,
    Source,
    Taken,
    add_by_call,
    answer_by_call,
    get_case,
    kinds_chosen,
    kinds_for,
    open_by_call,
    title_of,
    visible_snippet_ids,
)
from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.core.typed import read_id
from zhicheng.desk.calls.forms import TOLD, CallForm
from zhicheng.desk.calls.naming import Place
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.packs.api import Term
from zhicheng.ground.parties.api import Kind, Organization
from zhicheng.ground.proceedings.api import StepRefused
from zhicheng.ground.ui.templatetags.house import sentence


@never_cache
@needs_role(Role.CALLER)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: ActorRequest) -> HttpResponseBase:
    """The form of a call, or what became of it; what is wrong is said in the form, with what was typed kept."""
    now = clock.now()
    centre = centre_of(request)
    if request.method != "POST":
        return _page(request, CallForm(actor=request.actor, now=now))
    do, _, named = request.POST.get("do", "open").partition("-")
    if do not in _WAYS:
        raise Http404
    form = CallForm(request.POST, actor=request.actor, now=now, opens=do == "open")
    result = _tried(form, lambda: _WAYS[do](request, form, centre, named, now)) if form.is_valid() else None
    if result is None:
        return _page(request, form, status=422)
    return render(request, "desk/calls/taken.html", {"call": result.call, "secret": result.secret}, status=201)


def centre_of(request: ActorRequest) -> Organization:
    """The hotline centre for which the viewer takes calls; raises PermissionDenied if there is none."""
    ids = {one for reach in request.actor.reaches if reach.role is Role.CALLER for one in reach.organizations}
    centre = Organization.objects.filter(id__in=ids, kind=Kind.HOTLINE_CENTRE).order_by("id").first()
    if centre is None:
        raise PermissionDenied
    return centre


def _tried(form: CallForm, take_call: Callable[[], Result]) -> Result | None:
    """What became of the call; a refusal is said in the form, at the field that it names."""
    try:
        return take_call()
    except StepRefused as refused:
        for one in refused.refusals:
            at = TOLD + one.field if TOLD + one.field in form.fields else None
            form.add_error(at, sentence(one.message, one.params))
    except Refused as refused:
        form.refuse(refused)
    return None


def _open(request: ActorRequest, form: CallForm, centre: Organization, named: str, now: datetime) -> Result:
    complaint = _complaint(form, request.POST.getlist("kinds"))
    return open_by_call(taken=_taken(form, centre), complaint=complaint, by=request.actor, now=now)


def _add(request: ActorRequest, form: CallForm, centre: Organization, named: str, now: datetime) -> Result:
    case = get_case(request.actor, named)
    if case is None:
        raise Http404
    text = form.cleaned_data["description"]
    return add_by_call(taken=_taken(form, centre), case=case, text=text, by=request.actor, now=now)


def _answer(request: ActorRequest, form: CallForm, centre: Organization, named: str, now: datetime) -> Result:
    snippet = None
    if (id_ := read_id(named)) is not None:
        seen = visible_snippet_ids(request.actor).filter(id=id_)
        snippet = Snippet.objects.filter(id__in=seen).first()
    text = form.cleaned_data["description"]
    return answer_by_call(taken=_taken(form, centre), text=text, by=request.actor, now=now, snippet=snippet)


_WAYS: dict[str, Callable[[ActorRequest, CallForm, Organization, str, datetime], Result]] = {
    "open": _open,
    "add": _add,
    "answer": _answer,
}


def _taken(form: CallForm, centre: Organization) -> Taken:
    given = form.cleaned_data
    return Taken(
        organization=centre, line=given["line"], began_at=given["began_at"], request_key=given["request_key"],
        name=given["name"], phone=given["phone"],
    )  # fmt: skip


def _complaint(form: CallForm, kinds: list[str]) -> Complaint:
    given: dict[str, Any] = form.cleaned_data
    place: Place = given["place_text"]
    category: Term = given["category_text"]
    chosen = kinds_chosen(category.catalogue, kinds)
    return Complaint(
        title=title_of(category, place.site, place.area),
        description=given["description"],
        category=category,
        area=place.area,
        request_key=given["request_key"],
        source=Source.HOTLINE,
        site=place.site,
        place=given["detail"],
        respondent=given["respondent"],
        reporter_name=given["name"],
        reporter_phone=given["phone"],
        tell_progress=given["progress"],
        kinds=chosen if chosen != kinds_for(category.catalogue)[:1] else (),
        told=form.told,
    )


def _page(request: ActorRequest, form: CallForm, status: int = 200) -> HttpResponseBase:
    asked = [form[name] for name in form.fields if name.startswith(TOLD)]
    return render(request, "desk/calls/take.html", {"form": form, "asked": asked}, status=status)
