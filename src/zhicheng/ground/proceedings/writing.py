"""The one statement that takes a step: ledger entry, step, clocks and participants.

Plain ORM writes are three to four times slower and need a round trip each. The step's insertion moves the
proceeding: a trigger owned by the tables' owner does it and refuses a step that does not follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from zhicheng.core.access import Actor, Domain, Part, Role, Subject
from zhicheng.core.process import Process, State
from zhicheng.ground.ledger.api import entry_body
from zhicheng.ground.proceedings.timing import ClockChanges


@dataclass(frozen=True)
class StepRow:
    """Everything that is written when a step is taken; `proceeding_id` is None when it opens one."""

    proceeding_id: int | None
    process: Process
    subject: Subject
    domain: Domain
    opened_at: datetime
    number: int
    verb: str
    from_state: str
    to: State
    by: Actor
    on_behalf_of: int | None
    now: datetime
    data: Mapping[str, Any]
    holder: int | None
    area_id: int
    simulated: bool
    clocks: ClockChanges
    joined: Mapping[int, Part]
    awaited: Role | None


ADVANCE = """
WITH entry AS (
    INSERT INTO ledger_entry (subject_kind, subject_id, act, actor, at, body)
    VALUES (%(subject_kind)s, %(subject_id)s, %(act)s, %(actor)s, %(at)s, %(body)s)
    RETURNING id)
, ended AS (
    UPDATE proceedings_clock SET ended_at = %(at)s WHERE id = ANY(%(ended)s))
, changed AS (
    UPDATE proceedings_clock c SET due_at = n.due_at, extended_by = n.extended_by, pauses = n.pauses
      FROM jsonb_to_recordset(%(changed)s)
        AS n(id bigint, due_at timestamptz, extended_by int, pauses jsonb)
     WHERE c.id = n.id)
, begun AS (
    INSERT INTO proceedings_clock (proceeding_id, limit_key, started_at, due_at, first_due_at, extended_by, pauses)
    SELECT %(id)s, n.limit_key, n.started_at, n.due_at, n.due_at, 0, '[]'::jsonb
      FROM jsonb_to_recordset(%(begun)s) AS n(limit_key text, started_at timestamptz, due_at timestamptz))
, joined AS (
    INSERT INTO proceedings_participant (proceeding_id, organization_id, part, since)
    SELECT %(id)s, n.organization, n.part, %(at)s
      FROM jsonb_to_recordset(%(joined)s) AS n(organization bigint, part text)
    ON CONFLICT (proceeding_id, organization_id) DO UPDATE SET part = EXCLUDED.part)
INSERT INTO proceedings_step (proceeding_id, number, verb, from_state, to_state, ending, owner_role, at, actor,
    actor_name, organization_id, on_behalf_of_id, data, holder_id, area_id, due_at, paused, entry_id)
SELECT %(id)s, %(number)s, %(verb)s, %(from_state)s, %(to_state)s, %(ending)s, %(owner_role)s, %(at)s,
    %(actor)s, %(actor_name)s, %(organization)s, %(on_behalf_of)s, %(data)s, %(holder)s, %(area)s, %(due_at)s,
    %(paused)s, entry.id
  FROM entry
"""


def write_step(row: StepRow) -> None:
    """Writes a step after the first, and everything that goes with it.

    Raises IntegrityError if the step does not follow the proceeding's state.
    """
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, _params(row))


def ledger_body(row: StepRow) -> dict[str, Any]:
    """What the ledger keeps of a step, besides who and when."""
    return {
        "proceeding": {
            "kind": row.process.key,
            "version": row.process.version,
            "opened_at": row.opened_at.isoformat(),
            "domain": row.domain,
        },
        "number": row.number,
        "from": row.from_state,
        "to": row.to.key,
        "holder": row.holder,
        "area": row.area_id,
        "organization": row.by.organization_id,
        "on_behalf_of": row.on_behalf_of,
        "simulated": row.simulated,
        "data": dict(row.data),
    }


def entry_of(row: StepRow) -> bytes:
    """The bytes of the step's ledger entry."""
    return entry_body(subject=row.subject, act=row.verb, by=row.by, now=row.now, body=ledger_body(row))


def clocks_begun(clocks: ClockChanges) -> list[dict[str, Any]]:
    """The clocks that a step starts, as JSON."""
    return [
        {"limit_key": one.limit_key, "started_at": _iso(one.started_at), "due_at": _iso(one.due_at)}
        for one in clocks.begun
    ]


def parts_joined(joined: Mapping[int, Part]) -> list[dict[str, Any]]:
    """The participants that a step adds or whose part it changes, as JSON."""
    return [{"organization": organization, "part": part} for organization, part in joined.items()]


def _params(row: StepRow) -> dict[str, Any]:
    return {
        "id": row.proceeding_id,
        "subject_kind": row.subject[0],
        "subject_id": row.subject[1],
        "area": row.area_id,
        "holder": row.holder,
        "number": row.number,
        "verb": row.verb,
        "act": row.verb,
        "from_state": row.from_state,
        "to_state": row.to.key,
        "ending": row.to.ending,
        "owner_role": row.awaited or "",
        "at": row.now,
        "actor": row.by.key,
        "actor_name": row.by.name,
        "organization": row.by.organization_id,
        "on_behalf_of": row.on_behalf_of,
        "data": Jsonb(dict(row.data)),
        "body": entry_of(row),
        **_clock_params(row.clocks),
        "joined": Jsonb(parts_joined(row.joined)),
    }


def _clock_params(clocks: ClockChanges) -> dict[str, Any]:
    return {
        "due_at": clocks.due_at,
        "paused": clocks.paused,
        "ended": list(clocks.ended),
        "begun": Jsonb(clocks_begun(clocks)),
        "changed": Jsonb(
            [
                {
                    "id": c.id,
                    "due_at": _iso(c.due_at),
                    "extended_by": c.extended_by,
                    "pauses": [[_iso(since), _iso(until)] for since, until in c.pauses],
                }
                for c in clocks.changed
            ]
        ),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
