"""Sealing a day under one root, and taking the chain heads out of the database."""

from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from zhicheng.core.chain import Head
from zhicheng.core.clock import LOCAL
from zhicheng.core.merkle import RunningRoot
from zhicheng.ground.database.streaming import stream
from zhicheng.ground.ledger.heads import LARGE_CHAINS, Header, HeadsWriter, leaf, previous_root
from zhicheng.ground.ledger.models import Root
from zhicheng.ground.ledger.queries import get_root, latest_root

_SEALING = 3708_3704
"""Number of the advisory lock: one process seals at a time."""
_HEADS = """
    SELECT subject_kind, subject_id, length, head FROM ledger_chain
     ORDER BY subject_kind COLLATE "C", subject_id
"""


class SealRefused(ValueError):
    """A day cannot be sealed: it has not come yet, or a later one is sealed."""


def seal_day(*, day: date, now: datetime, directory: Path | None = None) -> Root:
    """Seals all chains as they are now under the root of `day`; a day that is sealed stays as it is.

    With `directory` the heads are written there in the same pass as `heads-<day>.jsonl` (`.gz` if large):
    the file and the root speak of the same moment. Raises SealRefused.
    """
    if day > now.astimezone(LOCAL).date():
        raise SealRefused(f"{day} has not come yet: a day is sealed when it is over")
    with transaction.atomic():
        _one_at_a_time()
        if (sealed := get_root(day)) is not None:
            return sealed
        last = latest_root()
        if last is not None and last.day > day:
            raise SealRefused(f"{last.day} is sealed already: the root of {day} would not be under it")
        header = _walk(day, now, bytes(last.root) if last else None, directory, None)
        return Root.objects.create(day=day, chains=header.chains, root=header.root, sealed_at=now)


def export_heads(path: Path, now: datetime) -> Header:
    """Writes the heads as they are now to `path`, at once or not at all; `.gz` in its name compresses.

    Its root is computed over the last sealed root and these heads, but seals nothing.
    """
    with transaction.atomic():
        last = latest_root()
        return _walk(None, now, bytes(last.root) if last else None, path.parent, path)


def _walk(
    day: date | None, now: datetime, before: bytes | None, directory: Path | None, path: Path | None
) -> Header:
    """Goes through all heads once, in one snapshot, and writes them if a directory is given."""
    running = RunningRoot()
    running.add(previous_root(before))
    with HeadsWriter(directory) if directory else nullcontext() as writer:
        for kind, subject_id, length, head in stream(_HEADS):
            line = leaf((kind, subject_id), Head(length, head))
            running.add(line)
            if writer:
                writer.add(line)
        header = Header(day, now, previous_root(before), running.root(), running.size - 1)
        if writer and directory:
            writer.finish(path or directory / _name(header), header)
    return header


def _name(header: Header) -> str:
    return f"heads-{header.day}.jsonl" + (".gz" if header.chains >= LARGE_CHAINS else "")


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALING])
