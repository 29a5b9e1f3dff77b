"""Who is told of a step: those who may act on the matter where it now lies, and nobody else."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from zhicheng.core.access import Actor, Domain, Role
from zhicheng.core.process import Process
from zhicheng.ground.access.api import Delegation, Grant, User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.notices.api import Notice
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings import registry
from zhicheng.ground.proceedings.api import advance

from .conftest import LETTER, Bodies


@pytest.fixture
def telling(letter: int) -> Process:
    """The letter's table, in which clerks are told of a transfer."""
    steps = tuple(
        replace(step, notify=(Role.CLERK,)) if step.verb == "transfer" else step for step in LETTER.steps
    )
    changed = replace(LETTER, steps=steps)
    registry._processes[LETTER.key] = [changed]
    return changed


def clerk_of(
    body: Organization, name: str, *, area: Area | None = None, domain: str = "", is_active: bool = True,
    ends: date | None = None,
) -> User:  # fmt: skip
    user = User.objects.create(username=name, name=name, password="!", organization=body, is_active=is_active)
    Grant.objects.create(user=user, role=Role.CLERK, organization=body, area=area, domain=domain, valid_to=ends)
    return user


def told() -> list[str]:
    users = dict(User.objects.values_list("id", "username"))
    return sorted(users[one] for one in Notice.objects.values_list("recipient_id", flat=True))


def test_the_people_of_the_new_body_are_told_and_whoever_stands_in_for_them(
    letter: int, telling: Process, clerk: Actor, bodies: Bodies, county: Area, now: datetime
) -> None:
    away = clerk_of(bodies.city, "away")
    clerk_of(bodies.county, "former")
    clerk_of(bodies.city, "locked", is_active=False)
    clerk_of(bodies.city, "ended", ends=date(2026, 1, 1))
    clerk_of(bodies.city, "of the market", domain=Domain.MARKET)
    clerk_of(bodies.city, "of the county", area=county)
    standing_in = User.objects.create(username="standing in", name="x", password="!", organization=bodies.city)
    Delegation.objects.create(
        grant=away.grants.get(), to_user=standing_in, valid_from=now.date(), valid_to=now.date(), reason="leave",
        created_by=away, created_at=now,
    )  # fmt: skip
    advance(proceeding=letter, verb="transfer", by=clerk, now=now, data={"body": bodies.city.id})
    assert told() == ["away", "of the county", "standing in"]
