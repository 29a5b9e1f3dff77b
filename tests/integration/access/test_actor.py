"""What a user's grants, delegations and jurisdictions come to on a day."""

from datetime import date, datetime, timedelta

import pytest

from zhicheng.core.access import Domain, Matter, Role
from zhicheng.ground.access.api import Delegation, Jurisdiction, User, actor_for
from zhicheng.ground.access.queries import list_competent_bodies
from zhicheng.ground.areas.api import Area
from zhicheng.ground.parties.api import Organization

from .conftest import TODAY, City, Hire, body, competent, granted

DAY = timedelta(days=1)


def lies_in(area: Area, domain: Domain = Domain.HOUSING) -> Matter:
    """A matter that nobody holds."""
    return Matter(area.path, domain, None, {})


def sees(user: User, area: Area, domain: Domain = Domain.HOUSING, on: date = TODAY) -> bool:
    return actor_for(user, on).sees(lies_in(area, domain))


@pytest.fixture
def li(hire: Hire, bureau: Organization) -> User:
    return hire("li", bureau)


@pytest.fixture
def wang(hire: Hire, bureau: Organization) -> User:
    return hire("wang", bureau)


def test_an_account_without_grants_reaches_nothing(li: User, city: City) -> None:
    actor = actor_for(li, TODAY)
    assert (actor.key, actor.name, actor.user_id, actor.reaches) == (f"user:{li.id}", "li", li.id, ())
    assert actor.organization_id == li.organization_id
    assert not sees(li, city.east)


def test_pairs_of_area_and_domain_are_not_crossed(li: User, bureau: Organization, city: City) -> None:
    granted(li, Role.OFFICER, bureau)
    pairs = [(area, domain) for area in (city.east, city.west, city.city, city.easter) for domain in Domain]
    seen = [(area.name, domain) for area, domain in pairs if sees(li, area, domain)]
    assert seen == [(city.east.name, Domain.HOUSING), (city.west.name, Domain.MARKET)]
    assert sees(li, city.town)


def test_areas_of_the_same_domains_are_one_reach(li: User, bureau: Organization, city: City) -> None:
    competent(bureau, city.west, Domain.HOUSING)
    competent(bureau, city.east, Domain.MARKET)
    granted(li, Role.OFFICER, bureau)
    (reach,) = actor_for(li, TODAY).reaches
    assert reach.areas == tuple(sorted([city.east.path, city.west.path]))
    assert reach.domains == {Domain.HOUSING, Domain.MARKET}


@pytest.mark.parametrize(
    ("begins", "ends", "in_force"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - DAY, TODAY, True),
        (TODAY + DAY, None, False),
        (TODAY - 2 * DAY, TODAY - DAY, False),
    ],
)
def test_a_grant_is_in_force_from_its_first_to_its_last_day(
    li: User, bureau: Organization, city: City, begins: date, ends: date | None, in_force: bool
) -> None:
    granted(li, Role.OFFICER, bureau, begins=begins, ends=ends)
    assert sees(li, city.east) is in_force


def test_a_jurisdiction_that_has_ended_reaches_no_further(li: User, bureau: Organization, city: City) -> None:
    Jurisdiction.objects.filter(domain=Domain.HOUSING).update(valid_to=TODAY - DAY)
    granted(li, Role.OFFICER, bureau)
    assert not sees(li, city.east)
    assert sees(li, city.west, Domain.MARKET)
    assert sees(li, city.east, on=TODAY - DAY)


def test_a_grant_narrowed_by_area_keeps_the_smaller_of_both(li: User, bureau: Organization, city: City) -> None:
    granted(li, Role.OFFICER, bureau, area=city.town)
    assert sees(li, city.town)
    assert not sees(li, city.east)
    assert not sees(li, city.west, Domain.MARKET)


def test_a_grant_over_a_wider_area_gives_no_more_than_the_jurisdiction(
    li: User, bureau: Organization, city: City
) -> None:
    granted(li, Role.OFFICER, bureau, area=city.city)
    assert sees(li, city.east)
    assert not sees(li, city.city)
    assert not sees(li, city.easter)


def test_a_grant_narrowed_by_domain_leaves_the_other_domain(li: User, bureau: Organization, city: City) -> None:
    granted(li, Role.OFFICER, bureau, domain=Domain.MARKET)
    assert not sees(li, city.east)
    assert sees(li, city.west, Domain.MARKET)


def test_a_grant_narrowed_to_nothing_gives_nothing(li: User, bureau: Organization, city: City) -> None:
    granted(li, Role.OFFICER, bureau, domain=Domain.TOURISM)
    actor = actor_for(li, TODAY)
    assert not any(actor.sees(lies_in(area, domain)) for area in (city.east, city.west) for domain in Domain)
    held = Matter(city.east.path, Domain.HOUSING, bureau.id, {})
    assert not actor.sees(held)
    assert not actor.roles_on(held)


def test_a_body_acts_for_its_departments_but_not_for_other_bodies_below_it(
    li: User, bureau: Organization, city: City
) -> None:
    department = body("department", city.city, "department", bureau)
    section = body("section", city.city, "department", department)
    other = body("other body", city.east, "public_body", bureau)
    granted(li, Role.OFFICER, bureau)
    (first, *_) = actor_for(li, TODAY).reaches
    assert first.organizations == {bureau.id, department.id, section.id}
    assert other.id not in first.organizations


def test_a_closed_account_reaches_nothing(hire: Hire, bureau: Organization) -> None:
    closed = hire("closed", bureau, is_active=False)
    granted(closed, Role.OFFICER, bureau)
    assert actor_for(closed, TODAY).reaches == ()


def lent(
    giver: User, to: User, organization: Organization, begins: date = TODAY, ends: date = TODAY
) -> Delegation:
    return Delegation.objects.create(
        grant=granted(giver, Role.LEADER, organization), to_user=to, valid_from=TODAY, valid_to=TODAY,
        reason="leave", created_by=giver, created_at=datetime.now().astimezone(),
    )  # fmt: skip


def test_what_is_lent_is_used_on_behalf_of_the_giver_and_for_its_days(
    li: User, wang: User, bureau: Organization, city: City
) -> None:
    lent(wang, li, bureau)
    actor = actor_for(li, TODAY)
    held = Matter(city.east.path, Domain.HOUSING, bureau.id, {})
    assert actor.roles_on(held) == {Role.LEADER}
    assert actor.on_behalf_of(Role.LEADER, held) == wang.id
    assert actor_for(li, TODAY + DAY).reaches == actor_for(li, TODAY - DAY).reaches == ()


def test_the_giver_keeps_the_grant(li: User, wang: User, bureau: Organization, city: City) -> None:
    lent(wang, li, bureau)
    held = Matter(city.east.path, Domain.HOUSING, bureau.id, {})
    assert actor_for(wang, TODAY).on_behalf_of(Role.LEADER, held) is None
    assert actor_for(wang, TODAY).roles_on(held) == {Role.LEADER}


def test_what_is_lent_ends_with_the_grant(li: User, wang: User, bureau: Organization) -> None:
    delegation = lent(wang, li, bureau)
    delegation.grant.valid_to = TODAY - DAY
    delegation.grant.save(update_fields=["valid_to"])
    assert actor_for(li, TODAY).reaches == ()


def test_what_is_lent_ends_with_the_givers_account(li: User, wang: User, bureau: Organization) -> None:
    lent(wang, li, bureau)
    User.objects.filter(id=wang.id).update(is_active=False)
    assert actor_for(li, TODAY).reaches == ()


def test_competent_bodies_are_the_nearest_first(bureau: Organization, city: City) -> None:
    township = body("township", city.town)
    whole = body("city bureau", city.city)
    retired = body("retired", city.east)
    company = body("company", city.east, "company")
    competent(township, city.town, Domain.HOUSING)
    competent(whole, city.city, Domain.HOUSING)
    competent(retired, city.east, Domain.HOUSING, until=TODAY - DAY)
    competent(company, city.east, Domain.HOUSING)
    assert list_competent_bodies(city.town.path, Domain.HOUSING, TODAY) == [township.id, bureau.id, whole.id]
    assert list_competent_bodies(city.easter.path, Domain.HOUSING, TODAY) == [whole.id]
    assert list_competent_bodies(city.west.path, Domain.TOURISM, TODAY) == []
