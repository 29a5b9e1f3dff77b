"""A chain of hashes over what happened to one subject: nobody changes the past without being seen.

The hash of an entry is SHA-256 of the previous entry's hash and the entry's own bytes. Verifying alone finds
whatever was changed, taken out or moved; only heads exported elsewhere (`Head`) show that a tail was cut off
or that a chain was written anew from some point on.

>>> first = chain_hash(GENESIS, b"opened")
>>> entries = [Entry(1, b"opened", first), Entry(2, b"accepted", chain_hash(first, b"accepted"))]
>>> verify_chain(entries) is None
True
>>> verify_chain(entries[:1], [Head(2, entries[1].hash)])
Break(number=2, reason=<Reason.CUT: 'cut'>)
>>> verify_chain([entries[0], Entry(2, b"rejected", entries[1].hash)])
Break(number=2, reason=<Reason.CHANGED: 'changed'>)
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

HASH_BYTES = 32
GENESIS = bytes(HASH_BYTES)
"""What stands for the previous hash in the first entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One link: its number in the chain (from 1), the bytes that were hashed, the hash that was stored."""

    number: int
    body: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """What a chain looked like at some time, kept outside the database: its last number and hash."""

    number: int
    hash: bytes


class Reason(StrEnum):
    """What is wrong with the entry named."""

    CHANGED = "changed"
    """Its bytes, its hash or the hash before it are not those that were written."""
    MISSING = "missing"
    """It was taken out: later entries are there."""
    REORDERED = "reordered"
    """It is there, but not in its place."""
    CUT = "cut"
    """A head vouches for it, and the chain ends before it."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry at which a chain fails, and why."""

    number: int
    reason: Reason


def chain_hash(previous: bytes, body: bytes) -> bytes:
    """SHA-256 of `previous` (32 bytes: the hash before, or GENESIS) followed by `body`."""
    if len(previous) != HASH_BYTES:
        raise ValueError(f"the previous hash has {len(previous)} bytes, expected {HASH_BYTES}")
    return sha256(previous + body).digest()


def verify_chain(entries: Sequence[Entry], heads: Iterable[Head] = ()) -> Break | None:
    """The first break of a chain whose entries are given in their stored order, or None if it holds.

    `heads` are exports of this chain taken at any time, in any order.
    """
    vouched: defaultdict[int, set[bytes]] = defaultdict(set)
    for head in heads:
        vouched[head.number].add(head.hash)
    previous = GENESIS
    for number, entry in enumerate(entries, start=1):
        if entry.number != number:
            return Break(number, _misplaced(number, entries))
        previous = chain_hash(previous, entry.body)
        if entry.hash != previous or vouched.pop(number, {previous}) != {previous}:
            return Break(number, Reason.CHANGED)
    return Break(len(entries) + 1, Reason.CUT) if vouched else None


def _misplaced(number: int, entries: Sequence[Entry]) -> Reason:
    present = any(entry.number == number for entry in entries)
    return Reason.REORDERED if present else Reason.MISSING
