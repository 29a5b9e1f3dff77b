"""Frequent problems and the map: every number opens to as many cases as it says."""

import json
import re
from html import unescape

import pytest

from web.walk.people import City

PAGES = ("/desk/cases/frequent/", "/desk/cases/by-place/", "/desk/cases/by-place/map.json")
LINK = re.compile(r'<a href="(/desk/cases/\?[^"]+)">(\d+)</a>')


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
def test_a_month_that_is_none_is_named(browsing: City, page: str) -> None:
    response = browsing.people["t-officer"].browser().get(f"{page}?month=2026-13")
    assert response.status_code == 400
    assert "“2026-13” is not a month" in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_companies_and_administrators_have_no_figures(browsing: City, page: str) -> None:
    for name in ("t-company", "security", "audit", "system"):
        assert browsing.people[name].browser().get(page).status_code == 403
