"""Hot spots: the same matter at the same place, ranked by how many people tell it, within what one may see."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from zhicheng.cases.api import Case, Complaint, open_case
from zhicheng.cases.hotspots.queries import FEWEST, HotSpot, list_hot_spots
from zhicheng.core.access import Actor, Reach, Role
from zhicheng.ground.areas.api import Area
from zhicheng.ground.objects.api import Site
from zhicheng.ground.packs.api import get_term

from .conftest import City

QUERIES = 5
PHONES = ("13800000001", "13800000002", "13800000003", "")


@pytest.fixture
def estate(city: City) -> tuple[Site, Site]:
    """Two buildings of one estate."""
    project = Site.objects.create(name="阳光花园", sort_key="y", kind="project", area=city.town)
    first, second = (
        Site.objects.create(name=f"{n}号楼", sort_key=str(n), kind="building", area=city.town, parent=project)
        for n in (1, 2)
    )
    return first, second


def tell(
    city: City, at: datetime, code: str, phone: str, site: Site | None = None, area: Area | None = None
) -> Case:
    complaint = Complaint(
        title="渗漏", description="顶板渗漏。", category=get_term("housing.category", code, city.town),
        area=area or city.town, site=site, request_key=uuid4(), reporter_phone=phone,
    )  # fmt: skip
    return open_case(complaint=complaint, now=at).case


def spots(city: City, now: datetime, days: int = 30) -> list[HotSpot]:
    return list_hot_spots(city.staff(3, Role.OFFICER), now, days)


def test_what_most_people_tell_comes_first(city: City, estate: tuple[Site, Site], now: datetime) -> None:
    one, other = estate
    for n in range(5):
        tell(city, now - timedelta(days=n), "hollow", PHONES[0], one)
    leaks = [tell(city, now - timedelta(days=n), "leak", PHONES[n], (one, other)[n % 2]) for n in range(4)]
    widest, narrow = spots(city, now)
    assert (widest.category.code, widest.count, widest.reach) == ("leak", 4, 4)
    assert widest.place == one.parent
    assert list(widest.cases) == leaks
    assert (narrow.category.code, narrow.count, narrow.reach) == ("hollow", 5, 1)
    assert narrow.is_one_person
    assert not widest.is_one_person


def test_without_a_building_the_township_is_the_place(city: City, now: datetime) -> None:
    village = city.town.children.first()
    assert village is not None
    for n in range(FEWEST):
        tell(city, now - timedelta(days=n), "leak", PHONES[n], area=village if n else city.town)
    [spot] = spots(city, now)
    assert spot.place == city.town


def test_fewer_or_older_or_different_is_no_spot(city: City, estate: tuple[Site, Site], now: datetime) -> None:
    for n in range(FEWEST - 1):
        tell(city, now, "leak", PHONES[n], estate[0])
    tell(city, now - timedelta(days=31), "leak", PHONES[2], estate[0])
    tell(city, now, "hollow", PHONES[2], estate[0])
    assert spots(city, now) == []
    assert [spot.count for spot in spots(city, now, 90)] == [FEWEST]


def test_what_one_may_not_see_makes_no_spot(city: City, estate: tuple[Site, Site], now: datetime) -> None:
    for n in range(FEWEST):
        tell(city, now, "leak", PHONES[n], estate[0])
    assert spots(city, now)
    elsewhere = Actor("user:4", "Wu", (Reach(Role.OFFICER, frozenset({city.supplier.id})),))
    assert list_hot_spots(elsewhere, now, 30) == []
    assert list_hot_spots(city.company(city.builder), now, 30) == []


def test_more_spots_need_no_more_queries(
    city: City, estate: tuple[Site, Site], now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for code in ("leak", "hollow", "tile"):
        for n in range(FEWEST):
            tell(city, now, code, PHONES[n], estate[0])
    with django_assert_max_num_queries(QUERIES):
        assert len(spots(city, now)) == 3
