"""Requests listed: only by key, only what its account may see, in the windows of the standard."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from web.interface.programs import of_county, program, speaking
from web.open311.asking import BASE, hotlines, xml
from web.walk.moments import NOW, RECENTLY
from web.walk.people import City
from zhicheng.cases.models import Case
from zhicheng.core.access import Role
from zhicheng.ground import clock
from zhicheng.ground.interface.api import Scope

REQUESTS = f"{BASE}/requests.json"
FIELDS = {
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
    "address", "address_id", "zipcode", "lat", "long", "media_url",
}  # fmt: skip


def numbers(client: Client, **asked: Any) -> list[str]:
    """The numbers that are listed."""
    answer = client.get(REQUESTS, asked)
    assert answer.status_code == 200, answer.content
    return [one["service_request_id"] for one in answer.json()]


def of_world(city: City, key: str) -> set[str]:
    """The numbers of a county's cases, those taken over from an earlier system apart."""
    return {matter.case.number for matter in city.worlds[key].matters.values()}


@pytest.fixture
def client(browsing: City) -> Client:
    return hotlines(browsing)[0]


@pytest.mark.parametrize("form", ["xml", "json"])
def test_without_a_key_nobody_is_shown_a_request(browsing: City, form: str) -> None:
    number = browsing.worlds["t"].matters["closed"].case.number
    for client in (Client(), browsing.people["t-officer"].browser()):
        for address in (f"{BASE}/requests.{form}", f"{BASE}/requests/{number}.{form}"):
            answer = client.get(address)
            assert answer.status_code == 403
            assert "zqt" not in answer.content.decode()
            assert number not in answer.content.decode()


def test_a_key_is_shown_what_its_account_may_see(browsing: City, client: Client) -> None:
    assert set(numbers(client)) == of_world(browsing, "t") | of_world(browsing, "s")
    here = of_county(browsing, "t", Role.OFFICER)
    assert set(numbers(here)) == of_world(browsing, "t")
    foreign = browsing.worlds["s"].matters["received"].case.number
    assert here.get(f"{BASE}/requests/{foreign}.json").status_code == 404
    assert numbers(here, service_request_id=f"{foreign},nothing") == []
    assert numbers(of_county(browsing, "r", Role.OFFICER)) == [], "another city's are not of this one"


def test_a_company_is_shown_what_it_has_to_answer(browsing: City) -> None:
    world = browsing.worlds["t"]
    client = speaking(program(world.company, Role.COMPANY, name="company-app")[1].text)
    answered = {world.matters[name].case.number for name in ("ordered", "rectified", "awaiting", "closed")}
    assert set(numbers(client)) == answered


def test_what_is_said_of_a_request(browsing: City, client: Client) -> None:
    matter = browsing.worlds["t"].matters["ordered"]
    (told,) = client.get(f"{BASE}/requests/{matter.case.number}.json").json()
    assert set(told) == FIELDS
    assert told["status"] == "open"
    assert told["status_notes"] == "Rectification ordered"
    assert told["agency_responsible"] == "滕州市住房和城乡建设局"
    assert told["requested_datetime"] == RECENTLY.isoformat(timespec="seconds")
    assert told["address"].startswith("山东省枣庄市滕州市荆河街道阳光花园3号楼")
    assert told["address_id"] == str(browsing.worlds["t"].site.id)
    assert datetime.fromisoformat(told["expected_datetime"]) > NOW
    for private in ("13900000000", "王 ", "1单元", matter.photo):
        assert private not in str(told)
    root = xml(client.get(f"{BASE}/requests/{matter.case.number}.xml"))
    assert [one.tag for one in root[0]] == list(told)
    closed = browsing.worlds["t"].matters["closed"].case.number
    (ended,) = client.get(f"{BASE}/requests/{closed}.json").json()
    assert (ended["status"], ended["expected_datetime"]) == ("closed", None)


def test_words_that_were_erased_are_not_said(browsing: City, client: Client) -> None:
    case = browsing.worlds["t"].matters["closed"].case
    Case.objects.filter(id=case.id).update(description="", respondent="", erased_at=NOW)
    (told,) = client.get(f"{BASE}/requests/{case.number}.json").json()
    assert told["description"] is None


def test_filters(browsing: City, client: Client) -> None:
    closed = {browsing.worlds[key].matters["closed"].case.number for key in ("t", "s")}
    everything = of_world(browsing, "t") | of_world(browsing, "s")
    assert set(numbers(client, status="closed")) == closed
    assert set(numbers(client, status="open")) == everything - closed
    assert set(numbers(client, status="open,closed")) == everything
    assert set(numbers(client, status="")) == everything
    assert set(numbers(client, service_code="leak,damp")) == everything
    assert numbers(client, service_code="damp") == []
    one, other = sorted(closed)
    asked = {"service_request_id": f"{one},{other}", "status": "open", "start_date": "never"}
    assert set(numbers(client, **asked)) == closed, "the ids override everything else"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, True),
        ({"start_date": "2026-11-23T01:00:00Z"}, True), ({"start_date": "2026-11-23T01:00:01Z"}, False),
        ({"end_date": "2026-11-23T09:00:00+08:00"}, True), ({"end_date": "2026-11-23T08:59:59 08:00"}, False),
        ({"start_date": "2026-11-23"}, True), ({"start_date": "2026-11-24"}, False),
        ({"start_date": "2026-08-01T00:00:00Z"}, False),
        ({"start_date": "2026-11-01T00:00:00Z", "end_date": "2026-12-01T00:00:00Z"}, True),
    ],
)  # fmt: skip
def test_windows(browsing: City, client: Client, asked: dict[str, str], found: bool) -> None:
    assert bool(numbers(client, **asked)) is found


def test_what_is_older_than_ninety_days_is_asked_for(browsing: City, client: Client) -> None:
    with clock.fixed_at(NOW + timedelta(days=89)):
        assert numbers(client)
    with clock.fixed_at(NOW + timedelta(days=91)):
        assert numbers(client) == []
        assert numbers(client, end_date=NOW.isoformat())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"start_date": "never"}, "“start_date” must be a moment such as 2026-11-01T00:00:00Z."),
        ({"end_date": "2026-11-23T10:00:00"}, "“end_date” must be a moment"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"}, "at most 90 days"),
        ({"status": "open,done"}, "“status” is “open” or “closed”, not “done”."),
        ({"page_size": "1001"}, "“page_size” must be 1000 or less."), ({"page": "0"}, "“page” must be 1 or more."),
        ({"service_code": "a\x00"}, "“service_code”"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(client: Client, asked: dict[str, str], told: str) -> None:
    answer = client.get(REQUESTS, asked)
    assert answer.status_code == 400
    assert told in answer.json()[0]["description"]


def test_pages(client: Client) -> None:
    everything = numbers(client)
    pages = [numbers(client, page=page, page_size=5) for page in (1, 2, 3, 4)]
    assert [one for page in pages for one in page] == everything
    assert [len(page) for page in pages] == [5, 5, 4, 0]


def test_many_cost_no_more_queries_than_one(browsing: City, client: Client) -> None:
    def queries(**asked: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            numbers(client, **asked)
        return len(captured)

    queries()
    assert queries() == queries(page_size=1)


def test_a_token_leads_to_one_number_of_its_city(browsing: City) -> None:
    client, _ = hotlines(browsing, Scope.WRITE)
    sent = {"service_code": "leak", "address_id": browsing.worlds["t"].place.code}
    earlier = set(Case.objects.values_list("id", flat=True))
    (told,) = client.post(REQUESTS, sent).json()
    assert "service_request_id" not in told
    found = Client().get(f"{BASE}/tokens/{told['token']}.json").json()
    number = Case.objects.exclude(id__in=earlier).get().number
    assert found == [{"service_request_id": number, "token": told["token"]}]
    root = xml(Client().get(f"{BASE}/tokens/{told['token']}.xml"))
    assert root.findtext("request/service_request_id") == number
    assert Client().get(f"/open311/jining/v2/tokens/{told['token']}.json").status_code == 404
    assert Client().get(f"{BASE}/tokens/{told['token'].replace('-', '0-')}.json").status_code == 404
    assert client.get(REQUESTS).status_code == 403
