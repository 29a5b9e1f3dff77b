"""The portal: complaining, following a case, answering an order; and how each is refused."""

import re
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from pytest_django import Settings

from web.walk.matters import as_sent, photograph
from web.walk.people import City
from zhicheng.cases.api import Case, housing_of, loop_of
from zhicheng.ground.access.api import Jurisdiction
from zhicheng.ground.kept import forget_kept

COMPLAIN = "/zaozhuang/complain/"
KEY = "00000000-0000-4000-8000-0000000000aa"


def given(city: City, **changes: Any) -> dict[str, Any]:
    """What a citizen sends."""
    place = city.worlds["t"].place
    right = {
        "county": place.parent_id, "township": place.id, "category": "leak", "name": "王明",
        "phone": "13800000000", "description": "卫生间顶板持续渗水，墙面发霉。", "site_text": "阳光花园",
        "request_key": KEY,
    }  # fmt: skip
    return {**right, **changes}


def case_on(page: str) -> Case:
    """The case whose number a receipt shows."""
    shown = re.search(r"TS-[\d-]+", page)
    assert shown is not None
    return Case.objects.get(number=shown[0])


@pytest.fixture
def client(browsing: City) -> Client:
    """Anybody's browser."""
    return browsing.people["anybody"].browser()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "枣庄市"), ("/zaozhuang/", "Complain about a home"), (COMPLAIN, "What happened"),
        ("/track/", "Secret"), ("/healthz", "ok"),
    ],
)  # fmt: skip
def test_anybody_opens_it(client: Client, address: str, words: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert words in response.content.decode()


@pytest.mark.parametrize("address", ["/atlantis/", "/atlantis/complain/", "/answer/nothing/", "/track/TS-1/"])
def test_what_is_not_there_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_complaint_becomes_a_case_of_the_competent_body(browsing: City, client: Client) -> None:
    response = client.post(COMPLAIN, {**given(browsing), "photos": [photograph()]})
    assert response.status_code == 201
    case = case_on(response.content.decode())
    assert (case.source, case.county) == ("portal", browsing.worlds["t"].body.area)
    assert housing_of(case).holder == browsing.worlds["t"].body
    assert case.reporter is not None
    assert case.reporter.masked.phone == "138****0000"


def test_a_complaint_needs_neither_name_nor_number(browsing: City, client: Client) -> None:
    response = client.post(COMPLAIN, given(browsing, name="", phone=""))
    assert response.status_code == 201
    place = case_on(response.content.decode()).reporter
    assert place is not None
    assert (place.is_named, place.address) == (False, "阳光花园")
    placeless = client.post(COMPLAIN, given(browsing, name="", phone="", site_text=""))
    assert placeless.status_code == 201
    assert case_on(placeless.content.decode()).reporter is None


def test_the_same_request_makes_one_case(browsing: City, client: Client) -> None:
    count = Case.objects.count()
    first = client.post(COMPLAIN, given(browsing)).content.decode()
    again = browsing.people["anybody"].browser().post(COMPLAIN, given(browsing)).content.decode()
    assert Case.objects.count() == count + 1
    assert case_on(first) == case_on(again)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"county": "", "township": ""}, "Choose “County”."),
        ({"township": ""}, "Choose “Township or subdistrict”."),
        ({"township": "1"}, "Choose “Township or subdistrict”."),
        ({"category": ""}, "is missing."),
        ({"category": "housing"}, "“housing” is not one of the choices for"),
        ({"description": "漏"}, "needs at least 10 characters; it has 1."),
        ({"phone": "12"}, "12"),
        ({"request_key": "x"}, "The form was not complete: load the page again."),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_is_kept(
    browsing: City, client: Client, changes: dict[str, str], reason: str
) -> None:
    count = Case.objects.count()
    response = client.post(COMPLAIN, given(browsing, **changes))
    text = response.content.decode()
    assert response.status_code == 422
    assert reason in text
    assert 'value="阳光花园"' in text
    assert Case.objects.count() == count


def test_the_summary_counts_and_reaches_the_place_too(browsing: City, client: Client) -> None:
    text = client.post(COMPLAIN, given(browsing, county="", township="", category="")).content.decode()
    assert "3 things need to be put right" in text
    for field in ("county", "township", "category"):
        assert f'href="#id_{field}"' in text


def test_too_many_complaints_wait_and_keep_what_was_typed(
    browsing: City, client: Client, settings: Settings
) -> None:
    settings.COMPLAINTS_PER_HOUR = 2
    for _ in range(2):
        client.post(COMPLAIN, given(browsing, category=""))
    count = Case.objects.count()
    response = client.post(COMPLAIN, {**given(browsing), "photos": [photograph()]})
    text = response.content.decode()
    assert (response.status_code, Case.objects.count()) == (429, count)
    assert 0 < int(response["Retry-After"]) <= 3600
    assert "Nothing you typed is lost" in text
    assert f'value="{KEY}"' in text
    assert 'value="阳光花园"' in text
    assert "\n卫生间顶板持续渗水，墙面发霉。</textarea>" in text
    assert f'<option value="{browsing.worlds["t"].place.id}" selected' in text
    assert client.get(COMPLAIN).status_code == 200
    settings.COMPLAINTS_PER_HOUR = 3
    assert client.post(COMPLAIN, given(browsing)).status_code == 201


def test_only_wrong_secrets_are_counted(browsing: City, client: Client, settings: Settings) -> None:
    settings.WRONG_SECRETS_PER_HOUR = 2
    matter, other = browsing.worlds["t"].matters["received"], browsing.worlds["t"].matters["closed"]
    right = {"number": matter.case.number, "secret": matter.secret}
    assert [client.post("/track/", right).status_code for _ in range(4)] == [302] * 4
    wrong = {**right, "secret": other.secret}
    assert [client.post("/track/", wrong).status_code for _ in range(3)] == [422, 422, 429]
    held = client.post("/track/", right)
    assert held.status_code == 429
    assert f'value="{matter.case.number}"' in held.content.decode()


def test_a_photograph_that_is_none_is_named(browsing: City, client: Client) -> None:
    wrong = photograph("wall.png")
    text = client.post(COMPLAIN, {**given(browsing), "photos": [wrong]}).content.decode()
    assert "“wall.png”" in text


def test_where_nobody_is_competent_it_is_said(browsing: City, client: Client) -> None:
    Jurisdiction.objects.update(valid_to=F("valid_from"))
    forget_kept()
    response = client.post(COMPLAIN, given(browsing))
    assert response.status_code == 422
    assert "No body is competent" in response.content.decode()
    forget_kept()


def test_photographs_chosen_before_the_next_level_are_not_lost_without_a_word(
    browsing: City, client: Client
) -> None:
    asked = {"county": browsing.worlds["t"].place.parent_id, "choose": "area"}
    said = "Please choose the photographs again: a browser does not send them twice."
    assert said not in client.post(COMPLAIN, asked).text
    assert client.post(COMPLAIN, {**asked, "photos": [photograph()]}).text.count(said) == 2


def test_the_next_level_is_filled_without_script(browsing: City, client: Client) -> None:
    county = browsing.worlds["t"].body.area
    text = client.post(COMPLAIN, {"county": county.id, "choose": "area", "description": "漏"}).content.decode()
    assert f'value="{browsing.worlds["t"].place.id}"' in text
    assert "\n漏</textarea>" in text
    assert 'role="alert"' not in text


def test_a_wrong_secret_and_an_unknown_number_are_told_alike(browsing: City, client: Client) -> None:
    matter, other = browsing.worlds["t"].matters["received"], browsing.worlds["t"].matters["closed"]
    known = client.post("/track/", {"number": matter.case.number, "secret": other.secret})
    unknown = client.post("/track/", {"number": "TS-3704-2026-999999-0", "secret": other.secret})
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert "No case has this number and secret" in known.content.decode()
    assert client.get(f"/track/{matter.case.number}/").status_code == 404


def test_the_reporter_follows_and_withdraws(browsing: City, client: Client) -> None:
    matter = browsing.worlds["t"].matters["received"]
    page = f"/track/{matter.case.number}/"
    client.post("/track/", {"number": matter.case.number.lower(), "secret": matter.secret.lower()})
    text = client.get(page).content.decode()
    assert "Withdraw the complaint" in text
    assert browsing.worlds["t"].person_word not in text
    key = f"{housing_of(matter.case).id}-retract"
    sent = {"step": key, f"{key}-expected_number": "1"}
    refused = client.post(page, sent)
    assert refused.status_code == 422
    assert "“Reason” is missing." in refused.content.decode()
    assert client.post(page, {**sent, f"{key}-reason": "修好了"}).status_code == 302
    assert housing_of(matter.case).state == "withdrawn"


def test_the_reporter_reopens(browsing: City) -> None:
    matter, client = browsing.worlds["t"].matters["closed"], browsing.people["reporter"].browser()
    assert client.post(f"/track/{matter.case.number}/", as_sent(matter)).status_code == 302
    assert loop_of(matter.case).state == "open"
    assert housing_of(matter.case).state == "received"


def test_a_company_answers_by_its_link(browsing: City, client: Client) -> None:
    matter = browsing.worlds["t"].matters["ordered"]
    page = f"/answer/{matter.invitation}/"
    text = client.get(page).content.decode()
    assert f"返工 {matter.word}" in text
    assert "139" not in text
    late = {key: "2027-03-01" if key.endswith("promised_on") else value for key, value in as_sent(matter).items()}
    refused = client.post(page, late)
    assert refused.status_code == 422
    assert "promise that day or an earlier one" in refused.content.decode()
    assert client.post(page, as_sent(matter)).status_code == 302
    assert housing_of(matter.case).state == "promised"


def test_places_and_buildings_are_suggested(browsing: City, client: Client) -> None:
    world = browsing.worlds["t"]
    names = [one["name"] for one in client.get(f"/places/children/?parent={world.body.area_id}").json()]
    assert world.place.name in names
    assert client.get("/places/children/?parent=x").json() == []
    found = client.get("/zaozhuang/sites/?q=阳光花园").json()
    assert {"id": world.site.id, "label": f"阳光花园 {world.site.name}", "note": world.place.name} in found
    assert browsing.worlds["r"].site.id not in [one["id"] for one in found]
