"""What cases say on the pages of buildings, products and organizations."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from zhicheng.cases.lists import with_current
from zhicheng.cases.models import Case
from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground.objects.api import Responsibility, Site
from zhicheng.ground.ui.panels import Panel, register_panel

MOST_CASES = 20


def register() -> None:
    """Adds the panels; called once, when the app is ready."""
    template = "cases/_panel.html"
    register_panel("site", Panel("cases", words("Cases of this building"), template, of_site, place=10))
    register_panel(
        "product", Panel("cases", words("Cases of its producer and sellers"), template, of_product, place=10)
    )
    register_panel("organization", Panel("cases", words("Cases it has to answer"), template, of_company, place=10))


def of_site(actor: Actor, site_id: int) -> Mapping[str, Any] | None:
    """The latest cases of a building, or of every building of a project."""
    sites = Site.objects.filter(Q(id=site_id) | Q(parent=site_id)).values_list("id", flat=True)
    return _shown(actor, Q(site__in=list(sites)))


def of_product(actor: Actor, product_id: int) -> Mapping[str, Any] | None:
    """The latest cases in which those who answer for a product have to answer."""
    answering = Responsibility.objects.filter(product=product_id).values_list("organization", flat=True)
    return _shown(actor, Q(company__in=list(answering)))


def of_company(actor: Actor, organization_id: int) -> Mapping[str, Any] | None:
    """The latest cases that a company was ordered to rectify."""
    return _shown(actor, Q(company=organization_id))


def _shown(actor: Actor, about: Q) -> Mapping[str, Any] | None:
    found = Case.objects.listed_for(actor).filter(about).select_related("category", "county")
    cases = list(found.order_by("-received_at", "-id")[:MOST_CASES])
    return {"rows": with_current(cases, actor)} if cases else None
