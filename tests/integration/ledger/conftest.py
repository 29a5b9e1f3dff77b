"""A ledger that both roles see, because what is tampered with here is tampered with by the owner."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from zhicheng.core.access import Actor
from zhicheng.ground.ledger.api import record
from zhicheng.ground.ledger.findings import Report
from zhicheng.ground.ledger.verification import verify

SUBJECTS = [("case", 7), ("case", 12), ("sample", 3)]


@pytest.fixture
def ledger(committed: None, officer: Actor, now: datetime) -> None:
    """Four entries in each of three chains, a minute apart."""
    for minute in range(4):
        for subject in SUBJECTS:
            at = now + timedelta(minutes=minute)
            record(subject=subject, act=f"act_{minute}", by=officer, now=at, body={"minute": minute})


@contextmanager
def tampering() -> Iterator[Callable[[str], Any]]:
    """Statements as the owner of the tables, whom no privilege stops."""
    with connections["owner"].cursor() as cursor:
        yield cursor.execute


def tamper(statement: str) -> None:
    """One statement as the owner."""
    with tampering() as execute:
        execute(statement)


def said(report: Report) -> list[str]:
    return [str(finding) for finding in report.findings]


def look(*exports: Path) -> list[str]:
    """What a verification says."""
    return said(verify(exports))


__all__ = ["SUBJECTS", "look", "said", "tamper", "tampering"]
