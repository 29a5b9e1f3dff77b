"""The one statement that opens a proceeding or takes a step: ledger entry, step, clocks and participants.

Plain ORM writes are three to four times slower and need a round trip each. The step's insertion moves the
proceeding: a trigger owned by the tables' owner does it and refuses a step that does not follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from zhicheng.core.access import Actor, Domain, Part, Subject
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


_OPENED = """
target AS (
    INSERT INTO proceedings_proceeding (kind, version, subject_kind, subject_id, domain, area_id, holder_id,
        state, ending, owner_role, last_step, opened_at, state_since, due_at, paused, simulated)
    VALUES (%(kind)s, %(version)s, %(subject_kind)s, %(subject_id)s, %(domain)s, %(area)s, %(holder)s,
        %(to_state)s, %(ending)s, %(owner_role)s, 1, %(at)s, %(at)s, %(due_at)s, %(paused)s, %(simulated)s)
    RETURNING id)"""
_EXISTING = "target AS (SELECT %(id)s::bigint AS id)"
_TAKE = """
, entry AS (
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
    SELECT target.id, n.limit_key, %(at)s, n.due_at, n.due_at, 0, '[]'::jsonb
      FROM target, jsonb_to_recordset(%(begun)s) AS n(limit_key text, due_at timestamptz))
, joined AS (
    INSERT INTO proceedings_participant (proceeding_id, organization_id, part, since)
    SELECT target.id, n.organization, n.part, %(at)s
      FROM target, jsonb_to_recordset(%(joined)s) AS n(organization bigint, part text)
    ON CONFLICT (proceeding_id, organization_id) DO UPDATE SET part = EXCLUDED.part)
INSERT INTO proceedings_step (proceeding_id, number, verb, from_state, to_state, ending, owner_role, at, actor,
    actor_name, organization_id, on_behalf_of_id, data, holder_id, area_id, due_at, paused, entry_id)
SELECT target.id, %(number)s, %(verb)s, %(from_state)s, %(to_state)s, %(ending)s, %(owner_role)s, %(at)s,
    %(actor)s, %(actor_name)s, %(organization)s, %(on_behalf_of)s, %(data)s, %(holder)s, %(area)s, %(due_at)s,
    %(paused)s, entry.id
  FROM target, entry
RETURNING proceeding_id
"""
OPEN = f"WITH {_OPENED} {_TAKE}"
ADVANCE = f"WITH {_EXISTING} {_TAKE}"


def write_step(row: StepRow) -> int:
    """Writes the step and everything that goes with it; returns the proceeding's id.

    Raises IntegrityError if the step does not follow the proceeding's state.
    """
    with connection.cursor() as cursor:
        cursor.execute(OPEN if row.proceeding_id is None else ADVANCE, _params(row))
        (proceeding_id,) = cursor.fetchone()
    return int(proceeding_id)


def ledger_body(row: StepRow) -> dict[str, Any]:
    """What the ledger keeps of a step, besides who and when."""
    return {
        "proceeding": {
            "kind": row.process.key,
            "version": row.process.version,
            "opened_at": row.opened_at.isoformat(),
        },
        "number": row.number,
        "from": row.from_state,
        "to": row.to.key,
        "holder": row.holder,
        "area": row.area_id,
        "on_behalf_of": row.on_behalf_of,
        "simulated": row.simulated,
        "data": dict(row.data),
    }


def _params(row: StepRow) -> dict[str, Any]:
    body = entry_body(subject=row.subject, act=row.verb, by=row.by, now=row.now, body=ledger_body(row))
    return {
        "id": row.proceeding_id,
        "kind": row.process.key,
        "version": row.process.version,
        "subject_kind": row.subject[0],
        "subject_id": row.subject[1],
        "domain": row.domain,
        "area": row.area_id,
        "holder": row.holder,
        "number": row.number,
        "verb": row.verb,
        "act": row.verb,
        "from_state": row.from_state,
        "to_state": row.to.key,
        "ending": row.to.ending,
        "owner_role": row.to.owner or "",
        "at": row.now,
        "actor": row.by.key,
        "actor_name": row.by.name,
        "organization": row.by.organization_id,
        "on_behalf_of": row.on_behalf_of,
        "data": Jsonb(dict(row.data)),
        "simulated": row.simulated,
        "body": body,
        **_clock_params(row.clocks),
        "joined": Jsonb([{"organization": key, "part": part} for key, part in row.joined.items()]),
    }


def _clock_params(clocks: ClockChanges) -> dict[str, Any]:
    return {
        "due_at": clocks.due_at,
        "paused": clocks.paused,
        "ended": list(clocks.ended),
        "begun": Jsonb([{"limit_key": c.limit_key, "due_at": _iso(c.due_at)} for c in clocks.begun]),
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
