"""Two kinds of findable record: bodies, which an actor sees if they belong to them, and open notices."""

from typing import Any

import pytest
from django.db.models import QuerySet

from zhicheng.core.access import Actor, Reach, Role
from zhicheng.ground.areas.api import Area
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.search import registry
from zhicheng.ground.search.api import SearchSource, register_source


def own_bodies(actor: Actor) -> QuerySet[Any, Any]:
    """The ids of the organizations that the actor works for."""
    mine = frozenset[int]().union(*(reach.organizations for reach in actor.reaches))
    return Organization.objects.filter(id__in=mine).values("id")


def every_area(actor: Actor) -> QuerySet[Any, Any]:
    return Area.objects.values("id")


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only these two kinds, whatever the installed apps have registered."""
    monkeypatch.setattr(registry, "_sources", {})
    register_source(SearchSource("body", "Organization", own_bodies, lambda one: f"/bodies/{one}/"))
    register_source(SearchSource("place", "Area", every_area, lambda one: f"/places/{one}/"))


@pytest.fixture
def body(county: Area) -> int:
    return Organization.objects.create(name="甲", sort_key="甲", kind="public_body", area=county).id


@pytest.fixture
def other_body(county: Area) -> int:
    return Organization.objects.create(name="乙", sort_key="乙", kind="public_body", area=county).id


@pytest.fixture
def clerk(body: int) -> Actor:
    return Actor("user:1", "clerk", (Reach(Role.CLERK, frozenset({body})),))
