"""Pages of buildings, organizations and products, and their lists."""

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zhicheng.core.access import Domain
from zhicheng.desk.records.answering import chain_of
from zhicheng.desk.records.correcting import may_correct
from zhicheng.desk.records.history import history_of
from zhicheng.desk.records.lists import ORGANIZATIONS, PRODUCTS, SITES
from zhicheng.desk.records.scope import STAFF, visible_organizations, visible_products, visible_sites
from zhicheng.ground.access.api import DOMAINS, ActorRequest, Jurisdiction, needs_role
from zhicheng.ground.areas.api import area_label
from zhicheng.ground.objects.api import (
    Product,
    SiteKind,
    list_parts,
    list_products_of,
    list_responsibilities_of,
    may_answer,
)
from zhicheng.ground.parties.api import ENTERED, Organization
from zhicheng.ground.ui.lists import RecordList, list_view
from zhicheng.ground.ui.navigation import enters_records
from zhicheng.ground.ui.panels import panels_for

MOST_ROWS = 100


@needs_role(*STAFF)
def sites(request: ActorRequest) -> HttpResponseBase:
    """The buildings of the viewer's areas."""
    return _list(request, SITES, "desk:site_new")


@needs_role(*STAFF)
def organizations(request: ActorRequest) -> HttpResponseBase:
    """The organizations of the viewer's areas, and those that answer for something there."""
    return _list(request, ORGANIZATIONS, "desk:organization_new")


@needs_role(*STAFF)
def products(request: ActorRequest) -> HttpResponseBase:
    """The products made or sold in the viewer's areas."""
    return _list(request, PRODUCTS, "desk:product_new")


@needs_role(*STAFF)
@require_safe
def site(request: ActorRequest, site_id: int) -> HttpResponseBase:
    """A building or project: who answers for it, its parts, and what features know of it."""
    found = visible_sites(request.actor).filter(id=site_id).first()
    if found is None:
        raise Http404
    crumbs = [{"label": gettext("Buildings"), "url": reverse("desk:sites")}]
    if found.parent:
        crumbs.append({"label": found.parent.name, "url": reverse("desk:site", args=[found.parent.id])})
    enters = may_answer(request.actor, found)
    context = {
        "site": found,
        "place": area_label(found.area),
        "chain": chain_of(found),
        "parts": list_parts(found)[:MOST_ROWS],
        "panels": panels_for(("site", found.id), request.actor),
        "happenings": history_of(("site", found.id)),
        "answer_url": reverse("desk:answer_for_site", args=[found.id]) if enters else "",
        "revise_url": reverse("desk:site_revise", args=[found.id]) if enters else "",
        "part_url": f"{reverse('desk:site_new')}?of={found.id}"
        if enters and found.kind == SiteKind.PROJECT
        else "",
        "crumbs": [*crumbs, {"label": found.name, "url": ""}],
    }
    return render(request, "desk/site.html", context)


@needs_role(*STAFF)
@require_safe
def organization(request: ActorRequest, organization_id: int) -> HttpResponseBase:
    """An organization: who it is, what it is competent or answers for, and what features know of it.

    Public bodies are known to everybody; a company to those who see it in lists, or something it answers for.
    """
    found = get_object_or_404(Organization.objects.select_related("area", "parent"), id=organization_id)
    inside, known = visible_sites(request.actor).values("id"), visible_products(request.actor)
    answers = list_responsibilities_of(found.id).filter(Q(site__in=inside) | Q(product__in=known.values("id")))
    products = list_products_of(found.id).filter(id__in=known.values("id"))
    near = visible_organizations(request.actor).filter(id=found.id).exists()
    if found.kind in ENTERED and not (near or answers.exists() or products.exists()):
        raise Http404
    competences = Jurisdiction.objects.filter(organization=found, valid_to__isnull=True).select_related("area")
    corrects = may_correct(request, found)
    context = {
        "organization": found,
        "place": area_label(found.area),
        "answers": answers[:MOST_ROWS],
        "products": products[:MOST_ROWS],
        "competences": [(one.area.name, gettext(DOMAINS[Domain(one.domain)])) for one in competences],
        "panels": panels_for(("organization", found.id), request.actor),
        "happenings": history_of(("organization", found.id)) if near else [],
        "revise_url": reverse("desk:organization_revise", args=[found.id]) if corrects else "",
        "crumbs": [
            {"label": gettext("Organizations"), "url": reverse("desk:organizations")},
            {"label": found.name, "url": ""},
        ],
    }
    return render(request, "desk/organization.html", context)


@needs_role(*STAFF)
@require_safe
def product(request: ActorRequest, product_id: int) -> HttpResponseBase:
    """A product: who makes and sells it, and what features know of it."""
    found: Product | None = visible_products(request.actor).filter(id=product_id).first()
    if found is None:
        raise Http404
    enters = may_answer(request.actor, found)
    context = {
        "product": found,
        "chain": chain_of(found),
        "panels": panels_for(("product", found.id), request.actor),
        "happenings": history_of(("product", found.id)),
        "answer_url": reverse("desk:answer_for_product", args=[found.id]) if enters else "",
        "revise_url": reverse("desk:product_revise", args=[found.id]) if enters else "",
        "crumbs": [
            {"label": gettext("Products"), "url": reverse("desk:products")},
            {"label": found.name, "url": ""},
        ],
    }
    return render(request, "desk/product.html", context)


def _list(request: ActorRequest, spec: RecordList[Any], new: str) -> HttpResponseBase:
    enters, imported = enters_records(request), spec is not PRODUCTS
    context = {
        "new_url": reverse(new) if enters else "",
        "import_url": reverse("desk:records_import") if enters and imported else "",
    }
    return list_view(request, spec, "desk/records/list.html", context)
