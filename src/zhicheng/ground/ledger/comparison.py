"""One chain against its own bytes and against whatever vouches for it. No database.

>>> from datetime import UTC
>>> from zhicheng.core.canonical import canonical_bytes
>>> from zhicheng.core.chain import GENESIS, chain_hash
>>> at = datetime(2026, 11, 23, tzinfo=UTC)
>>> who_and_when = {"act": "open", "by": "user:1", "at": at.isoformat()}
>>> body = canonical_bytes({"subject": ["case", 7], **who_and_when, "body": {}})
>>> entry = StoredEntry(1, body, chain_hash(GENESIS, body), "open", "user:2", at)
>>> str(first_finding(("case", 7), [entry], [Vouched(Head(1, entry.hash))]))
'Entry 1 of case:7: the column “actor” is not what was recorded.'
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic_core import from_json

from zhicheng.core.access import Subject
from zhicheng.core.chain import Entry, Head, Reason, verify_chain
from zhicheng.core.words import words
from zhicheng.ground.ledger.findings import Finding

_BROKEN = {
    Reason.CHANGED: words("Entry {number} of {subject} was changed."),
    Reason.MISSING: words("Entry {number} of {subject} was taken out; later entries are there."),
    Reason.REORDERED: words("Entry {number} of {subject} is not in its place."),
}
_COLUMN = words("Entry {number} of {subject}: the column “{column}” is not what was recorded.")
_NO_HEAD = words("The database keeps no head of the chain of {subject}, which has {number} entries.")
_OTHER_HEAD = words("The head that the database keeps of {subject} is not that of entry {number}, its last.")
_CUT = words("The chain of {subject} was cut off from entry {number} on: {source} knows entry {known}.")
_ANEW = words("The chain of {subject} was written anew: {source} knows another entry {number}.")
_DATABASE = words("the database")


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One row of the table, as far as it can be compared with its own bytes."""

    number: int
    body: bytes
    hash: bytes
    act: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Vouched:
    """A head that somebody kept: the export named `source`, or, without a name, the database itself."""

    head: Head
    source: str = ""


def first_finding(subject: Subject, entries: Sequence[StoredEntry], vouched: Sequence[Vouched]) -> Finding | None:
    """The first entry of the chain that is not as it was written, or None.

    Heads are asked only when the chain is sound in itself: before that they say the same less exactly.
    """
    found = [*_links(subject, entries), *_columns(subject, entries)] or [*_heads(subject, entries, vouched)]
    return min(found, key=lambda one: one.number or 0, default=None)


def _links(subject: Subject, entries: Sequence[StoredEntry]) -> Iterator[Finding]:
    broken = verify_chain([Entry(one.number, one.body, one.hash) for one in entries])
    if broken is not None:
        yield _finding(_BROKEN[broken.reason], subject, broken.number)


def _columns(subject: Subject, entries: Sequence[StoredEntry]) -> Iterator[Finding]:
    """The first entry whose columns do not say what its bytes say."""
    for entry in entries:
        column = _differing_column(subject, entry)
        if column:
            yield _finding(_COLUMN, subject, entry.number, column=column)
            return


def _differing_column(subject: Subject, entry: StoredEntry) -> str:
    try:
        body = from_json(entry.body)
        recorded = (tuple(body["subject"]), body["act"], body["by"], datetime.fromisoformat(body["at"]))
    except (ValueError, KeyError, TypeError):
        return "body"
    stored = (subject, entry.act, entry.actor, entry.at)
    names = ("subject", "act", "actor", "at")
    return next((name for name, a, b in zip(names, recorded, stored, strict=True) if a != b), "")


def _heads(subject: Subject, entries: Sequence[StoredEntry], vouched: Sequence[Vouched]) -> Iterator[Finding]:
    length = len(entries)
    if entries and all(one.source for one in vouched):
        yield _finding(_NO_HEAD, subject, length)
    for one in vouched:
        known = one.head.number
        if known > length:
            yield _finding(_CUT, subject, length + 1, source=one.source or _DATABASE, known=known)
        elif not one.source and one.head != Head(length, entries[-1].hash):
            yield _finding(_OTHER_HEAD, subject, length)
        elif entries[known - 1].hash != one.head.hash:
            yield _finding(_ANEW, subject, known, source=one.source)


def _finding(message: str, subject: Subject, number: int, **params: object) -> Finding:
    named = {"number": number, "subject": f"{subject[0]}:{subject[1]}", **params}
    return Finding(message, named, subject, number)
