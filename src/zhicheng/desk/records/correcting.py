"""Correcting companies, sites and products that were entered, for a reason; the history says what stood there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.core.access import ENTERING
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.desk.records.correction_forms import (
    OrganizationCorrectionForm,
    ProductCorrectionForm,
    SiteCorrectionForm,
    state_of,
)
from zhicheng.desk.records.entering import TITLES, at_typed_field, page_of
from zhicheng.desk.records.scope import visible_products, visible_sites
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.objects.api import KnownObject, Product, Site, correct_product, correct_site, may_answer
from zhicheng.ground.parties.api import ENTERED, KnownOrganization, Organization, correct_organization

Record = Organization | Site | Product
CorrectionForm = OrganizationCorrectionForm | SiteCorrectionForm | ProductCorrectionForm


@never_cache
@needs_role(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_revise(request: ActorRequest, organization_id: int) -> HttpResponseBase:
    """Corrects what is known of an organization."""
    found = Organization.objects.select_related("area").filter(id=organization_id).first()
    if found is None or not may_correct(request, found):
        raise Http404
    form = OrganizationCorrectionForm(request.POST or None, actor=request.actor, record=found)
    return _correct(request, found, form, lambda **given: correct_organization(organization=found, **given))


@never_cache
@needs_role(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def site_revise(request: ActorRequest, site_id: int) -> HttpResponseBase:
    """Corrects what is known of a building or another site."""
    found = visible_sites(request.actor).filter(id=site_id).first()
    if found is None or not may_correct(request, found):
        raise Http404
    form = SiteCorrectionForm(request.POST or None, actor=request.actor, record=found)
    return _correct(request, found, form, lambda **given: correct_site(site=found, **given))


@never_cache
@needs_role(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def product_revise(request: ActorRequest, product_id: int) -> HttpResponseBase:
    """Corrects what is known of a product."""
    found = visible_products(request.actor).filter(id=product_id).first()
    if found is None or not may_correct(request, found):
        raise Http404
    form = ProductCorrectionForm(request.POST or None, actor=request.actor, record=found)
    return _correct(request, found, form, lambda **given: correct_product(product=found, **given))


def may_correct(request: ActorRequest, record: Record) -> bool:
    """Whether the viewer may correct what is known of the record."""
    if isinstance(record, Organization):
        return record.kind in ENTERED and request.actor.enters(record.area.path)
    return may_answer(request.actor, record)


_OF = {
    Organization: ("desk:organizations", "desk/records/organization_form.html", "organization"),
    Site: ("desk:sites", "desk/records/site_correction.html", "site"),
    Product: ("desk:products", "desk/records/product_correction.html", "product"),
}
"""By the kind of record: its list, its form, and what the form calls it."""


def _correct(
    request: ActorRequest, found: Record, form: CorrectionForm, correct: Callable[..., Record]
) -> HttpResponseBase:
    """The form; the record's page, once it is corrected; on a refusal the form with everything typed."""
    known: Record | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if _differs(form, found):
                correct(
                    changes=form.changes, reason=form.cleaned_data["reason"], by=request.actor, now=clock.now()
                )
        except Refused as refused:
            known = _known(refused)
            at_typed_field(refused)
            form.refuse(refused)
        if not form.errors:
            messages.success(request, gettext("“%(name)s” is corrected.") % {"name": form.cleaned_data["name"]})
            return redirect(page_of(found))
    whole, template, called = _OF[type(found)]
    crumbs = [
        {"label": gettext(TITLES[whole]), "url": reverse(whole)},
        {"label": found.name, "url": page_of(found)},
        {"label": gettext("Correct"), "url": ""},
    ]
    context: dict[str, Any] = {
        "form": form, called: found, "crumbs": crumbs, "back": page_of(found), "known": known,
        "known_url": page_of(known) if known else "",
    }  # fmt: skip
    return render(request, template, context, status=422 if form.errors else 200)


def _differs(form: CorrectionForm, found: Record) -> bool:
    """Whether anything is to change. Raises Refused if somebody else changed it since the form was shown."""
    if all(getattr(found, field) == value for field, value in form.changes.items()):
        return False
    if form.cleaned_data["seen"] != state_of(found):
        raise Refused(words("Meanwhile somebody else corrected this record: look at it again before you send"))
    return True


def _known(refused: Refused) -> Record | None:
    if isinstance(refused, KnownOrganization):
        return refused.organization
    return refused.known if isinstance(refused, KnownObject) else None
