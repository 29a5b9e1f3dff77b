"""Companies, buildings and products over HTTP: who lists and reads them, and who enters them, once."""

from typing import Any

import pytest
from django.test import Client

from web.interface.programs import of_county
from web.walk.people import City
from zhicheng.core.access import Role
from zhicheng.core.codes import make_organization_code, make_social_credit_code
from zhicheng.ground.interface.api import Scope
from zhicheng.ground.objects.api import Answers, Product, Responsibility, Site
from zhicheng.ground.parties.api import Organization

CODE = make_social_credit_code("91370481" + make_organization_code("MA054321"))
BASE = "/api/v1/"


def post(client: Client, what: str, body: dict[str, Any], key: str = "") -> Any:
    headers = {"idempotency-key": key} if key else {}
    return client.post(BASE + what, body, content_type="application/json", headers=headers)


def company(city: City, **changes: Any) -> dict[str, Any]:
    return {"name": "滕州晨星建筑有限公司（模拟）", "area": city.worlds["t"].place.code, "uscc": CODE, **changes}


@pytest.fixture
def client(browsing: City) -> Client:
    return of_county(browsing, "t", Role.CLERK)


def test_a_company_is_entered_once_and_read(browsing: City, client: Client) -> None:
    first = post(client, "organizations", company(browsing, telephone="0632-5550100"), "a-1")
    again = post(client, "organizations", company(browsing, telephone="0632-5550100"), "a-1")
    assert (first.status_code, again.status_code) == (201, 201), first.json()
    assert first.json() == again.json()
    assert Organization.objects.filter(uscc=CODE).count() == 1
    read = client.get(first["Location"])
    assert read.json() == first.json()
    assert "0632" not in read.content.decode()
    listed = client.get(f"{BASE}organizations?q=晨星建筑").json()
    assert [one["id"] for one in listed["items"]] == [first.json()["id"]]


def test_what_is_known_is_named_to_whoever_sees_it(browsing: City, client: Client) -> None:
    entered = post(client, "organizations", company(browsing)).json()
    known = post(client, "organizations", company(browsing, name="又一家"))
    assert (known.status_code, known.json()["id"], list(known.json()["fields"])) == (409, entered["id"], ["uscc"])
    other = of_county(browsing, "s", Role.CLERK)
    place = browsing.worlds["s"].place.code
    hidden = post(other, "organizations", company(browsing, area=place))
    assert (hidden.status_code, hidden.json()["id"]) == (409, None)


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("uscc", CODE[:-1] + ("A" if CODE[-1] != "A" else "B"), 422),
        ("area", "999999999999", 422),
        ("area", "3704", 422),
        ("kind", "public_body", 422),
        ("kind", "nothing", 422),
        ("name", "", 422),
        ("industry", "98", 422),
        ("name", "a\x00b", 422),
    ],
)
def test_what_is_wrong_is_said(browsing: City, client: Client, field: str, value: str, status: int) -> None:
    before = Organization.objects.count()
    answer = post(client, "organizations", company(browsing, **{field: value}))
    assert answer.status_code == status, answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert Organization.objects.count() == before


def test_a_building_is_entered_in_its_estate_and_tells_who_answers(browsing: City, client: Client) -> None:
    world = browsing.worlds["t"]
    estate = world.site.parent
    assert estate is not None
    sent = {"name": "99号楼", "kind": "building", "parent": estate.id, "completed_on": "2020-05-01"}
    answer = post(client, "sites", sent)
    assert answer.status_code == 201, answer.json()
    building = Site.objects.get(name="99号楼")
    assert (building.parent, building.area) == (estate, estate.area)
    read = client.get(answer["Location"]).json()
    developer = Responsibility.objects.get(site=estate)
    told = [(one["organization"], one["role"], one["inherited"]) for one in read["answering"]]
    assert told == [(developer.organization_id, developer.role, True)]
    assert post(client, "sites", sent).json()["id"] == building.id
    assert post(client, "sites", {"name": "x", "kind": "shop"}).json()["fields"].keys() == {"area"}


def test_a_product_is_entered_with_its_producer(browsing: City, client: Client) -> None:
    world = browsing.worlds["t"]
    sent = {"name": "止水带", "model": "300型", "producer": world.company.id}
    answer = post(client, "products", sent)
    assert answer.status_code == 201, answer.json()
    read = client.get(answer["Location"]).json()
    assert [(one["organization"], one["role"]) for one in read["answering"]] == [
        (world.company.id, Answers.PRODUCER)
    ]
    known = post(client, "products", sent)
    assert (known.status_code, known.json()["id"]) == (409, Product.objects.get(name="止水带").id)
    assert post(client, "products", {"name": "x", "producer": 10**15}).json()["fields"].keys() == {"producer"}


def test_strangers_see_and_enter_nothing_of_another_county(browsing: City) -> None:
    other, world = of_county(browsing, "s", Role.CLERK), browsing.worlds["t"]
    for what, pk in (
        ("organizations", world.company.id),
        ("sites", world.site.id),
        ("products", world.product.id),
    ):
        assert other.get(f"{BASE}{what}/{pk}").status_code == 404
        assert pk not in [one["id"] for one in other.get(f"{BASE}{what}?limit=100").json()["items"]]
    refused = post(other, "organizations", company(browsing))
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["area"])
    inside = post(other, "sites", {"name": "99号楼", "kind": "building", "parent": world.site.parent_id})
    assert (inside.status_code, list(inside.json()["fields"])) == (422, ["parent"])


def test_a_key_that_only_reads_enters_nothing(browsing: City) -> None:
    reader = of_county(browsing, "t", Role.CLERK, scopes=(Scope.READ,))
    assert reader.get(f"{BASE}sites").status_code == 200
    assert post(reader, "organizations", company(browsing)).status_code == 403


def test_pages_follow_each_other_without_gaps(browsing: City, client: Client) -> None:
    whole = [one["id"] for one in client.get(f"{BASE}sites?limit=100").json()["items"]]
    seen, after = [], ""
    while True:
        page = client.get(f"{BASE}sites?limit=1{after}")
        seen += [one["id"] for one in page.json()["items"]]
        if page.json()["after"] is None:
            break
        assert 'rel="next"' in page["Link"]
        after = f"&after={page.json()['after']}"
    assert seen == whole
    assert whole == sorted(whole, reverse=True)


def test_lists_ask_as_much_for_many_as_for_few(
    browsing: City, client: Client, django_assert_max_num_queries: Any
) -> None:
    for kind in ("organizations", "sites", "products"):
        with django_assert_max_num_queries(12):
            assert client.get(f"{BASE}{kind}?limit=100").status_code == 200
