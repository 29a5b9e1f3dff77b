"""How many statements a page costs: as many for twenty-five records as for five."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from web.walk.matters import SEARCHED
from web.walk.moments import NOW
from web.walk.people import City
from zhicheng.cases.api import Complaint, housing_of, open_case
from zhicheng.core.access import Role
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.packs.api import get_term
from zhicheng.ground.proceedings.api import advance

PAGES = {
    "/desk/": ("t-clerk", 19),
    "/desk/cases/": ("t-officer", 16),
    "/desk/cases/frequent/": ("t-officer", 12),
    "/desk/cases/by-place/": ("t-officer", 15),
    f"/desk/search/?q={SEARCHED}": ("t-officer", 9),
    "/desk/notices/": ("t-clerk", 8),
    "/api/v1/cases?limit=100": ("t-officer", 7),
    "/desk/sites/{site}/": ("t-officer", 16),
    "/desk/organizations/{company}/": ("t-officer", 17),
}
CASE_PAGE = 54


def statements(city: City, name: str, address: str) -> int:
    """How many statements a page costs when nothing is kept."""
    client = city.people[name].browser()
    forget_kept()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.fixture
def more(browsing: City) -> Callable[[int], None]:
    """Makes so many more complaints about the building; each waits to be accepted."""
    world = browsing.worlds["t"]
    leak = get_term("housing.category", "leak", world.place)

    def more(count: int) -> None:
        for number in range(count):
            complaint = Complaint(
                title=f"{SEARCHED} {number}", description="卫生间顶板渗水，墙面发霉。", category=leak,
                area=world.place, site=world.site, reporter_phone="13800000000",
                request_key=UUID(int=10**9 + number, version=4),
            )  # fmt: skip
            open_case(complaint=complaint, now=NOW)

    return more


@pytest.mark.parametrize(("address", "name", "most"), [(address, *told) for address, told in PAGES.items()])
def test_a_page_costs_the_same_for_more_records(
    browsing: City, more: Callable[[int], None], address: str, name: str, most: int
) -> None:
    world = browsing.worlds["t"]
    where = address.format(site=world.site.id, company=world.company.id)
    few = statements(browsing, name, where)
    more(20)
    many = statements(browsing, name, where)
    assert many <= few
    assert many <= most


def test_a_case_costs_the_same_however_long_its_history(browsing: City, more: Callable[[int], None]) -> None:
    matter = browsing.worlds["t"].matters["rectified"]
    address = f"/desk/cases/{matter.case.number}/"
    few = statements(browsing, "t-officer", address)
    officer = browsing.worlds["t"].actor(Role.OFFICER)
    for number in range(10):
        advance(
            proceeding=housing_of(matter.case).id, verb="note", by=officer, now=NOW, data={"note": f"{number}"}
        )
    more(10)
    many = statements(browsing, "t-officer", address)
    assert many <= few
    assert many <= CASE_PAGE
