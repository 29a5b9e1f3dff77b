"""Writing to the ledger. There is no other verb than to add."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from zhicheng.core.access import Actor, Subject
from zhicheng.core.canonical import canonical_bytes

_INSERT = """
    INSERT INTO ledger_entry (subject_kind, subject_id, act, actor, at, body)
    VALUES (%s, %s, %s, %s, %s, %s)
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
