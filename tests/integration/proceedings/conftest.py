"""Two bodies of one county and its city, a company, limits, and a small process to move."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from zhicheng.core.access import Actor, Domain, Part, Reach, Role
from zhicheng.core.process import (
    REASON,
    Automatic,
    DueBy,
    Effect,
    Need,
    NeedKind,
    Process,
    Step,
    final,
    open_,
    resting,
    staying,
    was_transferred,
)
from zhicheng.ground.access.api import Jurisdiction
from zhicheng.ground.areas.api import Area
from zhicheng.ground.packs.api import forget_loaded
from zhicheng.ground.packs.models import LimitRow
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings import registry
from zhicheng.ground.proceedings.api import SubjectKind, open_proceeding, register_process, register_subject

RECEIVED = open_("received", Role.CLERK)
PROMISED = open_("promised", Role.COMPANY)
TESTING = open_("testing", Role.OFFICER)
CLOSED = resting("closed")
REFUSED = final("refused")
LETTER = Process(
    key="test_letter",
    label="Letter",
    domain=Domain.HOUSING,
    in_force=date(2020, 1, 1),
    states=(RECEIVED, PROMISED, TESTING, CLOSED, REFUSED),
    steps=(
        Step("ask", RECEIVED >> PROMISED, Role.CLERK, needs=(
            Need("company", NeedKind.PARTY, "Company"), Need("due_on", NeedKind.DATE, "Due", from_today=True),
        ), effects=frozenset({Effect.INVITE}), within="letter.ask"),
        Step("note", staying(RECEIVED), Role.CLERK, needs=(
            REASON, Need("photos", NeedKind.FILES, "Photos", required=False),
        )),
        Step("test", RECEIVED >> TESTING, Role.CLERK, within="letter.ask"),
        Step("pause", staying(TESTING), Role.OFFICER, needs=(REASON,), effects=frozenset({Effect.PAUSE})),
        Step("resume", staying(TESTING), Role.OFFICER, effects=frozenset({Effect.RESUME})),
        Step("extend", staying(TESTING), Role.OFFICER, needs=(REASON,), approval=Role.LEADER,
             effects=frozenset({Effect.EXTEND})),
        Step("report", TESTING >> CLOSED, Role.OFFICER, within="letter.report"),
        Step("supplement", staying(TESTING), Role.OFFICER, effects=frozenset({Effect.RESTART})),
        Step("drop", PROMISED >> REFUSED, Role.OFFICER, within="letter.report", needs=(
            Need("ground", NeedKind.CODE, "Ground", catalogue="letter.ground"),
        )),
        Step("answer", PROMISED >> CLOSED, Role.COMPANY, needs=(REASON,), within=DueBy("due_on")),
        Step("lapse", PROMISED >> RECEIVED, automatic=Automatic.CLOCK_LAPSED, within=DueBy("due_on")),
        Step("refuse", RECEIVED >> REFUSED, Role.CLERK, needs=(REASON,)),
        Step("transfer", RECEIVED >> RECEIVED, Role.CLERK, needs=(Need("body", NeedKind.BODY, "Body"),),
             effects=frozenset({Effect.TRANSFER})),
        Step("return", RECEIVED >> RECEIVED, Role.CLERK, guards=(was_transferred,),
             effects=frozenset({Effect.RETURN})),
        Step("involve", staying(RECEIVED), Role.CLERK, needs=(Need("body", NeedKind.BODY, "Body"),),
             effects=frozenset({Effect.INVOLVE})),
        Step("reopen", CLOSED >> RECEIVED, Role.CLERK),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Bodies:
    """The organizations of the tests."""

    county: Organization
    city: Organization
    company: Organization


@pytest.fixture
def letter_process(database: None) -> Iterator[Process]:
    register_process(LETTER)
    register_subject(
        SubjectKind(
            "test_letter",
            facts=lambda _: {},
            after_step=lambda _: None,
            address=lambda _: "/",
            titles=lambda ids: {number: (f"L{number}", "Letter") for number in ids},
            public_address=str,
            contact=lambda _: None,
            handler=lambda _: None,
        )
    )
    yield LETTER
    del registry._processes[LETTER.key]
    del registry._subjects["test_letter"]


@pytest.fixture
def limits(county: Area) -> Iterator[None]:
    for key, amount in (("letter.ask", 5), ("letter.report", 10), ("letter.report.extension", 5)):
        LimitRow.objects.create(
            key=key, amount=amount, unit="working_days", roll="none", citation="test", valid_from=date(2020, 1, 1)
        )
    forget_loaded()
    yield
    forget_loaded()


@pytest.fixture
def bodies(county: Area) -> Bodies:
    def body(name: str, area: Area, kind: str = "public_body") -> Organization:
        made = Organization.objects.create(name=name, sort_key=name, kind=kind, area=area)
        if kind == "public_body":
            Jurisdiction.objects.create(organization=made, area=area, domain=Domain.HOUSING)
        return made

    assert county.parent is not None
    return Bodies(
        body("county bureau", county), body("city bureau", county.parent), body("builder", county, "company")
    )


@pytest.fixture
def clerk(bodies: Bodies, county: Area) -> Actor:
    return staff(1, Role.CLERK, bodies.county, county)


def staff(user: int, role: Role, body: Organization, area: Area) -> Actor:
    """A member of staff of a body that is competent for housing in an area."""
    reach = Reach(role, frozenset({body.id}), (area.path,), frozenset({Domain.HOUSING}))
    return Actor(f"user:{user}", f"{role} {user}", (reach,), user_id=None, organization_id=body.id)


@pytest.fixture
def letter(
    letter_process: Process, limits: None, bodies: Bodies, county: Area, clerk: Actor, now: datetime
) -> int:
    return open_proceeding(
        process=letter_process, subject=("test_letter", 1), area=county, holder=bodies.county.id, by=clerk, now=now
    )


__all__ = ["LETTER", "Bodies", "Part", "staff"]
