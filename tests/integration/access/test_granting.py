"""Accounts, grants and delegations: what is refused, and that each leaves an entry in the user's chain."""

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest

from zhicheng.core.access import ADMINISTRATORS, Actor, Domain, Role
from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import (
    Delegation,
    Grant,
    User,
    delegate,
    end_delegation,
    end_grant,
    grant_role,
    open_account,
)
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.parties.api import Organization

from .conftest import ADMINISTRATOR, TODAY, City, Hire, body

DAY = timedelta(days=1)
SYSTEM, SECURITY, AUDIT = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR


@pytest.fixture
def li(hire: Hire, bureau: Organization) -> User:
    return hire("li", bureau)


@pytest.fixture
def wang(hire: Hire, bureau: Organization) -> User:
    return hire("wang", bureau)


def give(
    user: User,
    role: Role,
    organization: Organization,
    now: datetime,
    begins: date = TODAY,
    ends: date | None = None,
) -> Grant:
    return grant_role(
        user=user,
        role=role,
        organization=organization,
        valid_from=begins,
        valid_to=ends,
        by=ADMINISTRATOR,
        now=now,
    )


def lend(grant: Grant, to: User, now: datetime, begins: date = TODAY, ends: date = TODAY) -> Delegation:
    giver = Actor(f"user:{grant.user_id}", "giver", user_id=grant.user_id)
    return delegate(grant=grant, to_user=to, valid_from=begins, valid_to=ends, reason="leave", by=giver, now=now)


def acts(user: User) -> list[str]:
    """What the user's chain says."""
    return [entry.act for entry in list_entries(("user", user.id))]


def test_every_write_is_an_entry_in_the_users_chain(
    bureau: Organization, city: City, wang: User, now: datetime
) -> None:
    li = open_account(
        username="li", name="Li", password="a long password", organization=bureau, by=ADMINISTRATOR, now=now
    )
    grant = grant_role(
        user=li, role=Role.OFFICER, organization=bureau, valid_from=TODAY, area=city.east, domain=Domain.HOUSING,
        by=ADMINISTRATOR, now=now,
    )  # fmt: skip
    lend(grant, wang, now)
    end_grant(grant=grant, last_on=TODAY + DAY, by=ADMINISTRATOR, now=now)
    assert acts(li) == ["open_account", "grant_role", "delegate", "end_grant"]
    assert acts(wang) == []
    opened, given, delegated, ended = map(read_body, list_entries(("user", li.id)))
    assert opened == {"organization": bureau.id, "simulated": False}
    assert given == {
        "grant": grant.id, "role": "officer", "organization": bureau.id, "area": city.east.id,
        "domain": "housing", "from": "2026-11-23", "until": None,
    }  # fmt: skip
    assert delegated == {"grant": grant.id, "to": wang.id, "from": "2026-11-23", "until": "2026-11-23"}
    assert ended == given | {"until": "2026-11-24"}
    assert {entry.actor for entry in list_entries(("user", li.id))} == {"user:1", f"user:{li.id}"}


def test_an_account_opens_without_a_grant_and_with_its_password(bureau: Organization, now: datetime) -> None:
    li = open_account(
        username="li", name="Li", password="a long password", organization=bureau, by=ADMINISTRATOR, now=now
    )
    assert li.check_password("a long password")
    assert not li.grants.exists()


PAIRS = list(permutations(sorted(ADMINISTRATORS), 2))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_three_administrators_are_three_people(
    li: User, bureau: Organization, now: datetime, first: Role, second: Role
) -> None:
    give(li, first, bureau, now)
    with pytest.raises(Refused, match="three people"):
        give(li, second, bureau, now)
    assert acts(li) == ["grant_role"]


@pytest.mark.parametrize(
    ("begins", "ends", "refused"),
    [
        (TODAY, TODAY, True),
        (TODAY - 9 * DAY, TODAY - 5 * DAY, True),
        (TODAY + 5 * DAY, None, True),
        (TODAY - 9 * DAY, TODAY - 6 * DAY, False),
        (TODAY + 6 * DAY, None, False),
    ],
)
def test_a_dated_grant_counts_for_its_days(
    li: User, bureau: Organization, now: datetime, begins: date, ends: date | None, refused: bool
) -> None:
    give(li, SECURITY, bureau, now, TODAY - 5 * DAY, TODAY + 5 * DAY)
    if refused:
        with pytest.raises(Refused, match="three people"):
            give(li, AUDIT, bureau, now, begins, ends)
    else:
        give(li, AUDIT, bureau, now, begins, ends)


def test_the_same_administrator_twice_and_any_other_role_are_no_conflict(
    li: User, bureau: Organization, now: datetime
) -> None:
    give(li, SECURITY, bureau, now)
    give(li, SECURITY, bureau, now, begins=TODAY + DAY)
    give(li, Role.OFFICER, bureau, now)
    assert li.grants.count() == 3


def test_no_administrator_becomes_another_by_delegation(
    li: User, wang: User, bureau: Organization, now: datetime
) -> None:
    give(wang, AUDIT, bureau, now)
    with pytest.raises(Refused, match="three people"):
        lend(give(li, SECURITY, bureau, now), wang, now)
    assert not Delegation.objects.exists()


def test_who_is_lent_one_administrators_grant_is_not_granted_another(
    li: User, wang: User, bureau: Organization, now: datetime
) -> None:
    lend(give(li, SECURITY, bureau, now), wang, now)
    with pytest.raises(Refused, match="three people"):
        give(wang, SYSTEM, bureau, now)
    give(wang, SYSTEM, bureau, now, begins=TODAY + DAY)


def test_a_grant_ends_and_is_never_lengthened(li: User, bureau: Organization, now: datetime) -> None:
    grant = give(li, Role.OFFICER, bureau, now, ends=TODAY + 5 * DAY)
    with pytest.raises(Refused, match="2026-11-28"):
        end_grant(grant=grant, last_on=TODAY + 6 * DAY, by=ADMINISTRATOR, now=now)
    assert end_grant(grant=grant, last_on=TODAY + DAY, by=ADMINISTRATOR, now=now).valid_to == TODAY + DAY
    assert end_grant(grant=grant, last_on=TODAY - DAY, by=ADMINISTRATOR, now=now).valid_to == TODAY
    assert acts(li) == ["grant_role", "end_grant", "end_grant"]


def test_only_the_holder_lends_a_grant(li: User, wang: User, bureau: Organization, now: datetime) -> None:
    grant = give(li, Role.LEADER, bureau, now)
    for by in (Actor("user:0", "nobody"), Actor(f"user:{wang.id}", "wang", user_id=wang.id)):
        with pytest.raises(Refused, match="Only your own grant"):
            delegate(grant=grant, to_user=wang, valid_from=TODAY, valid_to=TODAY, reason="leave", by=by, now=now)


def test_what_was_lent_cannot_be_lent_on(
    hire: Hire, li: User, wang: User, bureau: Organization, now: datetime
) -> None:
    grant = give(li, Role.LEADER, bureau, now)
    lend(grant, wang, now)
    with pytest.raises(Refused, match="Only your own grant"):
        delegate(
            grant=grant, to_user=hire("zhao", bureau), valid_from=TODAY, valid_to=TODAY, reason="leave",
            by=Actor(f"user:{wang.id}", "wang", user_id=wang.id), now=now,
        )  # fmt: skip


def test_a_grant_is_lent_to_a_colleague(
    hire: Hire, li: User, bureau: Organization, city: City, now: datetime
) -> None:
    grant = give(li, Role.LEADER, bureau, now)
    for stranger in (li, hire("homeless", None), hire("stranger", body("other", city.west))):
        with pytest.raises(Refused, match="colleague of the same organization"):
            lend(grant, stranger, now)
    assert acts(li) == ["grant_role"]


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False), (91, False), (92, True)])
def test_a_delegation_lasts_from_one_to_ninety_two_days(
    li: User, wang: User, bureau: Organization, now: datetime, days: int, refused: bool
) -> None:
    grant = give(li, Role.LEADER, bureau, now)
    if refused:
        with pytest.raises(Refused, match="from 1 to 92 days"):
            lend(grant, wang, now, ends=TODAY + days * DAY)
    else:
        assert lend(grant, wang, now, ends=TODAY + days * DAY).valid_to == TODAY + days * DAY


def test_the_same_role_sent_twice_is_granted_once_and_ended_once(
    li: User, bureau: Organization, now: datetime
) -> None:
    first = give(li, Role.OFFICER, bureau, now)
    assert give(li, Role.OFFICER, bureau, now) == first
    end_grant(grant=first, last_on=TODAY, by=ADMINISTRATOR, now=now)
    assert give(li, Role.OFFICER, bureau, now) != first, "what was ended can be granted anew"
    assert acts(li) == ["grant_role", "end_grant", "grant_role"]


def test_sent_twice_it_is_delegated_once_and_taken_back_at_once(
    li: User, wang: User, bureau: Organization, now: datetime
) -> None:
    """A second row would go on after the first is taken back, and the page would say that nobody has the grant."""
    grant = give(li, Role.LEADER, bureau, now)
    first = lend(grant, wang, now, ends=TODAY + DAY)
    assert lend(grant, wang, now, ends=TODAY + DAY) == first
    with pytest.raises(Refused, match="take it back first"):
        lend(grant, wang, now, begins=TODAY + DAY, ends=TODAY + 2 * DAY)
    later = lend(grant, wang, now, begins=TODAY + 2 * DAY, ends=TODAY + 3 * DAY)
    assert later != first
    giver = Actor(f"user:{li.id}", "giver", user_id=li.id)
    end_delegation(delegation=first, by=giver, now=now)
    assert lend(grant, wang, now, ends=TODAY + DAY) != first
    assert acts(li).count("delegate") == 3


def test_nothing_is_delegated_for_days_that_are_over(
    li: User, wang: User, bureau: Organization, now: datetime
) -> None:
    grant = give(li, Role.LEADER, bureau, now, begins=TODAY - 30 * DAY)
    with pytest.raises(Refused, match="has passed") as refused:
        lend(grant, wang, now, begins=TODAY - 9 * DAY, ends=TODAY - DAY)
    assert refused.value.field == "valid_to"  # type: ignore[attr-defined]
    assert lend(grant, wang, now, begins=TODAY - 9 * DAY, ends=TODAY).valid_to == TODAY


@pytest.mark.parametrize(
    ("kind", "role", "fits"),
    [
        ("public_body", Role.OFFICER, True), ("public_body", Role.COMPANY, False),
        ("hotline_centre", Role.CALLER, True), ("hotline_centre", Role.COMPANY, False),
        ("company", Role.COMPANY, True), ("company", Role.OFFICER, False), ("laboratory", Role.CLERK, False),
        ("company", AUDIT, True),
    ],
)  # fmt: skip
def test_a_role_is_granted_only_in_an_organization_that_has_it(
    li: User, city: City, now: datetime, kind: str, role: Role, fits: bool
) -> None:
    organization = body("somebody", city.east, kind)
    if fits:
        assert give(li, role, organization, now).organization == organization
        return
    with pytest.raises(Refused, match="somebody is not of the kind of organization that has this role"):
        give(li, role, organization, now)
    assert acts(li) == []
