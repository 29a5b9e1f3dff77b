"""Compares the steps, as people see them, with what the ledger recorded of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic_core import from_json

from zhicheng.core.words import words
from zhicheng.ground.database.streaming import stream
from zhicheng.ground.ledger.api import Finding

_STEPS = """
    SELECT e.subject_kind, e.subject_id, e.number, e.body,
           s.proceeding_id, s.verb, s.number, s.from_state, s.to_state, s.at, s.actor, s.data, s.holder_id,
           s.area_id, s.organization_id, s.on_behalf_of_id, p.kind, p.version, p.opened_at, p.domain, p.simulated,
           p.subject_kind, p.subject_id
      FROM ledger_entry e
      LEFT JOIN proceedings_step s ON s.entry_id = e.id
      LEFT JOIN proceedings_proceeding p ON p.id = s.proceeding_id
     WHERE s.id IS NOT NULL OR position(convert_to('"proceeding":{', 'UTF8') IN e.body) > 0
     ORDER BY e.id
"""
_POSITIONS = """
    SELECT p.id, p.subject_kind, p.subject_id
      FROM proceedings_proceeding p
      LEFT JOIN LATERAL (SELECT number, to_state, ending, holder_id, area_id FROM proceedings_step s
                          WHERE s.proceeding_id = p.id ORDER BY number DESC LIMIT 1) last ON TRUE
     WHERE (p.last_step, p.state, p.ending, p.area_id) IS DISTINCT FROM
           (last.number, last.to_state, last.ending, last.area_id)
        OR p.holder_id IS DISTINCT FROM last.holder_id
     ORDER BY p.id
"""
_KEPT = ("number", "from", "to", "holder", "area", "organization", "on_behalf_of", "simulated", "data")
"""What an entry's body and the step's row call by the same name."""
_CHANGED = words(
    "Step {step} of proceeding {proceeding}: “{field}” is not what entry {number} of {subject} recorded."
)
_GONE = words("Entry {number} of {subject} records a step of a proceeding, and the step is gone.")
_MOVED = words("Proceeding {proceeding} about {subject} does not stand where its last step left it.")


def check_steps() -> Iterator[Finding]:
    """Every step against its entry's bytes, every such entry against its step, every proceeding's position."""
    for row in stream(_STEPS):
        entry, step = row[:4], row[4:]
        named = {"subject": f"{entry[0]}:{entry[1]}", "number": entry[2]}
        if step[0] is None:
            yield Finding(_GONE, named, (entry[0], entry[1]), entry[2])
            continue
        field = _differing_field(entry[3], step)
        if field:
            params = {**named, "proceeding": step[0], "step": step[2], "field": field}
            yield Finding(_CHANGED, params, (entry[0], entry[1]), entry[2])
    for proceeding, kind, subject_id in stream(_POSITIONS):
        named = {"proceeding": proceeding, "subject": f"{kind}:{subject_id}"}
        yield Finding(_MOVED, named, (kind, subject_id))


def _differing_field(entry: bytes, step: tuple[Any, ...]) -> str:
    """The first field in which the row differs from the entry it refers to, or nothing."""
    try:
        recorded = _recorded(from_json(entry))
    except (ValueError, KeyError, TypeError):
        return "entry"
    stored = _stored(step)
    return next((name for name, value in recorded.items() if value != stored[name]), "")


def _recorded(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as `writing.ledger_body` wrote it, field by field."""
    body = entry["body"]
    return {
        "subject": tuple(entry["subject"]),
        "verb": entry["act"],
        "actor": entry["by"],
        "at": datetime.fromisoformat(entry["at"]),
        "kind": body["proceeding"]["kind"],
        "version": body["proceeding"]["version"],
        "opened_at": datetime.fromisoformat(body["proceeding"]["opened_at"]),
        "domain": body["proceeding"]["domain"],
        **{name: body[name] for name in _KEPT},
    }


def _stored(step: tuple[Any, ...]) -> dict[str, Any]:
    (_, verb, number, from_state, to_state, at, actor, data, holder, area, organization, on_behalf_of, kind,
     version, opened_at, domain, simulated, subject_kind, subject_id) = step  # fmt: skip
    return {
        "subject": (subject_kind, subject_id), "verb": verb, "actor": actor, "at": at, "kind": kind,
        "version": version, "opened_at": opened_at, "domain": domain, "number": number, "from": from_state,
        "to": to_state, "holder": holder, "area": area, "organization": organization,
        "on_behalf_of": on_behalf_of, "simulated": simulated, "data": data,
    }  # fmt: skip
