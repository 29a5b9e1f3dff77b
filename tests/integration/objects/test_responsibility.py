"""Sites, products, and who answers for them."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.objects.api import (
    Answers,
    Responsibility,
    Site,
    SiteKind,
    end_responsibility,
    find_sites,
    flat,
    list_parts,
    list_products_of,
    list_responsibilities_of,
    record_responsibility,
    register_product,
    register_site,
    responsibility_chain,
)
from zhicheng.ground.parties.api import Kind, Organization, register_organization


class World:
    """A project with one building, and companies by name."""

    def __init__(self, county: Area, by: Actor, now: datetime) -> None:
        self.county, self.act = county, {"by": by, "now": now}
        self.project = self.site("锦绣花园（一期）", SiteKind.PROJECT, address="太白路88号")
        self.building = self.site("3号楼", SiteKind.BUILDING, parent=self.project)

    def site(self, name: str, kind: str, **fields: Any) -> Site:
        return register_site(kind=kind, name=name, area=self.county, **fields, **self.act)

    def company(self, name: str) -> Organization:
        return register_organization(name=name, kind=Kind.COMPANY, area=self.county, **self.act)

    def answers(self, role: Answers, name: str, about: Any = None, **fields: Any) -> Responsibility:
        return record_responsibility(
            about=about or self.project, role=role, organization=self.company(name), **fields, **self.act
        )


@pytest.fixture
def world(county: Area, officer: Actor, now: datetime) -> World:
    return World(county, officer, now)


def test_a_building_inherits_the_chain_of_its_project(world: World) -> None:
    developer = world.answers(Answers.DEVELOPER, "锦绣置业")
    contractor = world.answers(Answers.CONTRACTOR, "鲁南建工", answers_to=developer)
    roofer = world.answers(
        Answers.SUBCONTRACTOR, "蓝天防水", about=world.building, answers_to=contractor, scope="防水工程"
    )
    world.answers(Answers.MATERIAL_SUPPLIER, "卷材厂", about=world.building, answers_to=roofer)
    world.answers(Answers.PROPERTY_MANAGER, "万家物业")

    chain = responsibility_chain(world.building)
    assert [(link.depth, link.organization_name, link.inherited) for link in flat(chain)] == [
        (0, "锦绣置业", True),
        (1, "鲁南建工", True),
        (2, "蓝天防水", False),
        (3, "卷材厂", False),
        (0, "万家物业", True),
    ]
    assert chain[0].answered_by[0].answered_by[0].scope == "防水工程"
    assert [link.organization_name for link in flat(responsibility_chain(world.project))] == [
        "锦绣置业", "鲁南建工", "万家物业",
    ]  # fmt: skip


def test_the_chain_is_one_query(world: World) -> None:
    world.answers(Answers.DEVELOPER, "锦绣置业")
    with CaptureQueriesContext(connection) as queries:
        list(flat(responsibility_chain(world.building)))
    assert len(queries) == 1


def test_the_chain_on_a_date_leaves_out_what_had_ended(world: World, officer: Actor, now: datetime) -> None:
    old = world.answers(Answers.PROPERTY_MANAGER, "旧物业", valid_from=date(2020, 1, 1))
    below = world.answers(Answers.SUBCONTRACTOR, "保洁", answers_to=old)
    end_responsibility(responsibility=old, on=date(2025, 6, 30), by=officer, now=now)
    names = {link.id for link in flat(responsibility_chain(world.project, on=date(2025, 7, 1)))}
    assert names == {below.pk}
    assert len(flat(responsibility_chain(world.project, on=date(2025, 6, 30)))) == 2
    assert len(flat(responsibility_chain(world.project))) == 2
    assert flat(responsibility_chain(world.project, on=date(2019, 12, 31)))[0].id == below.pk


def test_a_responsibility_ends_once_and_not_before_it_began(world: World, officer: Actor, now: datetime) -> None:
    manager = world.answers(Answers.PROPERTY_MANAGER, "万家物业", valid_from=date(2020, 1, 1))
    with pytest.raises(Refused, match="2020-01-01"):
        end_responsibility(responsibility=manager, on=date(2019, 1, 1), by=officer, now=now)
    end_responsibility(responsibility=manager, on=date(2025, 6, 30), by=officer, now=now)
    with pytest.raises(Refused, match="2025-06-30"):
        end_responsibility(responsibility=manager, on=date(2025, 7, 30), by=officer, now=now)


def test_nobody_answers_to_a_stranger_of_the_chain(world: World) -> None:
    other = world.site("桂花苑", SiteKind.PROJECT)
    developer = world.answers(Answers.DEVELOPER, "桂花置业", about=other)
    with pytest.raises(Refused, match="chain"):
        world.answers(Answers.CONTRACTOR, "鲁南建工", answers_to=developer)


def test_the_same_company_answers_once_for_the_same_work(world: World) -> None:
    first = world.answers(Answers.CONTRACTOR, "鲁南建工", scope="防水工程")
    again = {"site": world.project, "role": Answers.CONTRACTOR, "organization": first.organization}
    with pytest.raises(IntegrityError, match="responsibility_for_site_once"), transaction.atomic():
        Responsibility.objects.create(scope="防水工程", **again)
    Responsibility.objects.create(scope="屋面工程", **again)


@pytest.mark.parametrize("role", [Answers.DEVELOPER, Answers.CONTRACTOR])
def test_no_developer_answers_for_a_product(world: World, role: Answers) -> None:
    product = register_product(name="大蒜油", **world.act)
    with pytest.raises(IntegrityError, match="responsibility_for_one_object"), transaction.atomic():
        world.answers(role, "锦绣置业", about=product)


def test_a_responsibility_is_for_exactly_one_object(world: World) -> None:
    company = world.company("某超市")
    product = register_product(name="大蒜油", **world.act)
    for objects in ({}, {"site": world.project, "product": product}):
        with pytest.raises(IntegrityError, match="responsibility_for_one_object"), transaction.atomic():
            Responsibility.objects.create(role=Answers.SELLER, organization=company, **objects)


def test_trees_have_no_cycles(world: World) -> None:
    with pytest.raises(IntegrityError, match="own ancestor"), transaction.atomic():
        Site.objects.filter(pk=world.project.pk).update(parent=world.building)
    first = world.answers(Answers.CONTRACTOR, "甲")
    second = world.answers(Answers.SUBCONTRACTOR, "乙", answers_to=first)
    with pytest.raises(IntegrityError, match="own ancestor"), transaction.atomic():
        Responsibility.objects.filter(pk=first.pk).update(answers_to=second)


def test_a_building_is_found_by_project_number_and_address(world: World) -> None:
    world.site("桂花苑", SiteKind.PROJECT)
    path = world.county.path
    assert find_sites("3号楼 锦绣", [path]) == [world.building]
    assert find_sites("花园一期", [path]) == [world.building, world.project]
    assert find_sites("太白", ["/"]) == [world.project]
    assert find_sites("锦绣", []) == []
    assert find_sites("锦绣", ["/1/2/"]) == []
    assert find_sites("锦", [path]) == []


def test_a_search_returns_twenty(world: World) -> None:
    for number in range(25):
        world.site(f"{number + 1}号楼", SiteKind.BUILDING, parent=world.project)
    assert len(find_sites("锦绣", ["/"])) == 20
    assert len(find_sites("锦绣", ["/"], limit=3)) == 3


def test_lists_of_parts_and_of_an_organization(world: World) -> None:
    developer = world.answers(Answers.DEVELOPER, "锦绣置业")
    product = register_product(
        name="蒜油", trademark="金乡", producer=developer.organization, industry="C1391", **world.act
    )
    assert product.industry == "1391"
    assert list(list_parts(world.project)) == [world.building]
    assert list(list_responsibilities_of(developer.organization_id)) == [developer]
    assert list(list_products_of(developer.organization_id)) == [product]
    assert str(product) == "金乡 蒜油"


def test_every_act_is_in_the_ledger_of_its_object(world: World) -> None:
    world.answers(Answers.DEVELOPER, "锦绣置业")
    acts = Entry.objects.filter(subject_kind="site", subject_id=world.project.pk).order_by("number")
    assert [entry.act for entry in acts] == ["site.register", "responsibility.record"]


@pytest.mark.parametrize("name", ["", "   "])
def test_a_name_is_needed(world: World, name: str) -> None:
    with pytest.raises(Refused):
        world.site(name, SiteKind.SHOP)
    with pytest.raises(Refused):
        register_product(name=name, **world.act)
