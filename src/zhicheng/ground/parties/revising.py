"""Correcting what was entered: for a reason, with what stood there before kept in the ledger, to be read.

Organizations, sites and products are corrected alike; what may change of each is its own app's to say.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhicheng.core.access import Actor, Subject
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.ledger.api import record
from zhicheng.ground.personal.api import keep_text, keyed_hash_of

REASON = "revise.reason"


def check_reason(reason: str) -> None:
    """Raises Refused if nobody says why."""
    if not reason.strip():
        raise Refused(words("Give the reason for the change"))


def set_fields(current: Any, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Gives a record's fields their new values; returns what stood there."""
    before = {field: getattr(current, field) for field in changes}
    for field, value in changes.items():
        setattr(current, field, value)
    return before


def differing(current: Any, before: Mapping[str, Any]) -> dict[str, Any]:
    """Of what stood there before, that which is otherwise now."""
    return {field: old for field, old in before.items() if getattr(current, field) != old}


def record_revision(
    *, subject: Subject, act: str, current: Any, before: Mapping[str, Any], reason: str, by: Actor, now: datetime,
    personal: frozenset[str] = frozenset(),
) -> None:  # fmt: skip
    """The ledger entry of a correction: every field with its old and its new value, and the reason's hash.

    Of fields named in `personal`, which may hold a person's data, it keeps keyed hashes.
    """
    kept = keep_text(subject=subject, key=REASON, text=reason, now=now)

    def written(field: str, value: Any) -> str | int | None:
        plain = _as_written(value)
        return keyed_hash_of(str(plain)) if field in personal and plain else plain

    changes = {
        field: [written(field, old), written(field, getattr(current, field))] for field, old in before.items()
    }
    record(subject=subject, act=act, by=by, now=now, body={"changes": changes, "reason": kept.hash})


def _as_written(value: Any) -> str | int | None:
    """A value as the ledger keeps it; a record by its id."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "pk"):
        return int(value.pk)
    plain: str | int | None = value
    return plain
