"""Roots of days, and exports that prove them."""

import gzip
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from zhicheng.core.access import Actor
from zhicheng.core.chain import GENESIS
from zhicheng.core.merkle import merkle_root
from zhicheng.ground.ledger import seals
from zhicheng.ground.ledger.api import record
from zhicheng.ground.ledger.heads import ExportDamaged, read_header, read_heads
from zhicheng.ground.ledger.models import Chain, Root
from zhicheng.ground.ledger.seals import SealRefused, export_heads, seal_day
from zhicheng.ground.ledger.verification import verify

from .conftest import look, tamper

MONDAY = date(2026, 11, 23)
SUNDAY = MONDAY - timedelta(days=1)


def test_a_root_is_that_over_the_heads(ledger: None, now: datetime, tmp_path: Path) -> None:
    root = seal_day(day=SUNDAY, now=now, directory=tmp_path)
    chains = Chain.objects.order_by("subject_kind", "subject_id")
    leaves = [
        json.dumps([c.subject_kind, c.subject_id, c.length, bytes(c.head).hex()], separators=(",", ":")).encode()
        for c in chains
    ]
    assert (root.chains, bytes(root.root)) == (3, merkle_root([GENESIS, *leaves]))
    assert (tmp_path / "heads-2026-11-22.jsonl").read_bytes().splitlines()[1:] == leaves


def test_a_root_stands_on_the_one_before(ledger: None, now: datetime, tmp_path: Path) -> None:
    first = seal_day(day=SUNDAY, now=now, directory=tmp_path)
    second = seal_day(day=MONDAY, now=now, directory=tmp_path)
    assert read_header(tmp_path / "heads-2026-11-23.jsonl").previous == bytes(first.root)
    assert bytes(second.root) != bytes(first.root)


def test_sealing_twice_changes_nothing(ledger: None, officer: Actor, now: datetime, tmp_path: Path) -> None:
    first = seal_day(day=SUNDAY, now=now, directory=tmp_path)
    written = (tmp_path / "heads-2026-11-22.jsonl").read_bytes()
    record(subject=("case", 7), act="more", by=officer, now=now, body={})
    again = seal_day(day=SUNDAY, now=now + timedelta(hours=1), directory=tmp_path)
    assert (bytes(again.root), again.sealed_at) == (bytes(first.root), first.sealed_at)
    assert (tmp_path / "heads-2026-11-22.jsonl").read_bytes() == written


def test_a_day_to_come_and_a_day_under_a_sealed_one_are_refused(ledger: None, now: datetime) -> None:
    with pytest.raises(SealRefused, match="has not come yet"):
        seal_day(day=MONDAY + timedelta(days=1), now=now)
    seal_day(day=MONDAY, now=now)
    with pytest.raises(SealRefused, match="2026-11-23 is sealed already"):
        seal_day(day=SUNDAY, now=now)


def test_an_empty_ledger_can_be_sealed(committed: None, now: datetime, tmp_path: Path) -> None:
    assert seal_day(day=SUNDAY, now=now, directory=tmp_path).chains == 0
    assert look(*tmp_path.iterdir()) == []


def test_a_large_export_is_compressed(
    ledger: None, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "LARGE_CHAINS", 3)
    seal_day(day=SUNDAY, now=now, directory=tmp_path)
    path = tmp_path / "heads-2026-11-22.jsonl.gz"
    assert list(tmp_path.iterdir()) == [path]
    assert len(gzip.decompress(path.read_bytes()).splitlines()) == 4
    report = verify([path])
    assert (report.sound, report.heads, report.roots, report.unproved) == (True, 3, 1, 0)


def test_exports_prove_the_days_they_seal(ledger: None, officer: Actor, now: datetime, tmp_path: Path) -> None:
    for days in (3, 2, 1):
        seal_day(day=MONDAY - timedelta(days=days), now=now, directory=tmp_path)
        record(subject=("case", days), act="more", by=officer, now=now, body={})
    export_heads(tmp_path / "between.jsonl", now)
    report = verify(sorted(tmp_path.iterdir()))
    assert (report.sound, report.roots, report.unproved) == (True, 3, 0)
    assert verify().unproved == 3


def test_a_changed_and_a_lost_root(ledger: None, now: datetime, tmp_path: Path) -> None:
    for days in (3, 2, 1):
        seal_day(day=MONDAY - timedelta(days=days), now=now, directory=tmp_path)
    tamper("UPDATE ledger_root SET root = sha256(root) WHERE day = '2026-11-21'")
    tamper("DELETE FROM ledger_root WHERE day = '2026-11-20'")
    assert look(*sorted(tmp_path.iterdir())) == [
        "The root of 2026-11-20 is gone: heads-2026-11-20.jsonl knows it.",
        "The root of 2026-11-21 is not the one that heads-2026-11-21.jsonl states.",
        "heads-2026-11-21.jsonl stands on a root that the database does not have.",
        "heads-2026-11-22.jsonl stands on a root that the database does not have.",
    ]


def test_a_damaged_export_says_so(ledger: None, now: datetime, tmp_path: Path) -> None:
    path = tmp_path / "heads.jsonl"
    export_heads(path, now)
    header, *lines = path.read_bytes().splitlines(keepends=True)
    for content, complaint in [
        (b"".join([header, *lines[:-1]]), "do not give the root"),
        (b"".join([header, *lines[::-1]]), "is not in order"),
        (b"".join([header, b"no head\n"]), "no chain head"),
        (b"".join(lines), "does not begin with the header"),
        (b"", "does not begin with the header"),
    ]:
        path.write_bytes(content)
        assert [complaint in each for each in look(path)] == [True], complaint


def test_a_cut_compressed_export_says_so(ledger: None, now: datetime, tmp_path: Path) -> None:
    path = tmp_path / "heads.jsonl.gz"
    export_heads(path, now)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ExportDamaged, match="cannot be read to its end"):
        list(read_heads(path))
    assert ["cannot be read to its end" in each for each in look(path)] == [True]


def test_an_export_that_fails_leaves_nothing_behind(
    ledger: None, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("zhicheng.ground.ledger.heads.os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        seal_day(day=SUNDAY, now=now, directory=tmp_path)
    assert not list(tmp_path.iterdir())
    assert not Root.objects.exists()
