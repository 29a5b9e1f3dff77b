"""The HTTP interface of cases: what it answers, and how it refuses whatever a program may send."""

from typing import Any

import pytest
from django.test import Client

from web.walk.matters import Matter, as_json
from web.walk.people import City
from zhicheng.cases.api import housing_of

LIST = "/api/v1/cases"


def send(client: Client, matter: Matter, **changes: Any) -> Any:
    """Sends the due step of a matter, changed."""
    body = {**as_json(matter), **changes}
    return client.post(f"{LIST}/{matter.case.number}/steps", body, content_type="application/json")


def test_the_list_is_read_page_by_page(browsing: City) -> None:
    client, seen, after = browsing.people["t-officer"].browser(), [], ""
    while True:
        answer = client.get(f"{LIST}?limit=3{after}").json()
        seen += [item["number"] for item in answer["items"]]
        if answer["after"] is None:
            break
        after = f"&after={answer['after']}"
    own = browsing.worlds["t"]
    assert sorted(seen) == sorted([*(one.case.number for one in own.matters.values()), own.upload.case.number])


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "after=x"])
def test_a_list_that_cannot_be_read(browsing: City, query: str) -> None:
    assert browsing.people["t-officer"].browser().get(f"{LIST}?{query}").status_code == 422


def test_one_case_and_what_may_be_done(browsing: City) -> None:
    matter, client = browsing.worlds["t"].matters["rectified"], browsing.people["t-officer"].browser()
    answer = client.get(f"{LIST}/{matter.case.number}").json()
    states = {one["kind"]: (one["state"], one["number"]) for one in answer["proceedings"]}
    assert states["housing_quality"] == ("rectified", 4)
    offered = {one["verb"]: one for one in client.get(f"{LIST}/{matter.case.number}/steps").json()}
    assert {"verify", "refuse"} <= set(offered)
    assert [need["key"] for need in offered["verify"]["needs"] if need["required"]] == ["checked_on", "finding"]
    assert "1390" not in str(answer)


def test_a_step_sent_twice_is_taken_once(browsing: City) -> None:
    matter, client = browsing.worlds["t"].matters["received"], browsing.people["t-clerk"].browser()
    body = as_json(matter)
    first = send(client, matter, **body)
    again = send(client, matter, **body)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert housing_of(matter.case).last_step == 2


def test_a_matter_that_was_moved_is_a_conflict(browsing: City) -> None:
    matter, officer = browsing.worlds["t"].matters["received"], browsing.people["t-officer"].browser()
    body = as_json(matter)
    assert send(browsing.people["t-clerk"].browser(), matter, **body).status_code == 200
    assert send(officer, matter, **body).status_code == 409


def test_a_refusal_names_every_field(browsing: City) -> None:
    matter, client = browsing.worlds["t"].matters["accepted"], browsing.people["t-officer"].browser()
    answer = send(client, matter, data={"cause": "nonsense", "due_on": "2020-01-01", "strange": "1"})
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"cause", "company", "due_on", "requirement", "strange"}


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", 20261201, ["2026-12-01"]])
def test_what_is_no_date_is_refused_at_its_field(browsing: City, day: Any) -> None:
    matter, client = browsing.worlds["t"].matters["accepted"], browsing.people["t-officer"].browser()
    answer = send(client, matter, data={**as_json(matter)["data"], "due_on": day})
    assert (answer.status_code, set(answer.json()["fields"])) == (422, {"due_on"})


@pytest.mark.parametrize("value", [None, 1, "x", [], ["x"], {}, {"a": 1}, True, 10**30, "", "\x00", "\ud800"])
@pytest.mark.parametrize(
    ("state", "name", "key"),
    [
        ("accepted", "t-officer", "cause"), ("accepted", "t-officer", "company"),
        ("accepted", "t-officer", "due_on"), ("accepted", "t-officer", "requirement"),
        ("awaiting", "caller", "outcome"), ("rectified", "t-officer", "site_photos"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_and_never_fails(browsing: City, state: str, name: str, key: str, value: Any) -> None:
    matter = browsing.worlds["t"].matters[state]
    number = matter.proceeding.last_step
    answer = send(browsing.people[name].browser(), matter, data={**as_json(matter)["data"], key: value})
    taken = (key == "site_photos" and value in (None, "", [], "\x00", "\ud800")) or (
        key == "requirement" and value == "x"
    )
    assert answer.status_code == (200 if taken else 422)
    assert matter.proceeding.last_step == number + taken


@pytest.mark.parametrize("changes", [{"verb": "nonsense"}, {"verb": "order"}, {"number": "x"}, {"data": []}])
def test_a_step_that_is_none_is_refused(browsing: City, changes: dict[str, Any]) -> None:
    matter, client = browsing.worlds["t"].matters["received"], browsing.people["t-clerk"].browser()
    assert send(client, matter, **changes).status_code == 422
    assert send(client, matter, proceeding=1, verb="accept").status_code in (404, 422)


def test_nobody_reads_it_signed_out(browsing: City) -> None:
    matter, client = browsing.worlds["t"].matters["received"], browsing.people["anybody"].browser()
    assert client.get(LIST).status_code == 401
    assert client.get(f"{LIST}/{matter.case.number}").status_code == 401
    assert send(client, matter).status_code == 401
