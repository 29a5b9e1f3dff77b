"""Reads of sites and products."""

from collections.abc import Iterable

from django.db.models import QuerySet

from zhicheng.core.search import query_bigrams
from zhicheng.ground.areas.api import within
from zhicheng.ground.objects.models import Product, Responsibility, Site


def find_sites(text: str, area_paths: Iterable[str], *, limit: int = 20) -> list[Site]:
    """Sites below the areas whose name, project or address hold every word of `text`, by name.

    A word needs two characters; nothing is found by less, or in no area. Use `("/",)` for every area.
    """
    terms = query_bigrams(text)
    if not terms:
        return []
    found = within(Site.objects.filter(terms__contains=terms), area_paths).select_related("area", "parent")
    return list(found.order_by("sort_key", "id")[:limit])


def list_parts(site: Site) -> QuerySet[Site]:
    """The sites directly within a site, such as the buildings of a project, by name."""
    return Site.objects.filter(parent=site).order_by("sort_key", "id")


def list_responsibilities_of(organization_id: int) -> QuerySet[Responsibility]:
    """Everything that an organization answers for, the latest first."""
    found = Responsibility.objects.filter(organization_id=organization_id)
    return found.select_related("site", "product").order_by("-id")


def list_products_of(organization_id: int) -> QuerySet[Product]:
    """The products of a producer, by name."""
    return Product.objects.filter(producer_id=organization_id).order_by("sort_key", "id")
