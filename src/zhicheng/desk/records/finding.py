"""What the search finds beside matters and their papers: organizations, buildings and products."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.desk.records.scope import visible_organizations, visible_products, visible_sites
from zhicheng.ground.search.api import SearchSource, register_source


def register_sources() -> None:
    """Makes them findable; called once, when the desk is ready."""
    for kind, label, visible in (
        ("organization", words("Organization"), visible_organizations),
        ("site", words("Building"), visible_sites),
        ("product", words("Product"), visible_products),
    ):
        register_source(SearchSource(kind, label, _ids(visible), _page(kind)))


def _ids(visible: Any) -> Any:
    def ids(actor: Actor) -> QuerySet[Any, Any]:
        found: QuerySet[Any, Any] = visible(actor).order_by().values("id")
        return found

    return ids


def _page(kind: str) -> Any:
    return lambda pk: reverse(f"desk:{kind}", args=[pk])
