"""The desk: the inbox, search, notices, buildings and organizations, for each role."""

import re

import pytest

from web.walk.matters import SEARCHED
from web.walk.people import City
from zhicheng.ground.notices.api import count_unread

WORKING = ("t-clerk", "t-officer", "t-leader", "t-company", "caller")
INBOXES = {
    "t-clerk": {"received"},
    "t-officer": {"accepted", "rectified"},
    "t-leader": {"requested"},
    "t-company": {"ordered"},
    "caller": {"awaiting"},
    "city": set(),
    "market": set(),
    "s-company": set(),
}


def text_of(city: City, name: str, address: str) -> str:
    """A page as somebody is shown it."""
    response = city.people[name].browser().get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


@pytest.mark.parametrize(("name", "states"), INBOXES.items())
def test_an_inbox_holds_what_is_ones_own_to_do(browsing: City, name: str, states: set[str]) -> None:
    text = text_of(browsing, name, "/desk/")
    _, _, listed = text.partition('id="list"')
    own = {state for state, matter in browsing.worlds["t"].matters.items() if matter.word in listed}
    assert own == states
    assert ("Nothing waits for you" in text) == (not states and name != "s-company")


@pytest.mark.parametrize("name", ["system", "security", "audit"])
def test_administrators_begin_at_their_own_work(browsing: City, name: str) -> None:
    response = browsing.people[name].browser().get("/desk/", follow=True)
    assert response.status_code == 200
    assert not any(word in response.content.decode() for word in browsing.people["t-officer"].cases)
    assert browsing.people[name].browser().get("/desk/search/?q=x").status_code == 403


@pytest.mark.parametrize("address", ["/desk/", "/desk/search/", "/desk/notices/", "/desk/sites/", "/desk/me/"])
def test_whoever_has_not_signed_in_is_asked_to(browsing: City, address: str) -> None:
    response = browsing.people["anybody"].browser().get(address)
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/desk/", "Inbox"), ("/desk/cases/", "Cases"), ("/desk/search/", ""),
        ("/desk/archive/", "Archive"), ("/desk/cases/ready/", "Archive"),
        ("/desk/cases/import/", "Historical cases"),
    ],
)  # fmt: skip
def test_the_navigation_says_where_one_is(browsing: City, address: str, words: str) -> None:
    """Everything lies below the inbox's address, and is not the inbox for that."""
    text = text_of(browsing, "t-officer", address)
    marked = re.findall(r'class="zc-rail-link"[^>]* aria-current="page">.*?</svg>([^<]+)', text)
    assert [one.strip() for one in marked] == [words] * bool(words)


def test_search_finds_numbers_and_words_within_the_scope(browsing: City) -> None:
    here, there = browsing.worlds["t"].matters["received"], browsing.worlds["s"].matters["received"]
    assert here.word in text_of(browsing, "t-officer", f"/desk/search/?q={here.case.number}")
    assert "Nothing found" in text_of(browsing, "t-officer", f"/desk/search/?q={there.case.number}")
    found = text_of(browsing, "t-officer", f"/desk/search/?q={SEARCHED}")
    assert here.word in found
    assert here.case.number in found, "by which it is told apart from others of its title"
    assert there.word not in found
    assert "What are you looking for?" in text_of(browsing, "t-officer", "/desk/search/")


def test_notices_are_read(browsing: City) -> None:
    officer = browsing.people["t-officer"]
    assert officer.user is not None
    assert count_unread(officer.user) > 0
    numbers = {matter.case.number for matter in browsing.worlds["t"].matters.values()}
    assert any(number in text_of(browsing, "t-officer", "/desk/notices/") for number in numbers)
    assert officer.browser().post("/desk/notices/").status_code == 302
    assert count_unread(officer.user) == 0


def test_a_building_shows_who_answers_and_its_cases(browsing: City) -> None:
    world = browsing.worlds["t"]
    text = text_of(browsing, "t-officer", f"/desk/sites/{world.site.id}/")
    assert world.company.name in text
    assert world.matters["received"].word in text
    market = text_of(browsing, "market", f"/desk/sites/{world.site.id}/")
    assert world.matters["received"].word not in market
    assert browsing.people["t-company"].browser().get(f"/desk/sites/{world.site.id}/").status_code == 403


def test_an_organization_shows_what_the_viewer_may_see(browsing: City) -> None:
    world = browsing.worlds["t"]
    address = f"/desk/organizations/{world.company.id}/"
    assert world.matters["ordered"].word in text_of(browsing, "t-officer", address)
    assert browsing.people["s-officer"].browser().get(address).status_code == 404


def test_the_list_of_buildings(browsing: City) -> None:
    assert browsing.worlds["t"].site_word in text_of(browsing, "t-clerk", "/desk/sites/?q=阳光花园")
    assert "Nothing fits" in text_of(browsing, "t-clerk", "/desk/sites/?q=没有这个")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("t-officer", "/desk/cases/%00/"),
        ("t-officer", "/desk/cases/?q=%00&state=%00&category=%00&area=%00"),
        ("t-officer", "/desk/cases/frequent/?area=%00&month=%00"),
        ("t-officer", "/desk/cases/id/99999999999999999999/"),
        ("t-officer", "/desk/search/?q=a%00b"),
        ("t-officer", "/desk/sites/99999999999999999999/"),
        ("t-officer", "/desk/organizations/99999999999999999999/"),
        ("t-officer", "/api/v1/cases/%00"),
        ("t-officer", "/ui/suggest/party?q=%00%00"),
        ("reporter", "/track/%00/"),
        ("anybody", "/zaozhuang/sites/?q=a%00b%00"),
        ("anybody", "/places/children/?parent=99999999999999999"),
        ("audit", "/desk/ledger/%00/1/"),
        ("audit", "/desk/ledger/case/99999999999999999999/"),
        ("audit", "/desk/ledger/?by=%00&act=%00"),
        ("security", "/desk/accounts/?q=%00"),
        ("security", "/desk/accounts/99999999999999999999/"),
    ],
)
def test_what_no_record_can_be_called_is_not_found(browsing: City, name: str, address: str) -> None:
    assert browsing.people[name].browser().get(address).status_code in (200, 400, 404)
