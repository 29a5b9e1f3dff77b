"""What is done every night: all of it, even if a part fails."""

from datetime import datetime

import pytest
from structlog.testing import capture_logs

from zhicheng.ground.database import chores
from zhicheng.ground.database.chores import Done, do_chores, register_chore


def test_a_chore_that_fails_does_not_keep_the_others_from_being_done(
    monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    def fail(now: datetime) -> int:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(chores, "_chores", {})
    register_chore("b", fail)
    register_chore("a", lambda now: 3)
    register_chore("c", lambda now: 0)
    with capture_logs() as lines:
        assert list(do_chores(now)) == [Done("a", 3), Done("b", None), Done("c", 0)]
    assert [(line["event"], line["chore"]) for line in lines] == [("a chore failed", "b")]


def test_a_name_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "_chores", {})
    register_chore("a", lambda now: 0)
    with pytest.raises(ValueError, match="there already"):
        register_chore("a", lambda now: 0)


def test_every_chore_of_the_house_can_be_done(database: None, files_root: object, now: datetime) -> None:
    done = list(do_chores(now))
    assert {one.chore for one in done} >= {
        "files without a row", "expired sessions", "logs of signing in", "files of unfinished imports",
    }  # fmt: skip
    assert None not in [one.cleared for one in done]
