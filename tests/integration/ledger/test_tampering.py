"""Whatever is done to the tables behind the application's back, verification names the first entry of it."""

from datetime import datetime
from pathlib import Path

import pytest

from zhicheng.core.access import Actor
from zhicheng.ground.ledger.api import record
from zhicheng.ground.ledger.seals import export_heads
from zhicheng.ground.ledger.verification import verify

from .conftest import look, tamper, tampering

CASE_7 = "WHERE subject_kind = 'case' AND subject_id = 7"
RELINK = f"""
    DO $$ DECLARE previous bytea := decode(repeat('00', 32), 'hex'); one record; BEGIN
    FOR one IN SELECT id, body FROM ledger_entry {CASE_7} ORDER BY number LOOP
        previous := sha256(previous || one.body);
        UPDATE ledger_entry SET hash = previous WHERE id = one.id;
    END LOOP;
    UPDATE ledger_chain SET head = previous,
           length = (SELECT count(*) FROM ledger_entry {CASE_7}) {CASE_7};
    END $$
"""
"""What an intruder who knows the method does afterwards."""


def rewrite(*, minute: int) -> None:
    """Changes what an entry of case 7 says, and nothing else."""
    body = f"replace(convert_from(body, 'UTF8'), '\"minute\":{minute}', '\"minute\":9')::bytea"
    tamper(f"UPDATE ledger_entry SET body = {body} {CASE_7} AND number = {minute + 1}")


@pytest.fixture
def export(ledger: None, tmp_path: Path, now: datetime) -> Path:
    path = tmp_path / "heads.jsonl"
    export_heads(path, now)
    return path


def test_what_was_written_is_sound(export: Path) -> None:
    report = verify([export])
    assert (report.sound, report.entries, report.chains, report.heads) == (True, 12, 3, 3)


def test_growing_after_an_export_is_sound(export: Path, officer: Actor, now: datetime) -> None:
    record(subject=("case", 7), act="more", by=officer, now=now, body={})
    record(subject=("new", 1), act="open", by=officer, now=now, body={})
    assert look(export) == []


def test_a_changed_body(ledger: None) -> None:
    rewrite(minute=2)
    assert look() == ["Entry 3 of case:7 was changed."]


@pytest.mark.parametrize(
    ("change", "column"),
    [("actor = 'user:9'", "actor"), ("act = 'refuse'", "act"), ("at = at - interval '1 day'", "at")],
)
def test_a_changed_column(ledger: None, change: str, column: str) -> None:
    tamper(f"UPDATE ledger_entry SET {change} {CASE_7} AND number = 2")
    assert look() == [f"Entry 2 of case:7: the column “{column}” is not what was recorded."]


def test_an_entry_moved_to_another_subject(ledger: None) -> None:
    tamper(f"UPDATE ledger_entry SET subject_id = 8 {CASE_7} AND number = 4")
    assert look() == [
        "The chain of case:7 was cut off from entry 4 on: the database knows entry 4.",
        "Entry 1 of case:8 was taken out; later entries are there.",
    ]


def test_a_deleted_middle(ledger: None) -> None:
    tamper(f"DELETE FROM ledger_entry {CASE_7} AND number = 2")
    assert look() == ["Entry 2 of case:7 was taken out; later entries are there."]


def test_a_deleted_tail_is_known_to_the_chain_head(ledger: None) -> None:
    tamper(f"DELETE FROM ledger_entry {CASE_7} AND number >= 3")
    assert look() == ["The chain of case:7 was cut off from entry 3 on: the database knows entry 4."]


def test_a_deleted_tail_whose_head_was_set_back_is_known_to_the_export_only(export: Path) -> None:
    tamper(f"DELETE FROM ledger_entry {CASE_7} AND number >= 3")
    tamper(RELINK)
    assert look() == []
    assert look(export) == ["The chain of case:7 was cut off from entry 3 on: heads.jsonl knows entry 4."]


def test_a_deleted_chain_is_known_to_the_export_only(export: Path) -> None:
    tamper(f"DELETE FROM ledger_entry {CASE_7}")
    tamper(f"DELETE FROM ledger_chain {CASE_7}")
    assert look() == []
    assert look(export) == ["The chain of case:7 was cut off from entry 1 on: heads.jsonl knows entry 4."]


def test_a_chain_written_anew_is_known_to_the_export_only(export: Path) -> None:
    rewrite(minute=1)
    tamper(RELINK)
    assert look() == []
    assert look(export) == ["The chain of case:7 was written anew: heads.jsonl knows another entry 4."]


def test_swapped_entries(ledger: None) -> None:
    with tampering() as execute:
        execute(f"UPDATE ledger_entry SET number = -2 {CASE_7} AND number = 2")
        execute(f"UPDATE ledger_entry SET number = 2 {CASE_7} AND number = 3")
        execute(f"UPDATE ledger_entry SET number = 3 {CASE_7} AND number = -2")
    assert look() == ["Entry 2 of case:7 was changed."]


def test_a_changed_or_lost_chain_head(ledger: None) -> None:
    tamper(f"UPDATE ledger_chain SET head = sha256(head) {CASE_7}")
    tamper("DELETE FROM ledger_chain WHERE subject_kind = 'sample'")
    assert look() == [
        "The head that the database keeps of case:7 is not that of entry 4, its last.",
        "The database keeps no head of the chain of sample:3, which has 4 entries.",
    ]


def test_an_entry_added_behind_the_triggers_back(ledger: None) -> None:
    with tampering() as execute:
        execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_link")
        execute("INSERT INTO ledger_entry (subject_kind, subject_id, number, act, actor, at, body, hash)"
                f" SELECT subject_kind, subject_id, 5, act, actor, at, body, sha256(hash || body)"
                f" FROM ledger_entry {CASE_7} AND number = 4")  # fmt: skip
        execute("ALTER TABLE ledger_entry ENABLE TRIGGER ledger_link")
    assert look() == ["The head that the database keeps of case:7 is not that of entry 5, its last."]
