"""Who handles a case: taken and handed over on its page, found in the inbox, and the same over HTTP."""

from typing import Any

import pytest
from django.test import Client

from web.walk.matters import Matter
from web.walk.people import City
from zhicheng.cases.api import housing_of
from zhicheng.core.access import Role
from zhicheng.ground.access.api import User

API = "/api/v1/cases"


@pytest.fixture
def matter(browsing: City) -> Matter:
    return browsing.worlds["t"].matters["accepted"]


def assignee(matter: Matter) -> User | None:
    return housing_of(matter.case).assignee


def press(client: Client, matter: Matter, **given: Any) -> str:
    """Presses a button of the panel as it stands; gives the page that follows."""
    seen = housing_of(matter.case).assignee_id or ""
    data = {"proceeding": housing_of(matter.case).id, "seen": seen, **given}
    response = client.post(f"/desk/cases/{matter.case.number}/assignee/", data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def inbox(client: Client, query: str) -> str:
    return client.get(f"/desk/?{query}").content.decode()


def address(matter: Matter) -> str:
    """What leads to the case; other matters about it may wait beside it."""
    return f'href="/desk/cases/id/{matter.case.id}/"'


def test_an_officer_takes_a_case_and_finds_it_among_their_own(browsing: City, matter: Matter) -> None:
    client = browsing.people["t-officer"].browser()
    assert "I handle this" in client.get(f"/desk/cases/{matter.case.number}/").content.decode()
    assert address(matter) in inbox(client, "assignee=nobody")
    page = press(client, matter, do="take")
    assert "You handle the case now." in page
    assert "You handle this case." in page
    assert "I handle this" not in page
    assert assignee(matter) == browsing.worlds["t"].staff[Role.OFFICER]
    assert address(matter) in inbox(client, "assignee=mine")
    assert address(matter) not in inbox(client, "assignee=nobody")
    assert address(matter) in inbox(client, "")
    assert "Nobody handles the case now." in press(client, matter, do="release")
    assert assignee(matter) is None


def test_a_leader_hands_it_to_a_colleague(browsing: City, matter: Matter) -> None:
    client, colleague = browsing.people["t-leader"].browser(), browsing.worlds["t"].staff[Role.CLERK]
    assert "The case is handed over." in press(client, matter, do="hand", to=colleague.pk)
    assert assignee(matter) == colleague
    assert "was handed to you" in browsing.people["t-clerk"].browser().get("/desk/notices/").content.decode()
    stranger = browsing.worlds["s"].staff[Role.CLERK]
    assert "cannot handle the matter" in press(client, matter, do="hand", to=stranger.pk)
    assert "Choose a colleague" in press(client, matter, do="hand")
    assert "Somebody else changed meanwhile" in press(client, matter, do="take", seen="")
    assert assignee(matter) == colleague


@pytest.mark.parametrize("name", ["t-company", "city"])
def test_others_who_see_it_are_not_told_who_handles_it(browsing: City, name: str) -> None:
    matter = browsing.worlds["t"].matters["ordered"]
    press(browsing.people["t-officer"].browser(), matter, do="take")
    client = browsing.people[name].browser()
    assert "Assignee</h2>" not in client.get(f"/desk/cases/{matter.case.number}/").content.decode()
    told = client.get(f"{API}/{matter.case.number}").json()["proceedings"]
    assert {one["assignee"] for one in told} == {None}
    officer = browsing.worlds["t"].staff[Role.OFFICER]
    assert f'<td data-label="Assignee">{officer.name}</td>' not in inbox(client, "assignee=mine")


def ask(client: Client, matter: Matter, **body: Any) -> Any:
    data = {"proceeding": housing_of(matter.case).id, **body}
    return client.post(f"{API}/{matter.case.number}/assignee", data, content_type="application/json")


def test_a_program_hands_a_case_as_the_desk_does(browsing: City, matter: Matter) -> None:
    client, held = browsing.people["t-leader"].browser(), housing_of(matter.case).id
    people = client.get(f"{API}/{matter.case.number}/assignees?proceeding={held}").json()
    assert {"t-clerk", "t-officer", "t-leader"} <= {one["username"] for one in people}
    for _ in range(2):
        answer = ask(client, matter, to="t-officer")
        assert (answer.status_code, answer.json()) == (200, {"proceeding": held, "assignee": "t-officer"})
    told = client.get(f"{API}/{matter.case.number}").json()["proceedings"]
    assert {one["kind"]: one["assignee"] for one in told}["housing_quality"] == "t-officer"
    assert ask(client, matter, to="t-clerk").status_code == 409
    assert ask(client, matter, to="t-clerk", seen="t-officer").status_code == 200
    assert ask(client, matter, seen="t-clerk").json() == {"proceeding": held, "assignee": None}


@pytest.mark.parametrize("to", ["nobody at all", "\x00", "s-clerk", "t-company"])
def test_a_program_cannot_hand_it_to_anybody_else(browsing: City, matter: Matter, to: str) -> None:
    assert ask(browsing.people["t-leader"].browser(), matter, to=to).status_code == 422
    assert assignee(matter) is None


def test_a_program_is_not_told_of_what_it_does_not_see(browsing: City, matter: Matter) -> None:
    assert ask(browsing.people["s-leader"].browser(), matter, to="s-clerk").status_code == 404
    assert ask(browsing.people["city"].browser(), matter, to="t-clerk").status_code == 422
    assert ask(browsing.people["t-leader"].browser(), matter, proceeding=0).status_code == 404
