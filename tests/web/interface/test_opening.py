"""Cases opened by programs: once, under their own numbers, by whoever is competent."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from web.interface.programs import of_county, program, speaking
from web.walk.moments import NOW
from web.walk.people import City
from zhicheng.cases.models import Case
from zhicheng.core.access import Role
from zhicheng.ground import clock
from zhicheng.ground.interface.models import SentRequest
from zhicheng.ground.ledger.api import list_acts
from zhicheng.ground.parties.api import get_organization_by_key

CASES = "/api/v1/cases"


def opening(city: City, **changes: Any) -> dict[str, Any]:
    """What a program sends."""
    given = {
        "category": "leak", "area": city.worlds["t"].place.code,
        "description": "Water drips from the ceiling of the bathroom.", "reporter": {"phone": "13900000001"},
        **changes,
    }  # fmt: skip
    return {key: value for key, value in given.items() if value is not None}


def post(client: Client, body: Any, key: str = "", address: str = CASES) -> Any:
    headers = {"idempotency-key": key} if key else {}
    return client.post(address, body, content_type="application/json", headers=headers)


@pytest.fixture
def client(browsing: City) -> Client:
    return of_county(browsing, "t", Role.CLERK)


def test_a_case_is_opened_and_read(browsing: City, client: Client) -> None:
    answer = post(client, opening(browsing, external={"system": "jining-12345", "number": "42"}))
    assert answer.status_code == 201, answer.json()
    number = answer.json()["number"]
    assert answer["Location"] == f"{CASES}/{number}"
    case = Case.objects.get(number=number)
    assert (case.source, case.external_system, case.external_number) == ("api", "jining-12345", "42")
    assert case.reporter is not None
    assert client.get(answer["Location"]).json()["category"] == "leak"
    found = client.get("/api/v1/external/jining-12345/42").json()
    assert (found["number"], found["closed"], found["answer"]) == (number, False, [])
    tracked = Client().post("/track/", {"number": number, "secret": answer.json()["secret"]})
    assert tracked.status_code == 302


def test_a_building_says_where_it_is(browsing: City, client: Client) -> None:
    site = browsing.worlds["t"].site
    answer = post(client, opening(browsing, area=None, site=site.id))
    assert answer.status_code == 201, answer.json()
    assert Case.objects.get(number=answer.json()["number"]).area == site.area


def test_sent_again_it_is_one_case_and_one_answer(browsing: City, client: Client) -> None:
    first, again = (post(client, opening(browsing), "a-1") for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    assert again.status_code == 201
    assert post(client, opening(browsing), "a-2").json()["number"] != first.json()["number"]
    assert post(client, opening(browsing)).json()["number"] != first.json()["number"]


def test_another_content_under_the_same_key_is_refused(browsing: City, client: Client) -> None:
    assert post(client, opening(browsing), "a-1").status_code == 201
    count = Case.objects.count()
    answer = post(client, opening(browsing, description="Another matter altogether."), "a-1")
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#reused")
    assert Case.objects.count() == count
    other = of_county(browsing, "s", Role.CLERK)
    elsewhere = opening(browsing, area=browsing.worlds["s"].place.code)
    assert post(other, elsewhere, "a-1").status_code == 201, "keys of two programs are two"


def test_what_was_refused_can_be_mended_under_its_key(browsing: City, client: Client) -> None:
    assert post(client, opening(browsing, category="nonsense"), "a-1").status_code == 422
    assert not SentRequest.objects.exists()
    assert post(client, opening(browsing), "a-1").status_code == 201


@pytest.mark.parametrize("key", ["x" * 101, "a\tb"])
def test_a_key_that_is_none(browsing: City, client: Client, key: str) -> None:
    answer = post(client, opening(browsing), key)
    assert set(answer.json()["fields"]) == {"Idempotency-Key"}


def test_a_number_elsewhere_is_one_cases(browsing: City, client: Client) -> None:
    body = opening(browsing, external={"system": "jining-12345", "number": "42"})
    number = post(client, body).json()["number"]
    answer = post(client, body)
    assert (answer.status_code, answer.json()["case"]) == (409, number)
    elsewhere = {**body, "area": browsing.worlds["s"].place.code}
    told = post(of_county(browsing, "s", Role.CLERK), elsewhere)
    assert (told.status_code, told.json()["case"]) == (409, None)
    assert number not in told.content.decode()
    assert of_county(browsing, "r", Role.OFFICER).get("/api/v1/external/jining-12345/42").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"category": None}, "category"), ({"category": "nonsense"}, "category"),
        ({"description": "short"}, "description"),
        ({"area": "1"}, "area"), ({"area": "999999999999"}, "area"), ({"area": None}, "area"),
        ({"site": 10**12}, "site"), ({"site": 10**30}, "site"), ({"kinds": ["nonsense"]}, "kinds"),
        ({"told": {"strange": 1}}, "told.strange"), ({"strange": 1}, "strange"),
        ({"external": {"system": "NO", "number": "1"}}, "external.system"),
        ({"external": {"system": "a", "number": ""}}, "external.number"),
        ({"reporter": {"phone": "1" * 31}}, "reporter.phone"), ({"description": "\x00" * 20}, "description"),
        ({"title": "a\nb"}, "title"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(browsing: City, client: Client, changes: dict[str, Any], field: str) -> None:
    count = Case.objects.count()
    answer = post(client, opening(browsing, **changes))
    assert answer.status_code == 422, answer.content
    assert field in answer.json()["fields"], answer.json()
    assert Case.objects.count() == count


@pytest.mark.parametrize(("amount", "status"), [(58.5, 201), ("1,058.5 元", 201), (True, 422), ("some", 422)])
def test_an_amount_is_a_number_or_a_text(browsing: City, amount: object, status: int) -> None:
    told = {"demand": "退款", "amount": amount}
    market = get_organization_by_key("zaozhuang-tengzhou-market")
    answer = post(
        speaking(program(market, Role.CLERK)[1].text),
        opening(browsing, category="no_refund", kinds=["market_complaint"], told=told),
    )
    assert answer.status_code == status, answer.content


@pytest.mark.parametrize(
    ("demand", "status"), [("退\ud800款", 201), (["\ud800"], 422), ({"\ud800": "\udfff"}, 422)]
)
def test_half_a_character_is_no_reason_to_fail(browsing: City, demand: object, status: int) -> None:
    """JSON can write one and no text can hold it: what is left of the answer counts."""
    market = get_organization_by_key("zaozhuang-tengzhou-market")
    sent = opening(browsing, category="no_refund", kinds=["market_complaint"], told={"demand": demand})
    answer = post(speaking(program(market, Role.CLERK)[1].text), sent)
    assert answer.status_code == status, answer.content


@pytest.mark.parametrize(("key", "role"), [("s", Role.CLERK), ("t", Role.LEADER), ("r", Role.CLERK)])
def test_nobody_opens_what_they_are_not_competent_for(browsing: City, key: str, role: Role) -> None:
    answer = post(of_county(browsing, key, role), opening(browsing))
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("#scope")


def test_files_follow_in_a_second_request(browsing: City, client: Client) -> None:
    number = post(client, opening(browsing)).json()["number"]

    def add(who: Client, *files: SimpleUploadedFile) -> Any:
        return who.post(f"{CASES}/{number}/files", {"files": list(files)})

    def photo() -> SimpleUploadedFile:
        written = BytesIO()
        Image.new("RGB", (40, 30), "navy").save(written, "JPEG")
        return SimpleUploadedFile("leak.jpg", written.getvalue(), "image/jpeg")

    first, again = add(client, photo()), add(client, photo())
    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert [one["name"] for one in again.json()] == ["leak.jpg"]
    assert first.json() == again.json()
    refused = add(client, SimpleUploadedFile("leak.jpg", b"MZ no picture", "image/jpeg"))
    assert set(refused.json()["fields"]) == {"files.0"}
    assert add(client).status_code == 422
    assert add(browsing.people["t-officer"].browser(), photo()).status_code == 403
    assert add(of_county(browsing, "s", Role.OFFICER), photo()).status_code == 404
    assert "case.add_files" in list_acts()


def test_changes_are_read_on_from_a_cursor(browsing: City, client: Client) -> None:
    seen: list[dict[str, Any]] = []
    with clock.fixed_at(NOW + timedelta(days=2)):
        answer = client.get("/api/v1/changes", {"limit": 7})
        while "Link" in answer:
            seen += answer.json()["items"]
            answer = client.get(answer["Link"].partition(">")[0].removeprefix("<http://localhost:8000"))
        seen += answer.json()["items"]
        after = answer.json()["after"]
        nothing = client.get("/api/v1/changes", {"after": after}).json()
    assert nothing == {"items": [], "after": after}
    own = {one.case.number for one in browsing.worlds["t"].matters.values()}
    assert own <= {one["case"] for one in seen} <= own | {browsing.worlds["t"].upload.case.number}
    assert len({(one["proceeding"], one["number"]) for one in seen}) == len(seen)


def test_what_can_be_complained_of_is_listed(browsing: City, client: Client) -> None:
    listed = client.get("/api/v1/categories", {"area": browsing.worlds["t"].place.code}).json()
    leak = next(one for one in listed if one["code"] == "leak")
    assert [kind["kind"] for kind in leak["kinds"]][:1] == ["housing_quality"]
    assert client.get("/api/v1/categories", {"area": "000000000000"}).status_code == 422
    assert speaking("zck_wrong").get("/api/v1/categories", {"area": "370400000000"}).status_code == 401
