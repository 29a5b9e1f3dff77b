"""Frequent problems and the map: every number opens to as many cases as it says."""

import json
import re
from html import unescape
from uuid import UUID

import pytest

from web.walk.moments import RECENTLY
from web.walk.people import City
from zhicheng.cases.api import Complaint, housing_of, open_case
from zhicheng.ground.areas.api import Area
from zhicheng.ground.packs.api import get_term

PAGES = ("/desk/cases/frequent/", "/desk/cases/by-place/", "/desk/cases/by-place/map.json")
LINK = re.compile(r'<a href="(/desk/cases/\?[^"]+)">(\d+)</a>')
STAT = re.compile(r'<a href="(/desk/cases/\?[^"]+)" class="zc-stat".*?zc-stat-value">([^<]+)<', re.S)
CHANGE = re.compile(r'<a href="(/desk/cases/\?[^"]+)">([+−]\d+)</a>')


def listed(city: City, name: str, address: str) -> int:
    """How many cases the list behind a figure holds."""
    text = city.people[name].browser().get(unescape(address)).content.decode()
    return len(set(re.findall(r"TS-\d{4}-2026-\d{6}-\d", text)))


@pytest.mark.parametrize(("name", "total"), [("t-officer", 7), ("caller", 14), ("r-officer", 7)])
@pytest.mark.parametrize("page", PAGES[:2])
def test_every_number_opens_to_its_cases(browsing: City, page: str, name: str, total: int) -> None:
    figures = LINK.findall(browsing.people[name].browser().get(page).content.decode())
    assert figures
    for address, count in figures:
        assert listed(browsing, name, address) == int(count)
    assert max(int(count) for _, count in figures) in (total, total // 2)


def test_the_map_counts_what_the_viewer_may_see(browsing: City) -> None:
    def counts(name: str) -> dict[str, str]:
        answer = json.loads(browsing.people[name].browser().get(PAGES[2]).content)
        return {one["properties"]["name"]: one["properties"]["label"] for one in answer["features"]}

    assert counts("t-officer") == {"滕州市": "7"}
    assert counts("caller")["市中区"] == "7"
    assert counts("caller")["山亭区"] == "0"


def test_one_county_is_chosen(browsing: City) -> None:
    county = browsing.worlds["s"].body.area
    text = browsing.people["caller"].browser().get(f"/desk/cases/frequent/?area={county.id}").content.decode()
    assert [int(count) for _, count in LINK.findall(text)] == [7]


@pytest.mark.parametrize("page", PAGES[:2])
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("month=2026-13", "“2026-13” is not a month"),
        ("month=2027-01", "2027-01 has not begun; the latest month is 2026-11."),
        ("area=999999", "“999999” is none of the choices here."),
        ("area=x", "“x” is none of the choices here."),
        ("category=nonsense", "“nonsense” is none of the choices here."),
    ],
)
def test_what_cannot_be_answered_is_named(browsing: City, page: str, query: str, told: str) -> None:
    response = browsing.people["t-officer"].browser().get(f"{page}?{query}")
    assert response.status_code == 400
    assert told in response.content.decode()


def test_totals_and_changes_open_too(browsing: City) -> None:
    text = browsing.people["t-officer"].browser().get(PAGES[0]).content.decode()
    stats = STAT.findall(text)
    assert [value for _, value in stats] == ["7", "0", "+7"]
    assert [listed(browsing, "t-officer", address) for address, _ in stats] == [7, 0, 7]
    for page in PAGES[:2]:
        changes = CHANGE.findall(browsing.people["t-officer"].browser().get(page).content.decode())
        assert changes
        for address, change in changes:
            assert listed(browsing, "t-officer", address) == int(change)


def test_a_countys_officer_chooses_among_its_townships(browsing: City) -> None:
    place = browsing.worlds["t"].place
    officer = browsing.people["t-officer"].browser()
    assert f'<option value="{place.id}">{place.name}</option>' in officer.get(PAGES[0]).content.decode()
    chosen = officer.get(f"{PAGES[0]}?area={place.id}").content.decode()
    assert [value for _, value in STAT.findall(chosen)] == ["7", "0", "+7"]
    other = place.parent.children.exclude(id=place.id).filter(valid_to__isnull=True).first()
    empty = officer.get(f"{PAGES[0]}?area={other.id}").content.decode()
    assert [value for _, value in STAT.findall(empty)] == ["0", "0", "±0"]


def test_places_are_compared_for_one_category(browsing: City) -> None:
    officer = browsing.people["t-officer"].browser()
    category = browsing.worlds["t"].matters["accepted"].case.category
    text = officer.get(f"{PAGES[1]}?category={category.code}").content.decode()
    figures = LINK.findall(text)
    assert figures
    for address, count in figures:
        assert f"category={category.code}" in address
        assert listed(browsing, "t-officer", address) == int(count)
    others = officer.get(f"{PAGES[1]}?category=hollow").content.decode()
    assert LINK.findall(others) == []


@pytest.mark.parametrize("page", PAGES)
def test_companies_and_administrators_have_no_figures(browsing: City, page: str) -> None:
    for name in ("t-company", "security", "audit", "system"):
        assert browsing.people[name].browser().get(page).status_code == 403


def test_a_case_of_a_county_that_ended_is_its_heirs(browsing: City) -> None:
    """滕县 (370421) became 滕州市 (370481) by two successions: nothing of it is lost to anybody."""
    world = browsing.worlds["t"]
    ended = Area.objects.get(code="370421000000")
    complaint = Complaint(
        title="滕县老宿舍漏水", description="屋面多处渗水，一到雨天就漏。", area=ended,
        category=get_term("housing.category", "leak", ended), request_key=UUID(int=99, version=4),
    )  # fmt: skip
    case = open_case(complaint=complaint, now=RECENTLY).case
    assert housing_of(case).holder_id == world.body.id
    officer, stranger = (browsing.people[name].browser() for name in ("t-officer", "s-officer"))
    assert officer.get(f"/desk/cases/{case.number}/").status_code == 200
    assert stranger.get(f"/desk/cases/{case.number}/").status_code == 404
    figures = dict(LINK.findall(officer.get(PAGES[1]).content.decode()))
    address = next(one for one in figures if f"area={world.body.area.id}" in one)
    assert figures[address] == "8"
    assert listed(browsing, "t-officer", address) == 8
    answer = json.loads(officer.get(PAGES[2]).content)
    assert [one["properties"]["label"] for one in answer["features"]] == ["8"]
    chosen = officer.get(f"{PAGES[0]}?area={world.body.area.id}").content.decode()
    assert "8" in {count for _, count in LINK.findall(chosen)}
