"""`zhicheng ledger …` as an operator runs it."""

from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhicheng.ground import clock
from zhicheng.ground.ledger.commands import app
from zhicheng.runtime.home import Home

from .conftest import tamper


@pytest.fixture
def home(ledger: None, tmp_path: Path, settings: object) -> Path:
    settings.HOME = Home(tmp_path)  # type: ignore[attr-defined]
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]
    return tmp_path


def run(*arguments: str, now: datetime) -> tuple[int, str]:
    with clock.fixed_at(now):
        result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


def test_seal_verify_and_tell_what_was_cut(home: Path, now: datetime) -> None:
    assert run("seal", now=now)[1].startswith("2026-11-22 ")
    assert (home / "ledger" / "heads-2026-11-22.jsonl").exists()
    code, said = run("verify", now=now)
    assert (code, "1 days proved, 0 not" in said, "as it was written" in said) == (0, True, True)
    tamper("DELETE FROM ledger_entry WHERE subject_kind = 'sample'")
    tamper("DELETE FROM ledger_chain WHERE subject_kind = 'sample'")
    code, said = run("verify", now=now)
    assert "The chain of sample:3 was cut off from entry 1 on" in said
    assert (code, "1 finding." in said) == (1, True)


def test_a_named_export_is_taken_instead(home: Path, now: datetime) -> None:
    assert run("export", str(home / "elsewhere.jsonl.gz"), now=now)[0] == 0
    tamper("UPDATE ledger_entry SET actor = 'user:9' WHERE number = 1")
    code, said = run("verify", "--export", str(home / "elsewhere.jsonl.gz"), now=now)
    assert (code, "3 exported heads" in said, "3 findings." in said) == (1, True, True)


def test_without_an_export_the_limits_of_the_proof_are_said(home: Path, now: datetime) -> None:
    code, said = run("verify", now=now)
    assert (code, "No export was given" in said) == (0, True)


def test_a_day_to_come_is_refused(home: Path, now: datetime) -> None:
    code, said = run("seal", "--day", "2026-11-24", now=now)
    assert (code, "has not come yet" in said) == (2, True)
