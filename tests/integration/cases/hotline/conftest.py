"""A hotline centre of the city, and somebody who takes its calls."""

from datetime import datetime
from uuid import UUID

import pytest

from integration.cases.conftest import City
from zhicheng.cases.api import Taken
from zhicheng.core.access import Actor, Role
from zhicheng.ground.access.api import actor_for, grant_role, open_account
from zhicheng.ground.parties.api import Organization, get_organization_by_key
from zhicheng.ground.proceedings.api import SYSTEM


@pytest.fixture
def centre(city: City) -> Organization:
    return get_organization_by_key("zaozhuang-12345")


@pytest.fixture
def agent(centre: Organization, now: datetime) -> Actor:
    user = open_account(username="agent", name="Sun", password="", organization=centre, by=SYSTEM, now=now)
    grant_role(user=user, role=Role.CALLER, organization=centre, valid_from=now.date(), by=SYSTEM, now=now)
    return actor_for(user, now.date())


@pytest.fixture
def taken(centre: Organization, now: datetime) -> Taken:
    key = UUID("6f0c2b1e-8a44-4c1b-9f2e-00000000000a")
    return Taken(centre, "line_12345", now, key, name="王五", phone="138 0000 1234")
