"""The course that one invented case took: its proceedings and every step, as rows of the tables."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from zhicheng.cases.housing.rules import HOUSING
from zhicheng.cases.models import SUBJECT
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import Actor, Domain, Part
from zhicheng.core.process import Process
from zhicheng.ground.proceedings.registry import SYSTEM
from zhicheng.ground.proceedings.timing import ClockChanges
from zhicheng.ground.proceedings.writing import StepRow

STUCK = 0.03
"""The share of cases that stay where they are at some step: what is overdue."""
LIMITS = {"received": ("housing.accept", 5), "accepted": ("housing.order", 15), "ordered": ("date:due_on", 40),
          "promised": ("date:promised_on", 30), "rectified": ("housing.verify", 7),
          "awaiting_call": ("case.call", 5)}  # fmt: skip
"""The clock of each state, and after how many days it ends."""
_ENDED_BY = {
    "verified": (("accept", "accepted", 1), ("order", "ordered", 6), ("promise", "promised", 2),
                 ("prove", "rectified", 14), ("verify", "verified", 3)),
    "unfounded": (("accept", "accepted", 1), ("dismiss", "unfounded", 8)),
    "rejected": (("reject", "rejected", 2),),
}  # fmt: skip
"""The steps to each ending: verb, state, and days that it takes at most."""
_ENDINGS = (("verified", 75), ("unfounded", 10), ("rejected", 15))


@dataclass(frozen=True)
class Body:
    """A housing bureau, with who works for it; `centre` makes its call-backs."""

    id: int
    clerk: Actor
    officer: Actor
    leader: Actor
    caller: Actor


@dataclass(frozen=True)
class Matter:
    """What a case is about, drawn before its course; `superior` takes a few over."""

    case: int
    area: int
    body: Body
    superior: Body
    company: int
    cause: str
    received_at: datetime
    historical: bool


@dataclass(frozen=True)
class Clock:
    """One clock of a proceeding."""

    proceeding: int
    limit_key: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Course:
    """The steps in the order taken (each proceeding's first opens it), its clocks and who took part."""

    steps: tuple[StepRow, ...]
    clocks: tuple[Clock, ...]
    parts: tuple[tuple[int, int, Part, datetime], ...]


def course_of(matter: Matter, loop: int, housing: int, random: Random, until: datetime) -> Course:
    """What happened to a matter up to `until`, in the proceedings with these ids."""
    if matter.historical:
        row = _first(LOOP, loop, matter)
        assert LOOP.historical is not None
        recorded = replace(row, verb="record_historical", to=LOOP.historical, by=matter.body.officer, awaited=None)
        return Course((recorded,), (), ((loop, matter.body.id, Part.LEAD, matter.received_at),))
    steps = [_first(LOOP, loop, matter), _first(HOUSING, housing, matter)]
    parts = [(one, matter.body.id, Part.LEAD, matter.received_at) for one in (loop, housing)]
    at, stuck = matter.received_at, random.random() < STUCK
    body, most = matter.body, random.randrange(6)
    for verb, state, days in _plan(random):
        at += timedelta(days=days * random.random(), seconds=random.randrange(1, 3600))
        if at > until or (stuck and len(steps) - 2 >= most):
            return Course(tuple(steps), tuple(_clocks(steps, until)), tuple(parts))
        last = next(row for row in reversed(steps) if row.proceeding_id == housing)
        row = _next(last, HOUSING, verb, state, at, _actor(verb, body, matter))
        if verb == "transfer":
            body = matter.superior
            parts[1] = (housing, matter.body.id, Part.FORMER, matter.received_at)
            parts.append((housing, body.id, Part.LEAD, at))
            row = replace(row, holder=body.id, data={"body": body.id})
        if verb == "order":
            parts.append((housing, matter.company, Part.RESPONDENT, at))
            due_on = (at + timedelta(days=40)).date().isoformat()
            row = replace(row, data={"cause": matter.cause, "company": matter.company, "due_on": due_on})
        steps.append(row)
    finished = _next(steps[0], LOOP, "finish", "awaiting_call", at, SYSTEM)
    steps.append(finished)
    at += timedelta(days=3 * random.random())
    if at <= until and not stuck:
        steps.append(_next(finished, LOOP, "call", "closed", at, matter.body.caller))
    return Course(tuple(steps), tuple(_clocks(steps, until)), tuple(parts))


def ordered_company(course: Course) -> int | None:
    """The company that was ordered to rectify, if one was."""
    return next((row.data["company"] for row in course.steps if row.verb == "order"), None)


def _plan(random: Random) -> Iterator[tuple[str, str, int]]:
    if random.random() < 0.03:
        yield "transfer", "received", 2
    ending = random.choices([key for key, _ in _ENDINGS], [weight for _, weight in _ENDINGS])[0]
    yield from _ENDED_BY[ending]


def _actor(verb: str, body: Body, matter: Matter) -> Actor:
    if verb in ("promise", "prove"):
        return Actor(f"company:{matter.company}", "company", organization_id=matter.company)
    return {"accept": body.clerk, "reject": body.clerk, "transfer": body.clerk, "dismiss": body.leader}.get(
        verb, body.officer
    )


def _first(process: Process, proceeding: int, matter: Matter) -> StepRow:
    by = Actor(f"reporter:{matter.case}", "reporter")
    return StepRow(
        proceeding_id=proceeding, process=process, subject=(SUBJECT, matter.case), domain=Domain.HOUSING,
        opened_at=matter.received_at, number=1, verb="open", from_state="", to=process.initial, by=by,
        on_behalf_of=None, now=matter.received_at, data={"holder": matter.body.id}, holder=matter.body.id,
        area_id=matter.area, simulated=True, clocks=_due(process.initial.key, matter.received_at), joined={},
        awaited=process.initial.owner,
    )  # fmt: skip


def _next(last: StepRow, process: Process, verb: str, state: str, at: datetime, by: Actor) -> StepRow:
    to = process.state(state)
    return replace(
        last, number=last.number + 1, verb=verb, from_state=last.to.key, to=to, by=by, now=at, data={},
        clocks=_due(state, at), awaited=to.owner,
    )  # fmt: skip


def _due(state: str, at: datetime) -> ClockChanges:
    return ClockChanges(due_at=at + timedelta(days=LIMITS[state][1]) if state in LIMITS else None)


def _clocks(steps: list[StepRow], until: datetime) -> Iterator[Clock]:
    """A clock for every state that has one; it ended with the next step of its proceeding."""
    following: dict[int | None, datetime] = {}
    for row in reversed(steps):
        if row.clocks.due_at is not None and row.proceeding_id is not None:
            ended: Any = following.get(row.proceeding_id)
            yield Clock(row.proceeding_id, LIMITS[row.to.key][0], row.now, row.clocks.due_at, ended)
        following[row.proceeding_id] = row.now
