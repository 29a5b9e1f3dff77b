"""Reads of the ledger."""

import json
from datetime import date
from typing import Any

from django.db.models import QuerySet

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


def get_root(day: date) -> Root | None:
    """The root of a day, or None if the day was not sealed."""
    return Root.objects.filter(day=day).first()


def latest_root(before: date | None = None) -> Root | None:
    """The last root there is, or the last of a day before `before`."""
    roots = Root.objects.order_by("-day")
    return (roots.filter(day__lt=before) if before else roots).first()
