"""One city as its pack describes it, two invented companies, and a complaint about a leak."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import pytest

from zhicheng.cases.api import Case, Complaint, housing_of, open_case
from zhicheng.core.access import Actor, Domain, Reach, Role
from zhicheng.ground.access.api import list_competent_bodies
from zhicheng.ground.areas.api import Area, get_area
from zhicheng.ground.packs.api import get_term
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import advance

KEY = UUID("6f0c2b1e-8a44-4c1b-9f2e-000000000001")


@dataclass(frozen=True)
class City:
    """What the tests need of 枣庄市: a township of 滕州市, its bureau, the city's, and two companies."""

    town: Area
    bureau: Organization
    superior: Organization
    builder: Organization
    supplier: Organization

    def staff(self, number: int, role: Role, body: Organization | None = None) -> Actor:
        """A member of staff of the county's bureau, or of another body."""
        held = body or self.bureau
        path = "/".join(self.town.path.split("/")[:4]) + "/"
        reach = Reach(role, frozenset({held.id}), (path,), frozenset({Domain.HOUSING}))
        return Actor(f"user:{number}", f"{role} {number}", (reach,), organization_id=held.id)

    def company(self, which: Organization) -> Actor:
        """A company with an account."""
        reach = Reach(Role.COMPANY, frozenset({which.id}))
        return Actor(f"user:9{which.id}", which.name, (reach,), organization_id=which.id)


@pytest.fixture
def city(packs: None) -> City:
    county = get_area("370481")
    town = county.children.filter(valid_to__isnull=True).order_by("code")[0]
    bureau, superior = list_competent_bodies(town.path, Domain.HOUSING, town.valid_from)[:2]

    def company(name: str) -> Organization:
        return Organization.objects.create(name=name, sort_key=name, kind="company", area=county, simulated=True)

    return City(
        town, Organization.objects.get(id=bureau), Organization.objects.get(id=superior),
        company("builder"), company("supplier"),
    )  # fmt: skip


@pytest.fixture
def complaint(city: City) -> Complaint:
    leak = get_term("housing.category", "leak", city.town)
    return Complaint(
        title="渗漏", description="卫生间顶板渗漏，请处理。", category=leak, area=city.town, request_key=KEY,
        reporter_name="王五", reporter_phone="13800001234",
    )  # fmt: skip


@pytest.fixture
def case(complaint: Complaint, now: datetime) -> Case:
    return open_case(complaint=complaint, now=now).case


def step(case: Case, verb: str, by: Actor, now: datetime, **data: object) -> None:
    """Takes a step of the case's latest departmental proceeding."""
    advance(proceeding=housing_of(case).id, verb=verb, by=by, now=now, data=data)


__all__ = ["KEY", "City", "replace", "step"]
