"""The pages of cases on the desk: what each role is shown and may do, and how each is refused."""

from re import findall
from typing import Any

import pytest

from web.walk.bodies import read_body
from web.walk.matters import SEARCHED, Matter, as_sent
from web.walk.people import City
from zhicheng.cases.api import Case, housing_of, loop_of
from zhicheng.cases.models import CategoryChoice
from zhicheng.ground.ledger.api import list_entries
from zhicheng.ground.proceedings.api import Invitation

OFFERED = (
    ("received", "t-clerk", "Accept"),
    ("received", "t-officer", "Transfer to another body"),
    ("accepted", "t-officer", "Order rectification"),
    ("requested", "t-leader", "Approve: Close as unfounded"),
    ("ordered", "t-company", "Promise a date"),
    ("rectified", "t-officer", "Verify on the spot"),
    ("awaiting", "caller", "Record the call-back"),
    ("closed", "caller", "Reopen"),
)
NOT_OFFERED = (
    ("received", "t-leader", "Accept"),
    ("received", "city", "Accept"),
    ("accepted", "t-clerk", "Order rectification"),
    ("requested", "t-officer", "Approve: Close as unfounded"),
    ("ordered", "t-officer", "Promise a date"),
    ("rectified", "t-company", "Verify on the spot"),
    ("awaiting", "t-officer", "Record the call-back"),
    ("closed", "t-officer", "Reopen"),
)


def page(city: City, name: str, matter: Matter) -> str:
    """The page of a matter as somebody is shown it."""
    response = city.people[name].browser().get(f"/desk/cases/{matter.case.number}/")
    assert response.status_code == 200
    return response.content.decode()


def button(label: str) -> str:
    """How a step is offered."""
    return f"<span>{label}</span>"


@pytest.mark.parametrize(("state", "name", "label"), OFFERED)
def test_whose_turn_it_is_is_offered_the_step(browsing: City, state: str, name: str, label: str) -> None:
    assert button(label) in page(browsing, name, browsing.worlds["t"].matters[state])


@pytest.mark.parametrize(("state", "name", "label"), NOT_OFFERED)
def test_nobody_else_is(browsing: City, state: str, name: str, label: str) -> None:
    assert button(label) not in page(browsing, name, browsing.worlds["t"].matters[state])


def test_what_brings_a_case_on_stands_first(browsing: City) -> None:
    text = page(browsing, "t-officer", browsing.worlds["t"].matters["accepted"])
    places = [text.index(button(label)[:-7]) for label in (
        "Order rectification", "Close as unfounded", "More steps", "Transfer to another body",
        "Add an internal remark",
    )]  # fmt: skip
    assert places == sorted(places)


def test_rare_steps_are_folded_and_opened_while_one_of_them_is_worked_on(browsing: City) -> None:
    matter = browsing.worlds["t"].matters["accepted"]
    folded = page(browsing, "t-officer", matter)
    assert '<details class="zc-more" id="more">' in folded
    key = f"{housing_of(matter.case).id}-involve"
    sent = {"step": key, f"{key}-expected_number": str(matter.proceeding.last_step)}
    response = browsing.people["t-officer"].browser().post(f"/desk/cases/{matter.case.number}/", sent)
    assert response.status_code == 422
    assert '<details class="zc-more" id="more" open>' in response.content.decode()
    assert "“Body” is missing." in response.content.decode()


def test_few_steps_are_not_folded(browsing: City) -> None:
    text = page(browsing, "t-company", browsing.worlds["t"].matters["ordered"])
    assert button("Promise a date") in text
    assert "zc-more" not in text


def test_staff_see_the_reporter_masked_and_the_company_sees_none(browsing: City) -> None:
    matter = browsing.worlds["t"].matters["ordered"]
    staff = page(browsing, "t-officer", matter)
    assert "139****0000" in staff
    assert "13900000000" not in staff
    company = page(browsing, "t-company", matter)
    assert "139****0000" not in company
    assert "/reporter/" not in company


def test_internal_notes_stay_inside(browsing: City) -> None:
    matter = browsing.worlds["t"].matters["accepted"]
    assert f"内部 {matter.word}" in page(browsing, "city", matter)


def test_a_step_is_taken_and_said(browsing: City) -> None:
    matter, client = browsing.worlds["t"].matters["received"], browsing.people["t-clerk"].browser()
    response = client.post(f"/desk/cases/{matter.case.number}/", as_sent(matter), follow=True)
    assert response.redirect_chain == [(f"/desk/cases/{matter.case.number}/", 302)]
    assert "Done: Accept" in response.content.decode()
    assert housing_of(matter.case).state == "accepted"


def test_a_refused_step_names_its_fields_and_keeps_what_was_typed(browsing: City) -> None:
    matter, client = browsing.worlds["t"].matters["rectified"], browsing.people["t-officer"].browser()
    sent = {key: value for key, value in as_sent(matter).items() if not key.endswith("finding")}
    day = next(key for key in sent if key.endswith("checked_on"))
    response = client.post(f"/desk/cases/{matter.case.number}/", {**sent, day: "2026-11-29"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "“Finding” is missing." in text
    assert 'value="2026-11-29"' in text
    assert housing_of(matter.case).state == "rectified"


@pytest.mark.parametrize("step", ["", "nonsense", "1-accept", "999999999999999999999999-accept"])
def test_a_step_of_another_case_does_not_exist(browsing: City, step: str) -> None:
    matter, client = browsing.worlds["t"].matters["rectified"], browsing.people["t-officer"].browser()
    assert client.post(f"/desk/cases/{matter.case.number}/", {"step": step}).status_code == 404


def test_the_reporter_is_shown_in_full_for_a_reason(browsing: City) -> None:
    matter, client = browsing.worlds["t"].matters["awaiting"], browsing.people["caller"].browser()
    address = f"/desk/cases/{matter.case.number}/reporter/"
    refused = client.post(address, {"reason": "n"})
    assert refused.status_code == 422
    assert "13900000000" not in refused.content.decode()
    shown = client.post(address, {"reason": "call back"})
    assert "13900000000" in shown.content.decode()
    assert [entry.act for entry in list_entries(("contact", matter.case.reporter_id or 0))][-1] == "reveal"
    assert browsing.people["t-company"].browser().get(address).status_code == 403


def test_an_officer_makes_a_link_that_opens(browsing: City) -> None:
    matter, client = browsing.worlds["t"].matters["ordered"], browsing.people["t-officer"].browser()
    before = Invitation.objects.count()
    text = client.post(f"/desk/cases/{matter.case.number}/invite/").content.decode()
    assert Invitation.objects.count() == before + 1
    secret = text.partition("/answer/")[2].partition("/")[0]
    answer = browsing.people["anybody"].browser().get(f"/answer/{secret}/")
    assert answer.status_code == 200
    assert button("Promise a date") in answer.content.decode()
    assert client.get(f"/desk/cases/{matter.case.number}/invite/").status_code == 405


def test_a_historical_case_gets_its_category(browsing: City) -> None:
    early, client = browsing.worlds["t"].upload.case, browsing.people["t-officer"].browser()
    address = f"/desk/cases/{early.number}/category/"
    client.post(address, {"category": "nonsense"})
    assert Case.objects.get(pk=early.pk).category is None
    client.post(address, {"category": "leak"})
    category = Case.objects.get(pk=early.pk).category
    assert category is not None
    assert category.code == "leak"
    assert browsing.people["t-clerk"].browser().post(address, {"category": "leak"}).status_code == 403


def test_files_are_what_they_are(browsing: City) -> None:
    matter, client = browsing.worlds["t"].matters["rectified"], browsing.people["t-officer"].browser()
    photo, paper = matter.attachments
    where = f"/desk/cases/{matter.case.number}/files"
    for address, kind in (
        (f"{photo}/", "image/jpeg"),
        (f"{photo}/small/", "image/webp"),
        (f"{paper}/", "application/pdf"),
    ):
        response = client.get(f"{where}/{address}")
        assert response.status_code == 200
        assert response["Content-Type"] == kind
        assert response["X-Content-Type-Options"] == "nosniff"
        assert read_body(response)
    assert client.get(f"{where}/{paper}/small/").status_code == 404
    assert client.get(f"{where}/999999999999/").status_code == 404


def rows(response: Any) -> list[str]:
    """The words of the cases that a list shows."""
    text = response.content.decode()
    return sorted(set(findall(rf"{SEARCHED} (\w+)", text)))


def test_the_list_filters(browsing: City) -> None:
    client, matters = browsing.people["t-officer"].browser(), browsing.worlds["t"].matters
    everything = sorted(matter.word for matter in matters.values())
    assert rows(client.get("/desk/cases/")) == everything
    assert rows(client.get("/desk/cases/?state=housing_quality:received")) == [matters["received"].word]
    assert rows(client.get("/desk/cases/?category=leak")) == everything
    assert rows(client.get("/desk/cases/?category=paint")) == []
    assert rows(client.get(f"/desk/cases/?q={matters['closed'].case.number}")) == [matters["closed"].word]
    assert rows(client.get("/desk/cases/?received_from=2027-01-01")) == []
    assert rows(browsing.people["t-company"].browser().get("/desk/cases/")) == sorted(
        matters[state].word for state in ("ordered", "rectified", "awaiting", "closed")
    )


@pytest.mark.parametrize("address", ["?sort=nonsense", "?after=nonsense", "?before=AAAA"])
def test_a_list_that_cannot_be_read_says_why(browsing: City, address: str) -> None:
    response = browsing.people["t-officer"].browser().get(f"/desk/cases/{address}")
    assert response.status_code == 400
    assert "This list cannot be shown as asked" in response.content.decode()


def test_the_loop_is_closed_by_somebody_else(browsing: City) -> None:
    matter, client = browsing.worlds["t"].matters["awaiting"], browsing.people["caller"].browser()
    assert client.post(f"/desk/cases/{matter.case.number}/", as_sent(matter)).status_code == 302
    assert loop_of(matter.case).state == "closed"


def test_a_historical_case_is_shown_categories_and_the_answer_is_kept(browsing: City) -> None:
    early = browsing.worlds["t"].upload.case
    Case.objects.filter(pk=early.pk).update(title="供暖不热", description="供暖以后家里一直不热。")
    client = browsing.people["t-officer"].browser()
    page = client.get(f"/desk/cases/{early.number}/").content.decode()
    assert "Heating that stays cold</button>" in page
    assert "From the words of the categories and invented texts" in page
    client.post(f"/desk/cases/{early.number}/category/", {"category": "leak"})
    (choice,) = CategoryChoice.objects.filter(case=early)
    assert (choice.chosen.code, choice.accepted, choice.model) == ("leak", False, "")
    assert choice.suggested[0] == "heating"
    assert "Suggested category" not in client.get(f"/desk/cases/{early.number}/").content.decode()
