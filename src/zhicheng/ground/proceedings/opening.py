"""What is written when proceedings open, several about one record at once: rows, first steps, ledger entries.

Ids are drawn first, so that each step knows its proceeding and its entry; entries are linked in the order given.
"""

from collections.abc import Sequence
from typing import Any

from psycopg.types.json import Jsonb

from zhicheng.ground.database.writing import Writing, write
from zhicheng.ground.proceedings.writing import StepRow, clocks_begun, entry_of, parts_joined

OPEN = """
opened AS MATERIALIZED (
    SELECT nextval('proceedings_proceeding_id_seq') AS id, nextval('ledger_entry_id_seq') AS entry, o.*
      FROM ROWS FROM (
           jsonb_to_recordset(%(openings)s) AS (kind text, version text, subject_kind text, subject_id bigint,
               domain text, area bigint, holder bigint, verb text, state text, ending text, owner_role text,
               actor text, actor_name text, organization bigint, data jsonb, due_at timestamptz, simulated boolean,
               begun jsonb, joined jsonb),
           unnest(%(bodies)s::bytea[])) AS o(kind, version, subject_kind, subject_id, domain, area, holder, verb,
               state, ending, owner_role, actor, actor_name, organization, data, due_at, simulated, begun, joined,
               body))
, proceeding AS (
    INSERT INTO proceedings_proceeding (id, kind, version, subject_kind, subject_id, domain, area_id, holder_id,
        state, ending, owner_role, last_step, opened_at, state_since, due_at, paused, simulated)
    SELECT id, kind, version, subject_kind, subject_id, domain, area, holder,
        state, ending, owner_role, 1, %(opened_at)s, %(opened_at)s, due_at, FALSE, simulated FROM opened)
, entry AS (
    INSERT INTO ledger_entry (id, subject_kind, subject_id, act, actor, at, body)
    SELECT entry, subject_kind, subject_id, verb, actor, %(opened_at)s, body FROM opened ORDER BY id)
, clock AS (
    INSERT INTO proceedings_clock (proceeding_id, limit_key, started_at, due_at, first_due_at, extended_by, pauses)
    SELECT opened.id, n.limit_key, n.started_at, n.due_at, n.due_at, 0, '[]'::jsonb
      FROM opened, jsonb_to_recordset(opened.begun)
        AS n(limit_key text, started_at timestamptz, due_at timestamptz))
, participant AS (
    INSERT INTO proceedings_participant (proceeding_id, organization_id, part, since)
    SELECT opened.id, n.organization, n.part, %(opened_at)s
      FROM opened, jsonb_to_recordset(opened.joined) AS n(organization bigint, part text))
, step AS (
    INSERT INTO proceedings_step (proceeding_id, number, verb, from_state, to_state, ending, owner_role, at, actor,
        actor_name, organization_id, data, holder_id, area_id, due_at, paused, entry_id)
    SELECT id, 1, verb, '', state, ending, owner_role, %(opened_at)s, actor,
        actor_name, organization, data, holder, area, due_at, FALSE, entry FROM opened ORDER BY id
    RETURNING proceeding_id)
"""


def write_openings(rows: Sequence[StepRow], beside: Sequence[Writing] = ()) -> list[int]:
    """Writes the first steps, which are taken at one moment, and what goes beside them by the same statement.

    Returns the proceedings' ids in the same order.
    """
    values = {
        "openings": Jsonb([_opening(row) for row in rows]),
        "bodies": [entry_of(row) for row in rows],
        "opened_at": rows[0].now,
    }
    return [proceeding_id for (proceeding_id,) in write(*beside, Writing(OPEN, values, "proceeding_id FROM step"))]


def _opening(row: StepRow) -> dict[str, Any]:
    return {
        "kind": row.process.key,
        "version": row.process.version,
        "subject_kind": row.subject[0],
        "subject_id": row.subject[1],
        "domain": row.domain,
        "area": row.area_id,
        "holder": row.holder,
        "verb": row.verb,
        "state": row.to.key,
        "ending": row.to.ending,
        "owner_role": row.awaited or "",
        "actor": row.by.key,
        "actor_name": row.by.name,
        "organization": row.by.organization_id,
        "data": dict(row.data),
        "due_at": row.clocks.due_at.isoformat() if row.clocks.due_at else None,
        "simulated": row.simulated,
        "begun": clocks_begun(row.clocks),
        "joined": parts_joined(row.joined),
    }
