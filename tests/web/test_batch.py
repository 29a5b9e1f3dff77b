"""Acting on many matters at once: chosen in a list, each moved by itself, told of each, and never twice."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from web.walk.matters import Matter
from web.walk.people import City
from zhicheng.cases.api import Complaint, housing_of, open_case
from zhicheng.core.access import Role
from zhicheng.ground import clock
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.packs.api import get_term
from zhicheng.ground.proceedings.api import Proceeding, advance

ADDRESS = "/desk/batch/"


def opened(browsing: City, count: int) -> list[Proceeding]:
    """New complaints of one county, not yet accepted."""
    world = browsing.worlds["t"]
    leak = get_term("housing.category", "leak", world.place)
    cases = [
        open_case(
            complaint=Complaint(
                title=f"渗水{number}", description="卫生间渗水，物业没有处理。", category=leak, area=world.place,
                site=world.site, request_key=uuid4(),
            ),
            now=clock.now(),
        ).case
        for number in range(count)
    ]  # fmt: skip
    return [housing_of(case) for case in cases]


def values(proceedings: list[Proceeding]) -> list[str]:
    return [f"{one.id}.{one.last_step}" for one in proceedings]


def key(one: Proceeding, verb: str) -> str:
    return f"{one.kind}:{one.version}:{verb}"


def fresh(proceedings: list[Proceeding]) -> list[Proceeding]:
    return list(Proceeding.objects.filter(id__in=[one.id for one in proceedings]).order_by("id"))


def send(client: Client, proceedings: list[Proceeding], verb: str, **data: Any) -> Any:
    return client.post(ADDRESS, {"row": values(proceedings), "step": key(proceedings[0], verb), **data})


def test_the_lists_offer_their_rows_to_be_chosen(browsing: City) -> None:
    waiting = housing_of(browsing.worlds["t"].matters["received"].case)
    for address in ("/desk/", "/desk/cases/"):
        page = browsing.people["t-clerk"].browser().get(address).content.decode()
        assert f'name="row" value="{waiting.id}.{waiting.last_step}"' in page
        assert f'action="{ADDRESS}"' in page


def test_many_are_accepted_at_once_and_a_retry_accepts_none_twice(browsing: City) -> None:
    client, matters = browsing.people["t-clerk"].browser(), opened(browsing, 3)
    asked = client.get(ADDRESS, {"row": values(matters)}).content.decode()
    assert "3 of 3 chosen" in asked
    response = send(client, matters, "accept")
    assert response.status_code == 200
    assert {one.state for one in fresh(matters)} == {"accepted"}
    steps = {one.id: one.last_step for one in fresh(matters)}
    entries = Entry.objects.count()
    again = send(client, matters, "accept").content.decode()
    assert again.count("Had been done already") == 3
    assert {one.id: one.last_step for one in fresh(matters)} == steps
    assert Entry.objects.count() == entries


def test_what_is_refused_for_one_changes_nothing_for_the_others(browsing: City) -> None:
    matters = opened(browsing, 3)
    officer = browsing.worlds["t"].actor(Role.OFFICER)
    seen = values(matters)
    advance(proceeding=matters[1].id, verb="accept", by=officer, now=clock.now())
    data = {"row": seen, "step": key(matters[0], "accept")}
    page = browsing.people["t-clerk"].browser().post(ADDRESS, data).content.decode()
    assert page.count("Not done") == 2  # the head and the row
    assert "It was moved meanwhile; it is now in the state “" in page
    assert {one.state for one in fresh(matters)} == {"accepted"}
    assert [one.last_step for one in fresh(matters)] == [2, 2, 2]


def test_a_note_is_written_to_all_and_what_is_missing_is_asked_for(browsing: City) -> None:
    client, matters = browsing.people["t-officer"].browser(), opened(browsing, 2)
    send(client, matters, "accept")
    matters = fresh(matters)
    response = send(client, matters, "note", note="")
    assert response.status_code == 422
    assert [one.last_step for one in fresh(matters)] == [2, 2]
    page = send(client, matters, "note", note="下周一一起去看").content.decode()
    assert page.count("Done") >= 2
    assert [one.last_step for one in fresh(matters)] == [3, 3]


@pytest.mark.parametrize("verb", ["reject", "verify", "order"])
def test_what_is_decided_one_by_one_is_not_taken_for_many(browsing: City, verb: str) -> None:
    matters = opened(browsing, 2)
    response = send(browsing.people["t-officer"].browser(), matters, verb, reason="无关", ground="outside_remit")
    assert response.status_code == 422
    assert {one.state for one in fresh(matters)} == {"received"}


def test_matters_of_others_are_neither_shown_nor_moved(browsing: City) -> None:
    foreign: Matter = browsing.worlds["s"].matters["received"]
    matters = [housing_of(foreign.case)]
    client = browsing.people["t-officer"].browser()
    page = client.get(ADDRESS, {"row": values(matters)}).content.decode()
    assert foreign.word not in page
    assert foreign.case.number not in page
    assert send(client, matters, "accept").status_code == 422
    assert fresh(matters)[0].state == "received"


@pytest.mark.parametrize("bad", ["x", "1", "1.2.3", "１.2", "9" * 30 + ".1", "-1.2"])
def test_an_address_that_names_no_matter_says_so(browsing: City, bad: str) -> None:
    response = browsing.people["t-officer"].browser().get(ADDRESS, {"row": bad})
    assert response.status_code == 400
    assert "names no matter" in response.content.decode()


def test_more_than_a_hundred_are_too_many(browsing: City) -> None:
    response = browsing.people["t-officer"].browser().get(ADDRESS, {"row": [f"{n}.1" for n in range(1, 102)]})
    assert response.status_code == 400
    assert "At most 100 matters" in response.content.decode()


def test_asking_costs_no_query_a_matter(browsing: City) -> None:
    client, counts = browsing.people["t-clerk"].browser(), []
    for count in (2, 6):
        chosen = values(opened(browsing, count))
        client.get(ADDRESS, {"row": chosen})
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS, {"row": chosen})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_papers_of_the_chosen_are_printed_together(browsing: City) -> None:
    ordered = [housing_of(browsing.worlds["t"].matters[name].case) for name in ("ordered", "rectified")]
    client = browsing.people["t-officer"].browser()
    page = client.get(ADDRESS, {"row": values(ordered)}).content.decode()
    assert re.search(r"[2-9] papers", page)
    response = client.post(ADDRESS, {"row": values(ordered), "step": "print"})
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    refused = client.post(ADDRESS, {"row": values(opened(browsing, 1)), "step": "print"})
    assert refused.status_code == 422
