"""Entering sites and products with who answers for them: by whom, and once."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from zhicheng.core.access import Actor, Domain, Reach, Role
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.objects.api import (
    Answers,
    KnownObject,
    Product,
    Responsibility,
    Site,
    SiteKind,
    close_responsibility,
    enter_product,
    enter_responsibility,
    enter_site,
    flat,
    product_chain,
)
from zhicheng.ground.parties.api import EntryRefused, Kind, Organization, register_organization
from zhicheng.ground.search.models import SearchEntry

KEY = UUID(int=7, version=4)


def of(area: Area, domain: Domain = Domain.HOUSING) -> Actor:
    reach = Reach(Role.CLERK, frozenset({7}), (area.path,), frozenset({domain}))
    return Actor("user:4", "Wu", (reach,), user_id=4)


@pytest.fixture
def clerk(county: Area) -> Actor:
    return of(county)


@pytest.fixture
def company(county: Area, clerk: Actor, now: datetime) -> Organization:
    return register_organization(name="晨光建筑", kind=Kind.COMPANY, area=county, by=clerk, now=now)


@pytest.fixture
def estate(county: Area, clerk: Actor, now: datetime) -> Site:
    return enter_site(kind=SiteKind.PROJECT, name="锦绣花园", area=county, by=clerk, now=now, request_key=KEY)


def test_a_building_is_found_by_its_estate_and_entered_once(
    estate: Site, county: Area, clerk: Actor, now: datetime
) -> None:
    given: dict[str, Any] = {"kind": SiteKind.BUILDING, "name": "3号楼", "area": county, "parent": estate}
    building = enter_site(**given, by=clerk, now=now, request_key=KEY)
    assert enter_site(**given, by=clerk, now=now, request_key=KEY) == building
    with pytest.raises(KnownObject) as caught:
        enter_site(**given, by=clerk, now=now)
    assert (caught.value.known, caught.value.field) == (building, "name")
    assert SearchEntry.objects.get(subject_kind="site", subject_id=building.id).title == "锦绣花园 3号楼"
    assert Entry.objects.filter(subject_kind="site", subject_id=building.id).count() == 1


def test_a_site_lies_in_a_project_and_is_entered_by_whoever_handles_it(
    estate: Site, county: Area, clerk: Actor, now: datetime
) -> None:
    shop = enter_site(kind=SiteKind.SHOP, name="便民超市", area=county, by=of(county, Domain.MARKET), now=now)
    with pytest.raises(EntryRefused) as caught:
        enter_site(kind=SiteKind.BUILDING, name="1号楼", area=county, parent=shop, by=clerk, now=now)
    assert caught.value.field == "parent"
    with pytest.raises(EntryRefused, match="任城区"):
        enter_site(kind=SiteKind.SHOP, name="另一家", area=county, by=clerk, now=now)


def test_a_product_has_its_seller_and_under_it_its_producer(
    company: Organization, county: Area, clerk: Actor, now: datetime
) -> None:
    assert county.parent is not None
    elsewhere = register_organization(name="济宁建材厂", kind=Kind.COMPANY, area=county.parent, by=clerk, now=now)
    given: dict[str, Any] = {"name": "防水卷材", "producer": elsewhere, "seller": company, "model": "SBS-4"}
    product = enter_product(**given, by=clerk, now=now, request_key=KEY)
    assert enter_product(**given, by=clerk, now=now, request_key=KEY) == product
    chain = [(link.depth, link.role, link.organization_name) for link in flat(product_chain(product))]
    assert chain == [(0, Answers.SELLER, "晨光建筑"), (1, Answers.PRODUCER, "济宁建材厂")]
    with pytest.raises(KnownObject):
        enter_product(**given, by=clerk, now=now)
    assert SearchEntry.objects.filter(subject_kind="product", numbers__contains=["sbs4"]).exists()


def test_a_product_of_nobody_here_is_not_entered(company: Organization, clerk: Actor, now: datetime) -> None:
    with pytest.raises(EntryRefused, match="producer"):
        enter_product(name="防水卷材", by=clerk, now=now)
    stranger = Actor("user:5", "Sun", (Reach(Role.CLERK, frozenset({8}), ("/1/",), frozenset(Domain)),))
    with pytest.raises(EntryRefused, match="任城区"):
        enter_product(name="防水卷材", producer=company, by=stranger, now=now)
    assert not Product.objects.exists()


def test_who_answers_is_recorded_once_and_ended_once(
    estate: Site, company: Organization, clerk: Actor, now: datetime
) -> None:
    given: dict[str, Any] = {
        "about": estate, "role": Answers.CONTRACTOR, "organization": company, "valid_from": date(2020, 1, 1),
    }  # fmt: skip
    first = enter_responsibility(**given, by=clerk, now=now)
    assert enter_responsibility(**given, by=clerk, now=now) == first
    with pytest.raises(EntryRefused, match="晨光建筑") as caught:
        enter_responsibility(**{**given, "valid_from": None}, by=clerk, now=now)
    assert caught.value.field == "organization"
    for _ in range(2):
        close_responsibility(responsibility=first, on=date(2022, 5, 1), by=clerk, now=now)
    acts = Entry.objects.filter(subject_kind="site", subject_id=estate.id).values_list("act", flat=True)
    assert sorted(acts) == ["responsibility.end", "responsibility.record", "site.register"]


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("role", {"role": Answers.PRODUCER}),
        ("valid_to", {"valid_from": date(2022, 1, 1), "valid_to": date(2021, 1, 1)}),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    estate: Site, company: Organization, clerk: Actor, now: datetime, field: str, given: dict[str, Any]
) -> None:
    about: dict[str, Any] = {"about": estate, "role": Answers.CONTRACTOR, "organization": company}
    with pytest.raises(EntryRefused) as caught:
        enter_responsibility(**{**about, **given}, by=clerk, now=now)
    assert caught.value.field == field
    assert not Responsibility.objects.exists()


def test_only_the_estates_own_bureau_says_who_answers(
    estate: Site, company: Organization, county: Area, clerk: Actor, now: datetime
) -> None:
    market = of(county, Domain.MARKET)
    given: dict[str, Any] = {"about": estate, "role": Answers.CONTRACTOR, "organization": company}
    with pytest.raises(EntryRefused):
        enter_responsibility(**given, by=market, now=now)
    said = enter_responsibility(**given, by=clerk, now=now)
    with pytest.raises(EntryRefused):
        close_responsibility(responsibility=said, on=date(2026, 1, 1), by=market, now=now)
