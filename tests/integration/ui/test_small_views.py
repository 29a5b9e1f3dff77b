"""The size of the text, and suggestions while typing."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from integration.ui.conftest import Places
from zhicheng.core.access import Actor
from zhicheng.ground.access.api import User
from zhicheng.ground.parties.api import register_organization
from zhicheng.ground.ui.views import suggest_organizations, text_size


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "integration.ui.urls"


@pytest.fixture
def organizations(places: Places, now: datetime) -> None:
    by = Actor("user:1", "Li")
    for name, kind in (("锦绣置业", "company"), ("锦绣检测", "laboratory"), ("锦绣街道住建局", "public_body")):
        register_organization(name=name, kind=kind, area=places.county, by=by, now=now)


def suggested(user: Any, group: str, **query: str) -> list[dict[str, Any]]:
    request = RequestFactory().get("/", query)
    request.user = user
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
