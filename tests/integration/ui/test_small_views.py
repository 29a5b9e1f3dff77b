"""The size of the text, and suggestions while typing."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from integration.ui.conftest import Places
from zhicheng.core.access import Actor, Reach, Role
from zhicheng.ground.access.api import User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.parties.api import register_organization
from zhicheng.ground.ui.organization_field import Given, OrganizationField
from zhicheng.ground.ui.organizations import MOST_SUGGESTED
from zhicheng.ground.ui.views import suggest_organizations, text_size


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "integration.ui.urls"


@pytest.fixture
def organizations(places: Places, now: datetime) -> None:
    by = Actor("user:1", "Li")
    for name, kind in (("锦绣置业", "company"), ("锦绣检测", "laboratory"), ("锦绣街道住建局", "public_body")):
        register_organization(name=name, kind=kind, area=places.county, by=by, now=now)


def suggested(user: Any, group: str, place: Area | None = None, **query: str) -> list[dict[str, Any]]:
    request: Any = RequestFactory().get("/", query)
    reach = Reach(Role.OFFICER, frozenset(), (place.path,)) if place else None
    request.user, request.actor = user, Actor("user:1", "Li", reaches=(reach,) if reach else ())
    return json.loads(suggest_organizations(request, group).content)  # type: ignore[no-any-return]


@pytest.mark.usefixtures("organizations")
def test_suggestions_belong_to_the_group_and_say_where(user: User) -> None:
    found = suggested(user, "party", q="锦绣")
    assert sorted(one["label"] for one in found) == ["锦绣检测", "锦绣置业"]
    assert {one["note"] for one in found} == {"山东省济宁市任城区"}
    assert [one["label"] for one in suggested(user, "body", q="锦绣")] == ["锦绣街道住建局"]
    assert suggested(user, "party", q="锦") == suggested(user, "party") == suggested(user, "party", q="\x00") == []
    with pytest.raises(Http404):
        suggested(user, "people")


@pytest.fixture
def other(places: Places) -> Area:
    """Another city of the province."""
    city = places.county.parent
    assert city is not None
    assert city.parent is not None
    return Area.objects.create(
        id=900_010, code="370400000000", level=2, name="枣庄市", sort_key="zao", kind="city",
        parent=city.parent, path=f"{city.parent.path}900010/", valid_from=date(2014, 1, 1),
    )  # fmt: skip


@pytest.mark.usefixtures("organizations")
def test_those_of_the_askers_city_come_first(user: User, places: Places, other: Area, now: datetime) -> None:
    register_organization(name="阿锦绣", kind="company", area=other, by=Actor("user:1", "Li"), now=now)
    found = [
        [one["label"] for one in suggested(user, "party", at, q="锦绣")] for at in (None, places.county, other)
    ]
    assert found == [
        ["阿锦绣", "锦绣检测", "锦绣置业"], ["锦绣检测", "锦绣置业", "阿锦绣"], ["阿锦绣", "锦绣检测", "锦绣置业"],
    ]  # fmt: skip


def test_one_called_exactly_so_comes_before_all_others(
    user: User, places: Places, other: Area, now: datetime
) -> None:
    """However many of the asker's own city hold the words, it is not cut off."""
    by = Actor("user:1", "Li")
    for number in range(MOST_SUGGESTED + 1):
        register_organization(name=f"锦绣{number}号", kind="company", area=places.county, by=by, now=now)
    register_organization(name="锦绣", kind="company", area=other, by=by, now=now)
    found = [one["label"] for one in suggested(user, "party", places.county, q=" 锦绣 ")]
    assert found[0] == "锦绣"
    assert len(found) == MOST_SUGGESTED


def test_without_script_the_same_are_offered_in_the_same_order(
    user: User, places: Places, other: Area, now: datetime
) -> None:
    by = Actor("user:1", "Li")
    for area, names in ((other, ("阿锦绣", "宝锦绣")), (places.county, ("中锦绣", "锦绣置业"))):
        for name in names:
            register_organization(name=name, kind="company", area=area, by=by, now=now)
    field = OrganizationField("Company", "party", near=[places.county.path])
    with pytest.raises(ValidationError):
        field.clean(Given("锦绣"))
    offered = [label.partition(" (")[0] for _, label in field.widget.offers]
    assert offered == [one["label"] for one in suggested(user, "party", places.county, q="锦绣")]
    assert set(offered[:2]) == {"中锦绣", "锦绣置业"}


@pytest.mark.usefixtures("organizations")
def test_suggesting_costs_two_queries(user: User) -> None:
    with CaptureQueriesContext(connection) as captured:
        suggested(user, "party", q="锦绣")
    assert len(captured) == 2


def test_the_public_gets_no_suggestions() -> None:
    request = RequestFactory().get("/", {"q": "锦绣"})
    request.user = AnonymousUser()
    assert suggest_organizations(request, "party").status_code == 302


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ("/desk/?a=1", "/desk/?a=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_the_size_of_the_text_is_kept_and_leads_back(there: str, expected: str) -> None:
    response = text_size(RequestFactory().post("/", {"size": "large", "next": there}))
    assert response["Location"] == expected
    assert response.cookies["text"].value == "large"
    assert text_size(RequestFactory().post("/", {"size": "<b>"})).cookies["text"].value == "normal"
    assert text_size(RequestFactory().get("/")).status_code == 405
