"""A city with two counties, bodies with jurisdictions, and people who are granted roles in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from zhicheng.core.access import Actor, Domain, Role
from zhicheng.ground.access.api import Grant, Jurisdiction, User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.parties.api import Organization

TODAY = date(2026, 11, 23)
LONG_AGO = date(2021, 1, 1)
ADMINISTRATOR = Actor("user:1", "security administrator")


def below(parent: Area | None, number: int) -> Area:
    """An area one level under `parent`."""
    level = parent.level + 1 if parent else 1
    path = f"{parent.path if parent else '/'}{number}/"
    return Area.objects.create(
        id=number, code=f"{number:012}", level=level, name=f"area {number}", sort_key=f"area {number}",
        kind="county", parent=parent, path=path, valid_from=date(2014, 1, 1),
    )  # fmt: skip


@dataclass(frozen=True)
class City:
    """The areas of the tests; the ids of `east` and `easter` share their first digits."""

    city: Area
    east: Area
    west: Area
    easter: Area
    town: Area


@pytest.fixture
def city(database: None) -> City:
    whole = below(below(None, 800_001), 800_002)
    east = below(whole, 800_03)
    return City(whole, east, below(whole, 800_04), below(whole, 800_031), below(east, 800_005))


def body(name: str, area: Area, kind: str = "public_body", parent: Organization | None = None) -> Organization:
    return Organization.objects.create(name=name, sort_key=name, kind=kind, area=area, parent=parent)


def competent(organization: Organization, area: Area, domain: Domain, until: date | None = None) -> Jurisdiction:
    return Jurisdiction.objects.create(
        organization=organization, area=area, domain=domain, valid_from=LONG_AGO, valid_to=until
    )


@pytest.fixture
def bureau(city: City) -> Organization:
    """Competent for housing in the east and for the market in the west."""
    bureau = body("bureau", city.city)
    competent(bureau, city.east, Domain.HOUSING)
    competent(bureau, city.west, Domain.MARKET)
    return bureau


Hire = Callable[..., User]


@pytest.fixture
def hire(now: datetime) -> Hire:
    """Makes accounts of an organization."""

    def hire(name: str, organization: Organization | None, *, is_active: bool = True) -> User:
        return User.objects.create(
            username=name, name=name, password="!", organization=organization, is_active=is_active
        )

    return hire


def granted(
    user: User, role: Role, organization: Organization, *, area: Area | None = None, domain: str = "",
    begins: date = LONG_AGO, ends: date | None = None,
) -> Grant:  # fmt: skip
    return Grant.objects.create(
        user=user, role=role, organization=organization, area=area, domain=domain, valid_from=begins, valid_to=ends
    )
