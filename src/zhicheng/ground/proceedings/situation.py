"""Where a proceeding stands, read in one query, as values that the rules can judge."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import connection

from zhicheng.core.access import Actor, Domain, Matter, Part, Subject
from zhicheng.core.clock.due import local
from zhicheng.core.process import Clocks, Context, Process, Step, Taken
from zhicheng.ground.ledger.api import TURN
from zhicheng.ground.proceedings.bounds import bounds_over
from zhicheng.ground.proceedings.registry import process_version, subject_kind


@dataclass(frozen=True)
class RunningClock:
    """A clock that has not ended; `pauses` pairs aware times, the last one open while the clock is paused."""

    id: int
    limit_key: str
    started_at: datetime
    due_at: datetime | None
    extended_by: int
    pauses: tuple[tuple[datetime, datetime | None], ...]

    @property
    def is_date(self) -> bool:
        """Whether it runs to a date that was named, and not by a limit."""
        return self.limit_key.startswith("date:")

    @property
    def is_paused(self) -> bool:
        """Whether the last pause has not ended."""
        return bool(self.pauses) and self.pauses[-1][1] is None


class Facts(Mapping[str, Any]):
    """The facts of a record, read when a guard first asks for one: most steps have no such guard."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    @cached_property
    def _values(self) -> Mapping[str, Any]:
        return subject_kind(self.subject[0]).facts(self.subject[1])

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True)
class Situation:
    """One proceeding with its table, its matter, its history and its running clocks."""

    id: int
    process: Process
    subject: Subject
    state: str
    number: int
    opened_at: datetime
    area_id: int
    simulated: bool
    matter: Matter
    history: tuple[Taken, ...]
    clocks: tuple[RunningClock, ...]

    @property
    def opened_on(self) -> date:
        """The day whose rules and terms the proceeding keeps."""
        return local(self.opened_at).date()

    def context(self, by: Actor, now: datetime, data: Mapping[str, Any] | None = None) -> Context:
        """What guards may look at, with the facts of the record."""
        facts = Facts(self.subject)
        return Context(now, by.key, self.state, self.history, facts, data or {}, self._clocks(now))

    def _clocks(self, now: datetime) -> Clocks:
        """The limits, without the dates that were named: those neither stand still nor are extended."""
        limits = [clock for clock in self.clocks if not clock.is_date]
        return Clocks(
            running=len(limits),
            paused=sum(clock.is_paused for clock in limits),
            extended=sum(clock.extended_by > 0 for clock in limits),
            over=bounds_over(
                self.process,
                self.state,
                self.history,
                area=self.matter.area_path,
                opened_on=self.opened_on,
                now=now,
            ),
        )


@dataclass(frozen=True)
class Taking:
    """A step as it was taken: handed to whoever acts on what follows from it, in the same transaction."""

    before: Situation
    step: Step
    to_state: str
    by: Actor
    now: datetime
    data: Mapping[str, Any]
    stored: Mapping[str, Any]
    number: int


_SELECT = """
SELECT p.id, p.kind, p.version, p.subject_kind, p.subject_id, p.state, p.last_step, p.opened_at, p.area_id,
       p.simulated, a.path, p.domain, p.holder_id,
       (SELECT coalesce(jsonb_object_agg(o.organization_id, o.part), '{}')
          FROM proceedings_participant o WHERE o.proceeding_id = p.id),
       (SELECT coalesce(jsonb_agg(jsonb_build_array(s.verb, s.actor, s.at, s.data, s.to_state)
                                  ORDER BY s.number), '[]')
          FROM proceedings_step s WHERE s.proceeding_id = p.id),
       (SELECT coalesce(jsonb_agg(jsonb_build_array(c.id, c.limit_key, c.started_at, c.due_at, c.extended_by,
                                                    c.pauses) ORDER BY c.id), '[]')
          FROM proceedings_clock c WHERE c.proceeding_id = p.id AND c.ended_at IS NULL)
  FROM proceedings_proceeding p JOIN areas_area a ON a.id = p.area_id"""
_READ = _SELECT + " WHERE p.id = %(id)s"
_TURN = TURN.format(kind="subject_kind", id="subject_id")
_LOCKING = (
    f"WITH turn AS MATERIALIZED (SELECT {_TURN} FROM proceedings_proceeding WHERE id = %(id)s)"  # noqa: S608 - no input
    f"{_SELECT} CROSS JOIN turn WHERE p.id = %(id)s FOR NO KEY UPDATE OF p"
)
"""The turn is taken before the row is locked: a row is locked once all that it is joined with has been read."""


def read_situation(proceeding_id: int, *, lock: bool = False) -> Situation | None:
    """The proceeding's situation, or None; with `lock` its subject's turn and its row are kept until the
    transaction ends.
    """
    row = _fetch(_LOCKING if lock else _READ, proceeding_id)
    if row is not None and lock and len(json.loads(row[14])) != row[6]:
        # Somebody moved it while we waited: the locked row is new, but the rest of the statement still saw
        # the old snapshot. A second statement sees everything.
        row = _fetch(_READ, proceeding_id)
    return None if row is None else _situation(row)


def _fetch(sql: str, proceeding_id: int) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"id": proceeding_id})
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _situation(row: tuple[Any, ...]) -> Situation:
    (id_, kind, version, subject_name, subject_id, state, number, opened_at, area_id, simulated, path, domain,
     holder, *aggregates) = row  # fmt: skip
    parts, history, clocks = map(json.loads, aggregates)  # Django's connections leave jsonb as text
    subject = (subject_name, subject_id)
    return Situation(
        id=id_,
        process=process_version(kind, version),
        subject=subject,
        state=state,
        number=number,
        opened_at=opened_at,
        area_id=area_id,
        simulated=simulated,
        matter=Matter(path, Domain(domain), holder, {int(k): Part(v) for k, v in parts.items()}, subject),
        history=tuple(Taken(verb, by, datetime.fromisoformat(at), data, to) for verb, by, at, data, to in history),
        clocks=tuple(_clock(*clock) for clock in clocks),
    )


def _clock(id_: int, key: str, started: str, due: str | None, extended: int, pauses: list[Any]) -> RunningClock:
    return RunningClock(
        id=id_,
        limit_key=key,
        started_at=datetime.fromisoformat(started),
        due_at=datetime.fromisoformat(due) if due else None,
        extended_by=extended,
        pauses=tuple((datetime.fromisoformat(a), datetime.fromisoformat(b) if b else None) for a, b in pauses),
    )
