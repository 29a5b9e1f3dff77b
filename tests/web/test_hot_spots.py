"""The page of hot spots: its numbers open to the cases; whoever is no staff has none."""

import pytest

from web.walk.people import City

PAGE = "/desk/cases/hot-spots/"


def test_the_cases_of_a_spot_are_those_that_one_may_see(browsing: City) -> None:
    text = browsing.people["t-officer"].browser().get(PAGE).content.decode()
    own, foreign = browsing.worlds["t"], browsing.worlds["s"]
    assert "One person tells it again" in text
    assert all(matter.case.number in text for matter in own.matters.values())
    assert not any(matter.case.number in text for matter in foreign.matters.values())


def test_days_that_are_not_offered_are_named(browsing: City) -> None:
    response = browsing.people["t-officer"].browser().get(f"{PAGE}?days=7")
    assert response.status_code == 400
    assert "“7” is none of the numbers of days offered." in response.content.decode()


@pytest.mark.parametrize("name", ["t-company", "security", "audit", "system"])
def test_companies_and_administrators_have_none(browsing: City, name: str) -> None:
    assert browsing.people[name].browser().get(PAGE).status_code == 403
