"""Verifying the chain of one subject, now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from zhicheng.core.access import Subject
from zhicheng.core.chain import Head
from zhicheng.ground.ledger.comparison import StoredEntry, Vouched, first_finding
from zhicheng.ground.ledger.findings import Finding
from zhicheng.ground.ledger.heads import ExportDamaged, read_heads
from zhicheng.ground.ledger.models import Chain
from zhicheng.ground.ledger.queries import list_entries


@dataclass(frozen=True)
class ChainReport:
    """How many entries were recomputed, how many exports vouched for the chain, and the first thing found."""

    entries: int
    exports: int
    finding: Finding | None


def verify_one_chain(subject: Subject, exports: Sequence[Path] = ()) -> ChainReport:
    """Recomputes one chain and compares it with its head in the database and in every export given."""
    with transaction.atomic():
        entries = [
            StoredEntry(one.number, bytes(one.body), bytes(one.hash), one.act, one.actor, one.at)
            for one in list_entries(subject)
        ]
        vouched = [*_kept(subject), *(one for path in exports for one in _exported(subject, path))]
    outside = sum(1 for one in vouched if one.source)
    return ChainReport(len(entries), outside, first_finding(subject, entries, vouched))


def _kept(subject: Subject) -> Iterator[Vouched]:
    kind, subject_id = subject
    chains = Chain.objects.filter(subject_kind=kind, subject_id=subject_id)
    for length, head in chains.values_list("length", "head"):
        yield Vouched(Head(length, bytes(head)))


def _exported(subject: Subject, path: Path) -> Iterator[Vouched]:
    """What one export says of the chain. It is sorted, so reading ends at the subject's place.

    A damaged file says nothing here: verifying the whole ledger reports it.
    """
    try:
        for one, head in read_heads(path):
            if one == subject:
                yield Vouched(head, path.name)
            if one >= subject:
                return
    except ExportDamaged:
        return
