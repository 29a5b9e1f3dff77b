"""Verifying the whole ledger: links, columns, chain heads, roots, exports, and what other apps compare.

Everything streams: entries, chain heads and exports come in one order and are joined as they pass.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.db import transaction

from zhicheng.core.access import Subject
from zhicheng.core.chain import GENESIS, Head
from zhicheng.core.words import words
from zhicheng.ground.database.streaming import stream
from zhicheng.ground.ledger.comparison import StoredEntry, Vouched, first_finding
from zhicheng.ground.ledger.findings import Finding, Report, list_checks
from zhicheng.ground.ledger.heads import ExportDamaged, Header, read_header, read_heads
from zhicheng.ground.ledger.models import Root

_ENTRIES = """
    SELECT subject_kind, subject_id, number, body, hash, act, actor, at, length, head
      FROM ledger_entry FULL JOIN ledger_chain USING (subject_kind, subject_id)
     ORDER BY subject_kind COLLATE "C", subject_id, number
"""


@dataclass
class _Count:
    entries: int = 0
    chains: int = 0
    heads: int = 0
    damaged: list[Finding] = field(default_factory=list)


def verify(exports: Sequence[Path] = ()) -> Report:
    """Recomputes every chain from its stored bytes and compares it with whatever vouches for it.

    `exports` are files of chain heads: without them a tail that was cut off together with its chain head, or
    a chain that was written anew, cannot be seen. One finding a chain: the first entry that is not as written.
    """
    count, findings = _Count(), []
    with transaction.atomic():
        for subject, entries, kept, vouched in _joined(_chains(count), _exported(exports, count)):
            found = first_finding(subject, entries, [*kept, *vouched])
            if found is not None:
                findings.append(found)
        for check in list_checks():
            findings.extend(check())
        roots, unproved, wrong = _root_findings(exports)
    findings.extend([*count.damaged, *wrong])
    return Report(count.entries, count.chains, count.heads, roots, unproved, tuple(findings))


Chain = tuple[Subject, list[StoredEntry], list[Vouched]]
Vouchers = tuple[Subject, list[Vouched]]


def _chains(count: _Count) -> Iterator[Chain]:
    """Every chain with its entries and the head that the database keeps of it."""
    for subject, rows in groupby(stream(_ENTRIES), key=itemgetter(0, 1)):
        entries: list[StoredEntry] = []
        kept: list[Vouched] = []
        for _, _, number, body, hash_, act, actor, at, length, head in rows:
            if number is not None:
                entries.append(StoredEntry(number, body, hash_, act, actor, at))
            if length is not None and not kept:
                kept.append(Vouched(Head(length, head)))
        count.entries += len(entries)
        count.chains += 1
        yield subject, entries, kept


def _exported(exports: Sequence[Path], count: _Count) -> Iterator[Vouchers]:
    """What the exports say of each chain; a damaged file is a finding and says no more."""
    streams = [_one_export(path, count) for path in exports]
    for subject, group in groupby(heapq.merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
        yield subject, [vouched for _, vouched in group]


def _one_export(path: Path, count: _Count) -> Iterator[tuple[Subject, Vouched]]:
    try:
        for subject, head in read_heads(path):
            count.heads += 1
            yield subject, Vouched(head, path.name)
    except ExportDamaged as damage:
        count.damaged.append(Finding(words("An export is damaged: {damage}."), {"damage": str(damage)}))


def _joined(
    chains: Iterator[Chain], exported: Iterator[Vouchers]
) -> Iterator[tuple[Subject, list[StoredEntry], list[Vouched], list[Vouched]]]:
    """Both streams side by side; a chain that only one of them knows is there with nothing on the other."""
    chain, voucher = next(chains, None), next(exported, None)
    while chain or voucher:
        subject = min(one[0] for one in (chain, voucher) if one)
        entries, kept = (chain[1], chain[2]) if chain and chain[0] == subject else ([], [])
        vouched = voucher[1] if voucher and voucher[0] == subject else []
        yield subject, entries, kept, vouched
        if chain and chain[0] == subject:
            chain = next(chains, None)
        if voucher and voucher[0] == subject:
            voucher = next(exported, None)


def _root_findings(exports: Sequence[Path]) -> tuple[int, int, list[Finding]]:
    """How many sealed days an export proves, how many none speaks of, and where roots and exports differ."""
    roots = {root.day: bytes(root.root) for root in Root.objects.order_by("day")}
    proved: set[date] = set()
    findings: list[Finding] = []
    for path in exports:
        try:
            header = read_header(path)
        except ExportDamaged:
            continue  # said when its heads were read
        findings.extend(_header_findings(path, header, roots))
        if header.day is not None and header.day in roots:
            proved.add(header.day)
    return len(proved), len(roots) - len(proved), findings


def _header_findings(path: Path, header: Header, roots: dict[date, bytes]) -> Iterator[Finding]:
    if header.day is not None and header.day not in roots:
        yield Finding(
            words("The root of {day} is gone: {source} knows it."), {"day": header.day, "source": path.name}
        )
    elif header.day is not None and roots[header.day] != header.root:
        message = words("The root of {day} is not the one that {source} states.")
        yield Finding(message, {"day": header.day, "source": path.name})
    before = {root for day, root in roots.items() if header.day is None or day < header.day}
    if header.previous not in before | {GENESIS}:
        message = words("{source} stands on a root that the database does not have.")
        yield Finding(message, {"source": path.name})
