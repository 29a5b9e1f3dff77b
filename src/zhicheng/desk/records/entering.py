"""Entering companies, sites and products, as people of a competent body do."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhicheng.core.access import ENTERING
from zhicheng.core.refused import Refused
from zhicheng.core.typed import read_id
from zhicheng.core.words import words
from zhicheng.desk.records.answering import address_of
from zhicheng.desk.records.forms import EntryForm, OrganizationForm, ProductForm, SiteForm
from zhicheng.desk.records.naming import areas_for, estates_for
from zhicheng.desk.records.scope import areas_of, visible_sites
from zhicheng.desk.suggestions import Suggestions
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.areas.api import Area
from zhicheng.ground.objects.api import KnownObject, Product, Site, SiteKind, enter_product, enter_site
from zhicheng.ground.parties.api import (
    KnownOrganization,
    Organization,
    enter_organization,
    get_organization,
)
from zhicheng.ground.ui.navigation import enters_records


@never_cache
@needs_role(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_new(request: ActorRequest) -> HttpResponseBase:
    """Enters a company or another organization that is not in a pack."""
    form = OrganizationForm(request.POST or None, actor=request.actor, initial=_own_area(request))
    return _enter(request, form, _enter_organization, "desk/records/organization_form.html", "desk:organizations")


@never_cache
@needs_role(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def site_new(request: ActorRequest) -> HttpResponseBase:
    """Enters an estate with its buildings, a building, a shop or another site."""
    form = SiteForm(request.POST or None, actor=request.actor, initial=_of_estate(request))
    return _enter(request, form, _enter_site, "desk/records/site_form.html", "desk:sites")


@never_cache
@needs_role(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def product_new(request: ActorRequest) -> HttpResponseBase:
    """Enters a product with its producer and a seller."""
    form = ProductForm(request.POST or None, actor=request.actor)
    return _enter(request, form, _enter_product, "desk/records/product_form.html", "desk:products")


@needs_role(*ENTERING)
@require_safe
def suggest(request: ActorRequest, kind: str) -> JsonResponse:
    """Areas or estates of the person's body for what is being typed."""
    if kind not in _SUGGESTED:
        raise Http404
    found = _SUGGESTED[kind](request.actor).suggest(request.GET.get("q", ""))
    return JsonResponse(found, safe=False, json_dumps_params={"ensure_ascii": False})


_SUGGESTED: dict[str, Callable[[Any], Suggestions[Any]]] = {"areas": areas_for, "estates": estates_for}


def _enter(
    request: ActorRequest, form: EntryForm, enter: Callable[[ActorRequest, Any], Any], template: str, whole: str
) -> HttpResponseBase:
    """The form; what it entered, once it has; on a refusal the form with everything typed, and what is there."""
    if not enters_records(request):
        raise PermissionDenied
    known: Organization | Site | Product | None = None
    if request.method == "POST" and form.is_valid():
        try:
            entered = enter(request, form)
        except KnownOrganization as refused:
            known = refused.organization
            form.refuse(refused)
        except KnownObject as refused:
            known = refused.known
            form.refuse(refused)
        except Refused as refused:
            at_typed_field(refused)
            form.refuse(refused)
        else:
            messages.success(request, gettext("“%(name)s” is entered.") % {"name": entered.name})
            return redirect(page_of(entered))
    crumbs = _crumbs(TITLES[whole], whole, gettext("Enter"))
    context = {"form": form, "crumbs": crumbs, "known": known, "known_url": page_of(known) if known else ""}
    return render(request, template, context, status=422 if form.errors else 200)


TITLES = {
    "desk:organizations": words("Organizations"),
    "desk:sites": words("Buildings"),
    "desk:products": words("Products"),
}
"""The titles of the lists, by their addresses."""


def page_of(record: Organization | Site | Product) -> str:
    """The page of a record."""
    if isinstance(record, Organization):
        return reverse("desk:organization", args=[record.pk])
    return address_of(record)


def _enter_organization(request: ActorRequest, form: OrganizationForm) -> Organization:
    key = form.cleaned_data["request_key"]
    return enter_organization(**form.given, request_key=key, by=request.actor, now=clock.now())


@transaction.atomic
def _enter_site(request: ActorRequest, form: SiteForm) -> Site:
    given, by, now = form.cleaned_data, request.actor, clock.now()
    parent: Site | None = given["parent_text"]
    area: Area | None = given["area_text"] or (parent.area if parent else None)
    assert area is not None, "the form asks for one of the two"
    site = enter_site(
        kind=given["kind"], name=given["name"], area=area, parent=parent, address=given["address"],
        completed_on=given["completed_on"], request_key=given["request_key"], by=by, now=now,
    )  # fmt: skip
    for name in given["buildings"]:
        enter_site(
            kind=SiteKind.BUILDING, name=name, area=area, parent=site, request_key=given["request_key"],
            by=by, now=now,
        )  # fmt: skip
    return site


def _enter_product(request: ActorRequest, form: ProductForm) -> Product:
    given = dict(form.cleaned_data)
    named = [given.pop(role) for role in ("producer", "seller")]
    producer, seller = (get_organization(one) if one else None for one in named)
    return enter_product(**given, producer=producer, seller=seller, by=request.actor, now=clock.now())


def at_typed_field(refused: Refused) -> None:
    """Areas and estates are named by a text and an id: what is wrong with one is said at the text."""
    field = getattr(refused, "field", "")
    if field in ("area", "parent"):
        refused.field = f"{field}_text"  # type: ignore[attr-defined]


def _own_area(request: ActorRequest) -> dict[str, Any]:
    """The area of whoever works for one only."""
    found = Area.objects.valid_on(clock.today()).filter(path__in=areas_of(request.actor))[:2]
    return {"area": found[0].pk, "area_text": found[0].name} if len(found) == 1 else {}


def _of_estate(request: ActorRequest) -> dict[str, Any]:
    """A building of the estate that the address names, or else an estate."""
    asked = read_id(request.GET.get("of", "")) or 0
    estate = visible_sites(request.actor).filter(id=asked, kind=SiteKind.PROJECT).first()
    if estate is None:
        return {"kind": SiteKind.PROJECT}
    return {"kind": SiteKind.BUILDING, "parent": estate.pk, "parent_text": estate.name}


def _crumbs(label: str, url_name: str, here: str) -> list[dict[str, str]]:
    return [{"label": gettext(label), "url": reverse(url_name)}, {"label": here, "url": ""}]
