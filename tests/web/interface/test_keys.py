"""Programs show a key: what it opens, and what it does not."""

from datetime import timedelta

import pytest
from django.test import Client

from web.interface.programs import of_county, program, speaking
from web.walk.matters import as_json
from web.walk.moments import NOW
from web.walk.people import City
from web.walk.worlds import HOUSE
from zhicheng.core.access import Role
from zhicheng.ground import clock
from zhicheng.ground.access.api import lock_account
from zhicheng.ground.interface.api import Key, Scope, revoke_key

LIST = "/api/v1/cases"


def test_a_key_reads_what_its_account_may_see(browsing: City) -> None:
    client = of_county(browsing, "t", Role.OFFICER)
    person = browsing.people["t-officer"].browser()
    assert client.get(LIST).json() == person.get(LIST).json()
    foreign = browsing.worlds["s"].matters["received"].case.number
    assert client.get(f"{LIST}/{foreign}").status_code == 404


def test_a_key_takes_a_step_without_a_token_against_forgery(browsing: City) -> None:
    client, matter = of_county(browsing, "t", Role.CLERK), browsing.worlds["t"].matters["received"]
    answer = client.post(f"{LIST}/{matter.case.number}/steps", as_json(matter), content_type="application/json")
    assert answer.status_code == 200, answer.json()


def test_a_browser_needs_the_token(browsing: City) -> None:
    person, matter = browsing.people["t-clerk"].browser(), browsing.worlds["t"].matters["received"]
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.cookies.update(person.cookies)
    answer = client.post(f"{LIST}/{matter.case.number}/steps", as_json(matter), content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("#forgery")


def test_a_reading_key_takes_no_step(browsing: City) -> None:
    client = of_county(browsing, "t", Role.CLERK, scopes=(Scope.READ,))
    matter = browsing.worlds["t"].matters["received"]
    answer = client.post(f"{LIST}/{matter.case.number}/steps", as_json(matter), content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["detail"] == "This key is not for “Open cases, take steps and enter records”."
    assert matter.proceeding.last_step == 1


def test_what_is_no_working_key_opens_nothing(browsing: City) -> None:
    user, issued = program(browsing.worlds["t"].body, Role.OFFICER)
    text, client = issued.text, speaking(issued.text)
    assert client.get(LIST).status_code == 200
    for wrong in ("", "zck_", text[:-1], text + "x", text.swapcase()):
        answer = speaking(wrong).get(LIST)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    with clock.fixed_at(NOW + timedelta(days=30)):
        assert client.get(LIST).status_code == 401
    lock_account(user=user, by=HOUSE, now=NOW)
    assert client.get(LIST).status_code == 401


def test_a_wrong_key_is_not_overlooked_for_a_session(browsing: City) -> None:
    person = browsing.people["t-officer"].browser()
    assert person.get(LIST).status_code == 200
    assert person.get(LIST, headers={"authorization": "Bearer zck_wrong"}).status_code == 401


def test_a_revoked_key_is_refused_at_once(browsing: City) -> None:
    _, issued = program(browsing.worlds["t"].body, Role.OFFICER)
    client = speaking(issued.text)
    revoke_key(key=issued.key, by=HOUSE, now=NOW)
    assert client.get(LIST).status_code == 401


def test_the_use_of_a_key_is_noted_once_a_minute(browsing: City) -> None:
    _, issued = program(browsing.worlds["t"].body, Role.OFFICER)
    client, used = speaking(issued.text), []
    for later in (0, 30, 61):
        with clock.fixed_at(NOW + timedelta(seconds=later)):
            assert client.get(LIST).status_code == 200
        used.append(Key.objects.get(id=issued.key.id).last_used_at)
    assert used == [NOW, NOW, NOW + timedelta(seconds=61)]


@pytest.mark.parametrize("role", [Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
def test_an_administrators_program_sees_no_case(browsing: City, role: Role) -> None:
    assert of_county(browsing, "t", role).get(LIST).json()["items"] == []
