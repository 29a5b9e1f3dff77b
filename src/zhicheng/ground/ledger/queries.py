"""Reads of the ledger."""

import json
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from psycopg import sql

from zhicheng.core.access import Subject
from zhicheng.ground.ledger.models import Entry, Root


def list_entries(subject: Subject) -> QuerySet[Entry]:
    """The entries of one subject's chain, the first act first."""
    kind, subject_id = subject
    return Entry.objects.filter(subject_kind=kind, subject_id=subject_id).order_by("number")


def list_acts_of(actor_key: str) -> QuerySet[Entry]:
    """What one actor did, the latest first; `actor_key` is such as "user:3"."""
    return Entry.objects.filter(actor=actor_key).order_by("-id")


def read_body(entry: Entry) -> dict[str, Any]:
    """The values that the act was recorded with: codes, dates, references and hashes."""
    values: dict[str, Any] = json.loads(bytes(entry.body))["body"]
    return values


def list_acts() -> list[str]:
    """Every act that the ledger knows, found by skipping through the index and not by reading every entry."""
    return _distinct("act")


def list_subject_kinds() -> list[str]:
    """Every kind of subject that has a chain, found in the same way."""
    return _distinct("subject_kind")


def _distinct(column: str) -> list[str]:
    name = sql.Identifier(column)
    with connection.cursor() as cursor:
        cursor.execute(_SKIP.format(column=name))
        return [value for (value,) in cursor.fetchall()]


_SKIP = sql.SQL("""
    WITH RECURSIVE found AS (
        (SELECT {column} AS value FROM ledger_entry ORDER BY {column} LIMIT 1)
        UNION ALL
        SELECT (SELECT {column} FROM ledger_entry WHERE {column} > found.value ORDER BY {column} LIMIT 1)
          FROM found WHERE found.value IS NOT NULL)
    SELECT value FROM found WHERE value IS NOT NULL
""")


def list_roots() -> QuerySet[Root]:
    """The roots of sealed days, the latest first."""
    return Root.objects.order_by("-day")


def get_root(day: date) -> Root | None:
    """The root of a day, or None if the day was not sealed."""
    return Root.objects.filter(day=day).first()


def latest_root(before: date | None = None) -> Root | None:
    """The last root there is, or the last of a day before `before`."""
    roots = Root.objects.order_by("-day")
    return (roots.filter(day__lt=before) if before else roots).first()
