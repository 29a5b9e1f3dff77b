"""Who handles a matter: who may say so, whom it can be, and when it ends."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from zhicheng.core.access import Actor, Domain, Role
from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import Delegation, Grant, User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.notices.api import Notice
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import (
    AssignedMeanwhile,
    Proceeding,
    advance,
    assign,
    list_assignable,
    may_assign,
)
from zhicheng.ground.proceedings.audit import check_steps

from .conftest import Bodies, staff


def member(name: str, body: Organization, role: Role = Role.OFFICER, domain: str = "") -> User:
    user = User.objects.create(username=name, name=name, password="!", organization=body)
    Grant.objects.create(user=user, role=role, organization=body, domain=domain)
    return user


def acting(user: User, role: Role, body: Organization, area: Area) -> Actor:
    return replace(staff(user.pk, role, body, area), user_id=user.pk)


@pytest.fixture
def li(bodies: Bodies) -> User:
    return member("li", bodies.county)


@pytest.fixture
def officer(li: User, bodies: Bodies, county: Area) -> Actor:
    return acting(li, Role.OFFICER, bodies.county, county)


def held(letter: int) -> Proceeding:
    return Proceeding.objects.select_related("area").get(pk=letter)


def entries() -> list[tuple[str, dict[str, object]]]:
    found = Entry.objects.filter(act="assign").order_by("id")
    return [(one.actor, json.loads(bytes(one.body))["body"]) for one in found]


def test_taking_a_matter_is_in_the_ledger_and_is_no_step(
    letter: int, li: User, officer: Actor, now: datetime
) -> None:
    assign(proceeding=letter, to=li.pk, seen=None, by=officer, now=now)
    assert (held(letter).assignee_id, held(letter).last_step) == (li.pk, 1)
    body = {"proceeding_id": letter, "from": None, "to": li.pk, "on_behalf_of": None}
    assert entries() == [(f"user:{li.pk}", body)]
    assert not Notice.objects.exists()
    assert list(check_steps()) == []


def test_taking_it_again_changes_nothing(letter: int, li: User, officer: Actor, now: datetime) -> None:
    for seen in (None, None, li.pk):
        assign(proceeding=letter, to=li.pk, seen=seen, by=officer, now=now)
    assert len(entries()) == 1


def test_a_colleague_who_is_handed_it_is_told(letter: int, bodies: Bodies, officer: Actor, now: datetime) -> None:
    wang = member("wang", bodies.county, Role.CLERK)
    assign(proceeding=letter, to=wang.pk, seen=None, by=officer, now=now)
    assert list(Notice.objects.values_list("recipient_id", "template")) == [(wang.pk, "matter_handed")]
    assign(proceeding=letter, to=None, seen=wang.pk, by=officer, now=now)
    assert held(letter).assignee_id is None


def test_whoever_was_faster_keeps_it(
    letter: int, bodies: Bodies, li: User, officer: Actor, county: Area, now: datetime
) -> None:
    wang = member("wang", bodies.county, Role.CLERK)
    assign(proceeding=letter, to=wang.pk, seen=None, by=acting(wang, Role.CLERK, bodies.county, county), now=now)
    with pytest.raises(AssignedMeanwhile):
        assign(proceeding=letter, to=li.pk, seen=None, by=officer, now=now)
    assert held(letter).assignee_id == wang.pk
    assign(proceeding=letter, to=li.pk, seen=wang.pk, by=officer, now=now)
    assert held(letter).assignee_id == li.pk


def test_it_can_be_handed_only_to_whoever_may_act_on_it(
    letter: int, bodies: Bodies, li: User, officer: Actor, now: datetime
) -> None:
    outsider = member("outsider", bodies.city)
    market = member("market", bodies.county, domain=Domain.MARKET)
    caller = member("caller", bodies.county, Role.CALLER)
    for user in (outsider, market, caller):
        with pytest.raises(Refused, match="cannot handle"):
            assign(proceeding=letter, to=user.pk, seen=None, by=officer, now=now)
    assert list_assignable(held(letter), now) == [li]
    assert (held(letter).assignee_id, entries()) == (None, [])


def test_whoever_stands_in_for_a_colleague_may_be_handed_it(
    letter: int, bodies: Bodies, li: User, officer: Actor, now: datetime
) -> None:
    stand_in = User.objects.create(username="a", name="a", password="!", organization=bodies.county)
    Delegation.objects.create(
        grant=li.grants.get(), to_user=stand_in, valid_from=now.date(), valid_to=now.date(), reason="leave",
        created_by=li, created_at=now,
    )  # fmt: skip
    assert list_assignable(held(letter), now) == [stand_in, li]
    assign(proceeding=letter, to=stand_in.pk, seen=None, by=officer, now=now)
    assert held(letter).assignee_id == stand_in.pk


def test_only_the_body_that_has_it_says_who_handles_it(
    letter: int, bodies: Bodies, li: User, county: Area, now: datetime
) -> None:
    assert county.parent is not None
    superior = staff(7, Role.LEADER, bodies.city, county.parent)
    caller = staff(8, Role.CALLER, bodies.county, county)
    for actor in (superior, caller):
        assert not may_assign(held(letter), actor)
        with pytest.raises(Refused, match="Only clerks, officers and leaders"):
            assign(proceeding=letter, to=li.pk, seen=None, by=actor, now=now)
    with pytest.raises(Proceeding.DoesNotExist):
        assign(proceeding=letter, to=li.pk, seen=None, by=Actor("user:9", "stranger", user_id=9), now=now)


def test_it_is_nobodys_once_another_body_has_it(
    letter: int, bodies: Bodies, li: User, officer: Actor, clerk: Actor, now: datetime
) -> None:
    assign(proceeding=letter, to=li.pk, seen=None, by=officer, now=now)
    later = now + timedelta(hours=1)
    advance(proceeding=letter, verb="transfer", by=clerk, now=later, data={"body": bodies.city.id})
    assert held(letter).assignee_id is None
    assert not may_assign(held(letter), officer)


def test_what_has_ended_is_handled_by_nobody_new(
    letter: int, li: User, officer: Actor, clerk: Actor, now: datetime
) -> None:
    advance(proceeding=letter, verb="refuse", by=clerk, now=now, data={"reason": "not for us"})
    with pytest.raises(Refused):
        assign(proceeding=letter, to=li.pk, seen=None, by=officer, now=now)
