"""Correcting sites and products: what may change, what stays, and what stood there before."""

from datetime import date, datetime
from typing import Any

import pytest

from zhicheng.core.access import Actor, Domain, Reach, Role
from zhicheng.core.refused import Refused
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import Entry, read_body
from zhicheng.ground.objects import registry
from zhicheng.ground.objects.api import (
    Answers,
    KnownObject,
    Product,
    Site,
    SiteKind,
    correct_product,
    correct_site,
    enter_product,
    enter_site,
    find_sites,
    record_responsibility,
)
from zhicheng.ground.parties.api import EntryRefused, Kind, Organization, register_organization
from zhicheng.ground.search.models import SearchEntry


def of(*areas: Area, domain: Domain = Domain.HOUSING) -> Actor:
    reach = Reach(Role.CLERK, frozenset({7}), tuple(area.path for area in areas), frozenset({domain}))
    return Actor("user:4", "Wu", (reach,), user_id=4)


@pytest.fixture
def clerk(county: Area) -> Actor:
    return of(county)


@pytest.fixture
def estate(county: Area, clerk: Actor, now: datetime) -> Site:
    return enter_site(kind=SiteKind.PROJECT, name="锦绣花园", area=county, by=clerk, now=now)


@pytest.fixture
def building(estate: Site, county: Area, clerk: Actor, now: datetime) -> Site:
    return enter_site(kind=SiteKind.BUILDING, name="3号楼", area=county, parent=estate, by=clerk, now=now)


@pytest.fixture
def company(county: Area, clerk: Actor, now: datetime) -> Organization:
    return register_organization(name="晨光建材", kind=Kind.COMPANY, area=county, by=clerk, now=now)


@pytest.fixture
def product(company: Organization, now: datetime, county: Area) -> Product:
    by = of(county, domain=Domain.MARKET)
    return enter_product(name="止水带", model="300型", producer=company, by=by, now=now)


def last_changes(kind: str, pk: int) -> dict[str, Any]:
    entry = Entry.objects.filter(subject_kind=kind, subject_id=pk).order_by("number").last()
    assert entry is not None
    assert entry.act == f"{kind}.revise"
    changes: dict[str, Any] = read_body(entry)["changes"]
    return changes


def correct(site: Site, by: Actor, now: datetime, reason: str = "竣工图", **changes: Any) -> Site:
    return correct_site(site=site, changes=changes, reason=reason, by=by, now=now)


def test_the_ledger_keeps_what_stood_there(building: Site, clerk: Actor, now: datetime) -> None:
    correct(building, clerk, now, name="5号楼", completed_on=date(2020, 5, 1), address="解放路1号")
    assert last_changes("site", building.pk) == {
        "name": ["3号楼", "5号楼"], "completed_on": [None, "2020-05-01"], "address": ["", "解放路1号"],
    }  # fmt: skip
    building.refresh_from_db()
    assert (building.name, building.completed_on) == ("5号楼", date(2020, 5, 1))
    assert SearchEntry.objects.get(subject_kind="site", subject_id=building.pk).title == "锦绣花园 5号楼"


def test_nothing_new_is_no_entry_and_no_reason_is_refused(building: Site, clerk: Actor, now: datetime) -> None:
    before = Entry.objects.count()
    correct(building, clerk, now, name=" 3号楼 ")
    assert Entry.objects.count() == before
    with pytest.raises(Refused, match="reason"):
        correct(building, clerk, now, reason="  ", name="5号楼")
    with pytest.raises(Refused, match="name"):
        correct(building, clerk, now, name="  ")


def test_the_buildings_of_a_renamed_estate_are_found_by_its_new_name(
    estate: Site, building: Site, clerk: Actor, now: datetime
) -> None:
    correct(estate, clerk, now, name="锦绣江南")
    assert find_sites("江南 3号楼", ["/"]) == [building]
    assert SearchEntry.objects.get(subject_kind="site", subject_id=building.pk).title == "锦绣江南 3号楼"


def test_an_estate_takes_along_the_buildings_that_lie_where_it_lay(
    estate: Site, building: Site, county: Area, now: datetime
) -> None:
    assert county.parent is not None
    both = of(county, county.parent)
    correct(estate, both, now, area=county.parent)
    building.refresh_from_db()
    assert building.area == county.parent
    assert last_changes("site", building.pk) == {"area": [county.pk, county.parent.pk]}


def test_a_place_of_another_body_is_refused_before_and_after(
    building: Site, county: Area, clerk: Actor, now: datetime
) -> None:
    assert county.parent is not None
    for by, changes in (
        (clerk, {"area": county.parent}),
        (of(county, domain=Domain.MARKET), {"name": "5号楼"}),
        (Actor("user:5", "Sun"), {"name": "5号楼"}),
    ):
        with pytest.raises(EntryRefused) as caught:
            correct(building, by, now, **changes)
        assert caught.value.field == "area"


def test_where_cases_are_it_stays_and_its_name_may_change(
    building: Site, estate: Site, county: Area, clerk: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_counts", [lambda ids: 2 if building.pk in ids else 0])
    assert county.parent is not None
    both = of(county, county.parent)
    for site in (building, estate):
        with pytest.raises(EntryRefused, match="2") as caught:
            correct(site, both, now, area=county.parent)
        assert caught.value.field == "area"
    with pytest.raises(EntryRefused) as caught:
        correct(building, both, now, parent=None)
    assert caught.value.field == "parent"
    assert correct(building, clerk, now, name="5号楼").name == "5号楼"


def test_it_becomes_nothing_else(building: Site, estate: Site, clerk: Actor, now: datetime) -> None:
    with pytest.raises(EntryRefused) as caught:
        correct(building, clerk, now, kind=SiteKind.SHOP)
    assert caught.value.field == "kind"
    with pytest.raises(EntryRefused) as caught:
        correct(estate, clerk, now, parent=estate)
    assert caught.value.field == "parent"
    with pytest.raises(EntryRefused) as caught:
        correct(building, clerk, now, parent=building)
    assert caught.value.field == "parent"
    with pytest.raises(TypeError):
        correct(building, clerk, now, simulated=True)


def test_no_two_buildings_of_an_estate_are_called_the_same(
    building: Site, estate: Site, county: Area, clerk: Actor, now: datetime
) -> None:
    other = enter_site(kind=SiteKind.BUILDING, name="5号楼", area=county, parent=estate, by=clerk, now=now)
    with pytest.raises(KnownObject) as caught:
        correct(other, clerk, now, name="3号楼")
    assert (caught.value.known, caught.value.field) == (building, "name")


def test_a_building_whose_chain_hangs_on_its_estate_stays_there(
    building: Site, estate: Site, company: Organization, county: Area, clerk: Actor, now: datetime
) -> None:
    other = enter_site(kind=SiteKind.PROJECT, name="凤凰城", area=county, by=clerk, now=now)
    above = record_responsibility(about=estate, role=Answers.DEVELOPER, organization=company, by=clerk, now=now)
    record_responsibility(
        about=building, role=Answers.CONTRACTOR, organization=company, answers_to=above, by=clerk, now=now
    )
    with pytest.raises(EntryRefused) as caught:
        correct(building, clerk, now, parent=other)
    assert caught.value.field == "parent"


def test_a_products_label_is_corrected_and_kept(product: Product, county: Area, now: datetime) -> None:
    by = of(county, domain=Domain.MARKET)
    changes = {"name": "橡胶止水带", "model": "350型", "industry": "c2913"}
    correct_product(product=product, changes=changes, reason="照标签", by=by, now=now)
    assert last_changes("product", product.pk) == {
        "name": ["止水带", "橡胶止水带"], "model": ["300型", "350型"], "industry": ["", "2913"],
    }  # fmt: skip
    found = SearchEntry.objects.get(subject_kind="product", subject_id=product.pk)
    assert found.title == "橡胶止水带 350型"


def test_another_producer_is_another_product(
    product: Product, company: Organization, county: Area, now: datetime
) -> None:
    by = of(county, domain=Domain.MARKET)
    given: dict[str, Any] = {"reason": "照标签", "by": by, "now": now}
    correct_product(product=product, changes={"producer": company}, **given)
    other = register_organization(name="晨星建材", kind=Kind.COMPANY, area=county, by=by, now=now)
    with pytest.raises(EntryRefused) as caught:
        correct_product(product=product, changes={"producer": other}, **given)
    assert caught.value.field == "producer"
    second = enter_product(name="止水带", model="400型", producer=company, by=by, now=now)
    with pytest.raises(KnownObject) as known:
        correct_product(product=second, changes={"model": "300型"}, **given)
    assert known.value.known == product
    with pytest.raises(EntryRefused):
        correct_product(
            product=product, changes={"name": "x"}, reason="照标签", by=of(county, domain=Domain.TOURISM), now=now
        )
