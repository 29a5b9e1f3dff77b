"""Writing to the ledger. There is no other verb than to add."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from zhicheng.core.access import Actor, Subject
from zhicheng.core.canonical import canonical_bytes

_INSERT = """
    INSERT INTO ledger_entry (subject_kind, subject_id, act, actor, at, body)
    VALUES (%s, %s, %s, %s, %s, %s)
"""
_INSERT_MANY = """
    INSERT INTO ledger_entry (subject_kind, subject_id, act, actor, at, body)
    SELECT kind, id, %s, %s, %s, body
      FROM unnest(%s::text[], %s::bigint[], %s::bytea[]) AS many(kind, id, body)
"""


def entry_body(*, subject: Subject, act: str, by: Actor, now: datetime, body: Mapping[str, Any]) -> bytes:
    """The canonical bytes of an entry: who did what to which subject, when, with which values."""
    return canonical_bytes(
        {"subject": list(subject), "act": act, "by": by.key, "at": now.isoformat(), "body": dict(body)}
    )


def record(*, subject: Subject, act: str, by: Actor, now: datetime, body: Mapping[str, Any]) -> None:
    """Adds one entry to the subject's chain, in the caller's transaction.

    `body` holds codes, dates and references; personal data enter only as keyed hashes.
    Raises NotCanonical if a value has no canonical form.
    """
    written = entry_body(subject=subject, act=act, by=by, now=now, body=body)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [*subject, act, by.key, now, written])


def record_many(
    *, entries: Iterable[tuple[Subject, Mapping[str, Any]]], act: str, by: Actor, now: datetime
) -> None:
    """Adds one entry to the chain of each subject, by one statement; otherwise like `record`."""
    listed = [
        (subject, entry_body(subject=subject, act=act, by=by, now=now, body=body)) for subject, body in entries
    ]
    if not listed:
        return
    kinds, ids = [subject[0] for subject, _ in listed], [subject[1] for subject, _ in listed]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_MANY, [act, by.key, now, kinds, ids, [body for _, body in listed]])
