"""A succession of the pack: 兖州市 370882 became 兖州区 370812 in 2013, and its matters are the bureau's."""

from datetime import date, datetime

import pytest

from zhicheng.core.access import Domain, Matter, Role
from zhicheng.core.codes import Level
from zhicheng.ground.access.api import (
    actor_for,
    grant_role,
    list_competent_bodies,
    list_users_acting,
    open_account,
)
from zhicheng.ground.access.models import Jurisdiction
from zhicheng.ground.areas.api import Area, find_area
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.packs.api import load_pack
from zhicheng.ground.parties.api import Organization, get_organization_by_key

from .conftest import ADMINISTRATOR, TODAY

BEFORE = date(2012, 12, 31)


@pytest.fixture
def yanzhou(database: None) -> Organization:
    load_pack("national", on=TODAY)
    load_pack("jining", on=TODAY)
    forget_kept()
    return get_organization_by_key("jining-yanzhou-housing")


def ended() -> Area:
    area = find_area("370882", BEFORE, Level.COUNTY)
    assert area is not None
    return area


def test_the_matters_of_an_ended_county_are_its_heirs(yanzhou: Organization, now: datetime) -> None:
    matter = Matter(ended().path, Domain.HOUSING, None, {})
    city = get_organization_by_key("jining-housing")
    assert list_competent_bodies(ended().path, Domain.HOUSING, TODAY) == [yanzhou.id, city.id]
    act = {"by": ADMINISTRATOR, "now": now}
    user = open_account(username="kong", name="Kong", organization=yanzhou, password="a long enough one", **act)
    grant_role(user=user, role=Role.OFFICER, organization=yanzhou, valid_from=date(2020, 1, 1), **act)
    assert actor_for(user, TODAY).sees(matter)
    other = get_organization_by_key("jining-qufu-housing")
    stranger = open_account(username="yan", name="Yan", organization=other, password="a long enough one", **act)
    grant_role(user=stranger, role=Role.OFFICER, organization=other, valid_from=date(2020, 1, 1), **act)
    assert not actor_for(stranger, TODAY).sees(matter)


def test_a_bureau_still_named_for_the_ended_county_is_competent_for_its_heir(yanzhou: Organization) -> None:
    Jurisdiction.objects.create(
        organization=yanzhou, area=ended(), domain=Domain.INDUSTRY, valid_from=date(2010, 1, 1)
    )
    forget_kept()
    assert list_competent_bodies(yanzhou.area.path, Domain.INDUSTRY, TODAY) == [yanzhou.id]


def test_whoever_covers_the_heir_acts_on_the_matters_of_the_ended_county(
    yanzhou: Organization, now: datetime
) -> None:
    act = {"by": ADMINISTRATOR, "now": now}
    caller = open_account(username="meng", name="Meng", organization=yanzhou, password="a long enough one", **act)
    grant_role(user=caller, role=Role.CALLER, organization=yanzhou, valid_from=date(2020, 1, 1), **act)
    matter = Matter(ended().path, Domain.HOUSING, None, {})
    assert list_users_acting(matter, Role.CALLER, TODAY) == [caller]
