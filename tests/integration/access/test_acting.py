"""Who may really act on a matter: by their own grants, by lent ones, and within their confines."""

from datetime import datetime, timedelta

import pytest

from zhicheng.core.access import Domain, Matter, Part, Role
from zhicheng.ground.access.api import Delegation, User, actor_for, list_users_acting, list_users_seeing
from zhicheng.ground.areas.api import Area
from zhicheng.ground.parties.api import Organization

from .conftest import TODAY, City, Hire, body, competent, granted

DAY = timedelta(days=1)


@pytest.fixture
def li(hire: Hire, bureau: Organization) -> User:
    return hire("li", bureau)


@pytest.fixture
def wang(hire: Hire, bureau: Organization) -> User:
    return hire("wang", bureau)


@pytest.fixture
def held(bureau: Organization, city: City) -> Matter:
    """A housing matter of the east that the bureau holds."""
    return Matter(city.east.path, Domain.HOUSING, bureau.id, {})


def leaders(matter: Matter) -> list[User]:
    return list_users_acting(matter, Role.LEADER, TODAY)


def lend(
    giver: User, to: User, organization: Organization, ended_at: datetime | None = None, area: Area | None = None
) -> Delegation:
    return Delegation.objects.create(
        grant=granted(giver, Role.LEADER, organization, area=area), to_user=to, valid_from=TODAY, valid_to=TODAY,
        reason="leave", created_by=giver, created_at=datetime.now().astimezone(), ended_at=ended_at,
    )  # fmt: skip


def test_people_with_the_role_are_found_once(li: User, wang: User, bureau: Organization, held: Matter) -> None:
    granted(li, Role.LEADER, bureau)
    granted(li, Role.LEADER, bureau, domain=Domain.HOUSING)
    granted(wang, Role.CLERK, bureau)
    assert leaders(held) == [li]


def test_closed_accounts_and_ended_grants_are_nobody(
    hire: Hire, li: User, bureau: Organization, held: Matter
) -> None:
    granted(li, Role.LEADER, bureau, ends=TODAY - DAY)
    granted(li, Role.LEADER, bureau, begins=TODAY + DAY)
    granted(hire("closed", bureau, is_active=False), Role.LEADER, bureau)
    assert leaders(held) == []


def test_whoever_was_lent_the_role_is_found_beside_the_giver(
    li: User, wang: User, bureau: Organization, held: Matter
) -> None:
    lend(wang, li, bureau)
    assert leaders(held) == [li, wang]
    assert list_users_acting(held, Role.LEADER, TODAY + DAY) == [wang]


def test_what_was_taken_back_is_lent_no_longer(
    li: User, wang: User, bureau: Organization, held: Matter, now: datetime
) -> None:
    lend(wang, li, bureau, ended_at=now)
    assert leaders(held) == [wang]


@pytest.mark.parametrize("closed", ["li", "wang"])
def test_a_closed_account_neither_lends_nor_borrows(
    closed: str, li: User, wang: User, bureau: Organization, held: Matter
) -> None:
    lend(wang, li, bureau)
    User.objects.filter(username=closed).update(is_active=False)
    assert leaders(held) == ([wang] if closed == "li" else [])


def test_a_confined_grant_counts_within_its_confines_only(
    li: User, wang: User, bureau: Organization, city: City, held: Matter
) -> None:
    granted(li, Role.LEADER, bureau, area=city.town)
    granted(wang, Role.LEADER, bureau, domain=Domain.MARKET)
    assert leaders(held) == []
    assert leaders(Matter(city.town.path, Domain.HOUSING, bureau.id, {})) == [li]
    assert leaders(Matter(city.west.path, Domain.MARKET, bureau.id, {})) == [wang]


def test_a_lent_grant_keeps_its_confines(
    li: User, wang: User, bureau: Organization, city: City, held: Matter
) -> None:
    lend(wang, li, bureau, area=city.town)
    assert leaders(held) == []
    assert leaders(Matter(city.town.path, Domain.HOUSING, bureau.id, {})) == [li, wang]


def test_a_department_is_served_by_the_body_it_belongs_to_and_by_no_body_above(
    li: User, wang: User, bureau: Organization, city: City
) -> None:
    department = body("department", city.city, "department", bureau)
    station = body("station", city.city, "public_body", bureau)
    granted(li, Role.LEADER, bureau)
    granted(wang, Role.LEADER, department)
    assert leaders(Matter(city.east.path, Domain.HOUSING, department.id, {})) == [li, wang]
    assert leaders(Matter(city.east.path, Domain.HOUSING, station.id, {})) == []


def test_callers_are_those_who_cover_the_place(
    hire: Hire, li: User, wang: User, bureau: Organization, city: City, held: Matter
) -> None:
    centre = body("centre", city.city)
    competent(centre, city.city, Domain.HOUSING)
    zhao = hire("zhao", centre)
    granted(zhao, Role.CALLER, centre, area=city.west)
    granted(li, Role.CALLER, centre)
    granted(wang, Role.CALLER, bureau, domain=Domain.MARKET)
    assert list_users_acting(held, Role.CALLER, TODAY) == [li]
    assert list_users_acting(Matter(city.west.path, Domain.HOUSING, None, {}), Role.CALLER, TODAY) == [li, zhao]


def test_companies_and_assisting_bodies_act_by_their_part(
    hire: Hire, li: User, bureau: Organization, city: City
) -> None:
    company, other = (body(name, city.city, "company") for name in ("company", "other"))
    clerk = hire("clerk", company)
    granted(clerk, Role.COMPANY, company)
    granted(hire("stranger", other), Role.COMPANY, other)
    granted(li, Role.OFFICER, bureau)
    parts = {company.id: Part.RESPONDENT, other.id: Part.FORMER, bureau.id: Part.ASSISTING}
    matter = Matter(city.west.path, Domain.HOUSING, None, parts)
    assert list_users_acting(matter, Role.COMPANY, TODAY) == [clerk]
    assert list_users_acting(matter, Role.ASSISTING, TODAY) == [li]


def test_a_matter_that_nobody_holds_waits_for_nobody(li: User, bureau: Organization, city: City) -> None:
    granted(li, Role.LEADER, bureau)
    assert leaders(Matter(city.east.path, Domain.HOUSING, None, {})) == []


def test_who_sees_a_matter_is_found_as_the_rule_has_it(
    hire: Hire, li: User, wang: User, bureau: Organization, city: City, held: Matter
) -> None:
    """By jurisdiction or by taking part; confined grants within their confines; and nobody else."""
    other = body("other", city.east)
    competent(other, city.east, Domain.TOURISM)
    strangers = hire("zhao", other)
    granted(li, Role.CLERK, bureau)
    granted(wang, Role.LEADER, bureau, domain=Domain.TOURISM)
    granted(strangers, Role.OFFICER, other)
    staff = (Role.CLERK, Role.OFFICER, Role.LEADER)
    assert list_users_seeing(held, staff, TODAY) == [li]
    helped = Matter(held.area_path, held.domain, held.holder, {other.id: Part.ASSISTING})
    assert list_users_seeing(helped, staff, TODAY) == [li, strangers]
    everybody = [li, wang, strangers]
    for matter in (held, helped):
        seeing = [user for user in everybody if actor_for(user, TODAY).inside.sees(matter)]
        assert list_users_seeing(matter, staff, TODAY) == seeing
