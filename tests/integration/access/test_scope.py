"""The same rule twice: the filter that the database applies and `Actor.sees`, over random rows and people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from random import Random

import pytest
from django.db.models import QuerySet

from zhicheng.core.access import Actor, Domain, Part, Role
from zhicheng.core.process import Process, Step, final, open_
from zhicheng.ground.access.api import Delegation, Grant, actor_for, list_users_acting
from zhicheng.ground.areas.api import Area
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings import registry, subjects
from zhicheng.ground.proceedings.api import (
    Proceeding,
    SubjectKind,
    open_proceeding,
    read_situation,
    register_process,
    register_subject,
    steps_offered,
)
from zhicheng.ground.proceedings.queries import list_inbox
from zhicheng.ground.search.models import SearchEntry

from .conftest import ADMINISTRATOR, TODAY, City, Hire, body, competent, granted

OWNERS = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER, Role.COMPANY)
SEEDS = (20261123, 3708, 3704)


def process_owned_by(role: Role) -> Process:
    """A table whose first state waits for one role, and its last for nobody."""
    waiting, done = open_("waiting", role), final("done")
    return Process(
        key=f"scope_{role}", label="Thing", in_force=date(2020, 1, 1), states=(waiting, done),
        steps=(Step("end", waiting >> done, role),),
    )  # fmt: skip


@pytest.fixture
def processes(database: None) -> Iterator[list[Process]]:
    made = [process_owned_by(role) for role in OWNERS]
    for process in made:
        register_process(process)
    register_subject(
        SubjectKind(
            "scope",
            facts=lambda _: {},
            after_step=lambda _: None,
            address=str,
            titles=lambda _: {},
            public_address=str,
            contact=lambda _: None,
            handler=lambda _: None,
        )
    )
    yield made
    for process in made:
        del registry._processes[process.key]
    del registry._subjects["scope"]


@dataclass(frozen=True)
class World:
    """Some 200 proceedings over areas, domains, holders and participants, and some 40 people."""

    proceedings: list[Proceeding]
    actors: list[Actor]


def organizations_in(random: Random, areas: list[Area]) -> list[Organization]:
    bodies = [body(f"body {number}", random.choice(areas)) for number in range(6)]
    departments = [
        body(f"department {number}", one.area, "department", one) for number, one in enumerate(bodies[:3])
    ]
    companies = [body(f"company {number}", random.choice(areas), "company") for number in range(3)]
    for area in areas:
        for domain in random.sample(list(Domain), 3):
            competent(random.choice([*bodies, *departments]), area, domain)
    return [*bodies, *departments, *companies]


def people_in(random: Random, organizations: list[Organization], areas: list[Area], hire: Hire) -> list[Actor]:
    users = [hire(f"user {number}", random.choice(organizations)) for number in range(30)]
    grants: list[Grant] = []
    for user in users:
        for _ in range(random.randint(1, 2)):
            role = random.choice([*OWNERS, *OWNERS, Role.SECURITY_ADMINISTRATOR])
            area = random.choice([None, None, None, random.choice(areas)])
            domain = random.choice(["", "", "", random.choice(list(Domain))])
            ends = random.choice([None, None, None, date(2026, 1, 1)])
            grants.append(granted(user, role, random.choice(organizations), area=area, domain=domain, ends=ends))
    for grant in random.sample(grants, 8):
        to_user = random.choice([user for user in users if user.id != grant.user_id])
        Delegation.objects.create(
            grant=grant, to_user=to_user, valid_from=TODAY, valid_to=TODAY, reason="leave",
            created_by=grant.user, created_at=datetime.now().astimezone(),
        )  # fmt: skip
    return [actor_for(user, TODAY) for user in users]


def proceed(
    random: Random, number: int, process: Process, bodies: list[Organization], areas: list[Area], now: datetime
) -> None:
    others = random.sample(bodies, random.randint(0, 3))
    open_proceeding(
        process=process, subject=("scope", number // 2), by=ADMINISTRATOR, now=now,
        area=random.choice(areas), domain=random.choice(list(Domain)),
        holder=random.choice([None, *(one.id for one in bodies)]),
        parts={one.id: random.choice([Part.ASSISTING, Part.FORMER, Part.RESPONDENT]) for one in others},
    )  # fmt: skip


@pytest.fixture(params=SEEDS)
def world(
    request: pytest.FixtureRequest, processes: list[Process], city: City, hire: Hire, now: datetime
) -> World:
    random = Random(request.param)
    areas = [city.city, city.east, city.west, city.easter, city.town]
    organizations = organizations_in(random, areas)
    for number in range(200):
        proceed(random, number, random.choice(processes), organizations, areas, now)
    actors = people_in(random, organizations, areas, hire)
    reporters = [
        Actor(f"reporter:{n}", "reporter", own=("scope", n), own_role=Role.REPORTER)
        for n in random.sample(range(100), 8)
    ]
    invited = [
        Actor(f"company:{one.id}", one.name, own=("scope", n), own_role=Role.COMPANY, organization_id=one.id)
        for one in organizations
        for n in random.sample(range(100), 8)
    ]
    proceedings = list(
        Proceeding.objects.filter(subject_kind="scope").select_related("area").prefetch_related("participants")
    )
    return World(proceedings, [*actors, *reporters, *invited, Actor("public", "public"), registry.SYSTEM])


def ids(proceedings: QuerySet[Proceeding]) -> list[int]:
    return list(proceedings.filter(subject_kind="scope").values_list("id", flat=True))


def test_the_filter_and_the_rule_open_the_same_rows(world: World) -> None:
    seen_by_anybody: set[int] = set()
    for actor in world.actors:
        found = list(
            Proceeding.objects.visible_to(actor).filter(subject_kind="scope").values_list("id", flat=True)
        )
        expected = {one.id for one in world.proceedings if actor.sees(one.matter())}
        assert len(found) == len(set(found)), f"{actor.name} finds a row twice"
        assert set(found) == expected, actor
        if not actor.is_system:
            seen_by_anybody |= expected
            assert len(expected) < len(world.proceedings), f"{actor.name} sees everything"
    assert len(seen_by_anybody) > len(world.proceedings) / 2


def test_records_are_the_same_however_they_are_found(
    world: World, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    # Any table with the ids of the subjects will do for records: here the search's.
    SearchEntry.objects.bulk_create(
        SearchEntry(id=number, subject_kind="x", subject_id=number, title="x", bigrams=[], updated_at=now)
        for number in range(100)
    )
    for few in (0, subjects.FEW):
        monkeypatch.setattr(subjects, "FEW", few)
        forget_kept()
        for ask, actor in product((subjects.seen, subjects.listed, subjects.counted), world.actors):
            found = list(SearchEntry.objects.filter(ask(actor, "scope")).values_list("id", flat=True))
            expected = {one.subject_id for one in world.proceedings if actor.sees(one.matter())}
            assert len(found) == len(set(found)), f"{actor.name} finds a record twice"
            assert set(found) == expected, (ask, few, actor)


def test_the_inbox_is_what_waits_for_a_role_that_the_actor_has(world: World) -> None:
    filled = 0
    for actor in (one for one in world.actors if one.user_id):
        found = ids(list_inbox(actor))
        expected = {one.id for one in world.proceedings if Role(one.owner_role) in actor.roles_on(one.matter())}
        assert len(found) == len(set(found)), f"{actor.name} finds a row twice"
        assert set(found) == expected, actor
        filled += bool(found)
    assert filled > 5


def test_everything_in_the_inbox_offers_a_step_and_is_seen(world: World, now: datetime) -> None:
    for actor in (one for one in world.actors if one.user_id):
        for proceeding in list_inbox(actor).filter(subject_kind="scope")[:5]:
            situation = read_situation(proceeding.id)
            assert situation is not None
            assert actor.sees(situation.matter)
            assert [step.verb for step in steps_offered(situation, actor, now)] == ["end"]


def test_the_public_and_administrators_find_nothing(world: World, hire: Hire) -> None:
    security = hire("security", None)
    for organization in Organization.objects.all():
        granted(security, Role.SECURITY_ADMINISTRATOR, organization)
    for actor in (Actor("public", "public"), actor_for(security, TODAY)):
        assert not Proceeding.objects.visible_to(actor).exists()
        assert not list_inbox(actor).exists()


def test_who_may_act_is_found_from_the_matter_as_from_the_people(world: World) -> None:
    told = 0
    for proceeding in world.proceedings[::4]:
        matter = proceeding.matter()
        for role in (*OWNERS, Role.ASSISTING):
            found = [user.id for user in list_users_acting(matter, role, TODAY)]
            people = (actor for actor in world.actors if actor.user_id and role in actor.roles_on(matter))
            assert found == [actor.user_id for actor in people], (role, matter)
            told += len(found)
    assert told > 50
