"""The interfaces, asked all that their descriptions allow: each answer is one that they describe, and none is 5xx.

`make questions QUESTIONS=200` asks many more than fit into every run of the tests.
"""

import logging
import os
from typing import Any

import pytest

from web.described.asking import Asker, faults, kept_open, load
from web.interface.programs import EVERYTHING
from web.open311.asking import hotlines
from web.walk.people import City
from zhicheng.cases.models import Case, CaseQuerySet
from zhicheng.ground.interface.api import Scope

pytestmark = pytest.mark.lengthy

QUESTIONS = int(os.environ.get("QUESTIONS", "3"))
HOUSE, OPEN311 = "/api/v1/openapi.json", "/open311/openapi.json"
TOKEN = "a" * 32


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Hundreds of refusals are what is expected here."""
    for name in ("django.request", "django.security.csrf"):
        caplog.set_level(logging.CRITICAL, name)


def known(city: City) -> dict[str, dict[str, Any]]:
    """Values that lead to something in the city, and whole bodies that are accepted."""
    world = city.worlds["t"]
    matter, place = world.matters["received"], world.place.code
    step = {"proceeding": matter.proceeding.id, "verb": "accept", "number": 1, "data": {}}
    described = "卫生间顶板渗水，墙面发霉。"
    return {
        "path": {
            "number": matter.case.number, "city": "zaozhuang", "form": "json", "code": "leak",
            "organization": world.company.id, "site": world.site.id, "product": world.product.id,
        },
        "query": {
            "area": place, "limit": 3, "jurisdiction_id": "zaozhuang", "start_date": "2026-11-01", "end_date": "",
            "status": "open", "page": 1, "page_size": 3, "service_request_id": "", "service_code": "leak",
        },
        "body": {
            "category": "leak", "area": place, "description": described, "site": world.site.id, "kinds": [],
            "told": {}, "reporter": {"phone": "13900000001"}, "proceeding": matter.proceeding.id,
            "verb": "accept", "number": 1, "data": {}, "to": "t-officer", "seen": None,
            "url": "https://192.0.2.1/told", "events": ["case.step"], "service_code": "leak", "address_id": place,
            "jurisdiction_id": "", "lat": "", "long": "", "phone": "13900000001", "media_url": "", "attribute": {},
        },
        "bodies": {
            "POST /api/v1/cases": {"category": "leak", "area": place, "description": described},
            "POST /api/v1/cases/{number}/steps": step,
            "POST /api/v1/cases/{number}/assignee": {"proceeding": matter.proceeding.id, "to": "t-officer"},
            "POST /api/v1/organizations": {"name": "滕州晨星建筑有限公司（模拟）", "area": place},
            "POST /api/v1/sites": {"name": "99号楼", "kind": "building", "parent": world.site.parent_id},
            "POST /api/v1/products": {"name": "止水带", "producer": world.company.id},
            "POST /open311/{city}/v2/requests.{form}": {"service_code": "leak", "address_id": place},
        },
    }  # fmt: skip


def asker(city: City, name: str) -> Asker:
    """Anybody; an officer in a browser; a program whose key is for everything, and one whose key only reads."""
    made = Asker(name, known(city))
    if name == "officer":
        session = city.people["t-officer"].browser().cookies["sessionid"].value
        made.cookies, made.headers = {"sessionid": session, "csrftoken": TOKEN}, {"X-CSRFToken": TOKEN}
    elif name != "anybody":
        scopes = EVERYTHING if name == "program" else (Scope.READ,)
        made.headers = {"Authorization": f"Bearer {hotlines(city, *scopes)[1]}"}
    return made


@pytest.mark.parametrize("address", [HOUSE, OPEN311], ids=["house", "open311"])
@pytest.mark.parametrize("name", ["anybody", "officer", "program", "reader"])
def test_every_answer_is_as_described(browsing: City, address: str, name: str) -> None:
    count, one = Case.objects.count(), asker(browsing, name)
    with kept_open():
        found = list(faults(load(address), one, QUESTIONS))
    assert not found, "\n\n".join(found)
    assert Case.objects.count() == count, "what was asked remained"
    reached = {operation for operation, status in one.answers if status < 300}
    assert REACHED[name, address] <= reached, one.answers


SERVICES = {
    "GET /open311/discovery.{form}", "GET /open311/{city}/v2/services.{form}",
    "GET /open311/{city}/v2/services/{code}.{form}",
}  # fmt: skip
LISTED = {"GET /open311/{city}/v2/requests.{form}", "GET /open311/{city}/v2/requests/{number}.{form}"}
READ = {
    "GET /api/v1/cases", "GET /api/v1/cases/{number}", "GET /api/v1/cases/{number}/steps",
    "GET /api/v1/cases/{number}/assignees", "GET /api/v1/changes", "GET /api/v1/categories",
    *(f"GET /api/v1/{kind}" for kind in ("organizations", "sites", "products")),
    "GET /api/v1/organizations/{organization}", "GET /api/v1/sites/{site}", "GET /api/v1/products/{product}",
}  # fmt: skip
ENTERED = {f"POST /api/v1/{kind}" for kind in ("organizations", "sites", "products")}
REACHED = {
    ("anybody", HOUSE): set(), ("anybody", OPEN311): SERVICES, ("officer", OPEN311): SERVICES,
    ("reader", HOUSE): READ, ("reader", OPEN311): SERVICES | LISTED,
    ("program", HOUSE): READ | {"POST /api/v1/cases", "GET /api/v1/webhooks"},
    ("program", OPEN311): SERVICES | LISTED | {"POST /open311/{city}/v2/requests.{form}"},
    ("officer", HOUSE): READ | ENTERED | {
        "POST /api/v1/cases", "POST /api/v1/cases/{number}/steps", "POST /api/v1/cases/{number}/assignee"
    },
}  # fmt: skip
"""Operations that were answered with more than a refusal: the questions got that far."""


@pytest.mark.parametrize(
    ("address", "label"), [(HOUSE, "GET /api/v1/cases"), (OPEN311, "GET /open311/{city}/v2/requests.{form}")]
)
def test_a_failure_is_found(browsing: City, monkeypatch: pytest.MonkeyPatch, address: str, label: str) -> None:
    """One query breaks: the questions come by it."""

    def broken(self: CaseQuerySet, actor: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(CaseQuerySet, "listed_for", broken)
    with kept_open():
        found = list(faults(load(address).include(path=label.partition(" ")[2]), asker(browsing, "program"), 3))
    assert any(f"{label}: ServerError" in one for one in found), found


def test_an_answer_that_is_not_described_is_found(browsing: City) -> None:
    """A description leaves out a field that every answer has."""
    with kept_open():
        description = load(HOUSE).include(path="/api/v1/categories")
        schemas = description.raw_schema["components"]["schemas"]
        schemas["CategoryOut"]["properties"]["code"] = {"type": "integer"}
        found = list(faults(description, asker(browsing, "program"), 3))
    assert any("GET /api/v1/categories: JsonSchemaError" in one for one in found), found
