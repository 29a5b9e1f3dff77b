"""A number of five thousand digits is refused like any other wrong one; Python will not read it."""

import pytest
from django.test import Client

from web.interface.programs import program, speaking
from web.walk.moments import NOW
from web.walk.people import City
from zhicheng.core.access import Role

LONG = "9" * 5000


@pytest.mark.parametrize(
    "address",
    [
        "/places/children/?parent=", "/zaozhuang/sites/?q=x&within=", "/desk/cases/?area=", "/desk/cases/?after=",
        "/desk/replies/new/?from=", "/desk/ledger/", "/desk/cases/",
    ],
)  # fmt: skip
def test_in_an_address(browsing: City, address: str) -> None:
    for browser in (Client(), browsing.people["t-officer"].browser(), browsing.people["t-leader"].browser()):
        assert browser.get(f"{address}{LONG}/" if address.endswith("/") else address + LONG).status_code < 500


@pytest.mark.parametrize("sent", [{"step": f"{LONG}-note"}, {"step": f"{LONG}-"}, {"to": LONG, "seen": LONG}])
def test_on_the_page_of_a_case(browsing: City, sent: dict[str, str]) -> None:
    matter = browsing.worlds["t"].matters["ordered"]
    officer = browsing.people["t-officer"].browser()
    assert officer.post(f"/desk/cases/{matter.case.number}/", sent).status_code in (404, 422)
    assert Client().post(f"/answer/{matter.invitation}/", sent).status_code in (404, 422)


def test_to_a_program(browsing: City) -> None:
    client = speaking(program(browsing.worlds["t"].body, Role.CLERK)[1].text)
    assert client.post("/api/v1/cases", f'{{"site": {LONG}}}', content_type="application/json").status_code in (
        400,
        422,
    )
    assert client.get(f"/api/v1/cases?limit={LONG}").status_code == 422
    assert client.get(f"/api/v1/cases/{LONG}").status_code == 404


def test_of_an_answer_on_the_hotline(browsing: City) -> None:
    given = {
        "request_key": "00000000-0000-4000-8000-0000000000fe", "began_at": NOW.isoformat(), "line": "line_12345",
        "description": "问保修期有多久。", "do": f"answer-{LONG}",
    }  # fmt: skip
    callers = [person for person in browsing.people.values() if person.role is Role.CALLER]
    assert {caller.browser().post("/desk/calls/new/", given).status_code for caller in callers} == {201}
