"""Steps are compared with the ledger: whoever changes a step, or takes one back, is seen."""

from datetime import datetime, timedelta

import pytest
from django.db import connections

from zhicheng.core.access import Actor
from zhicheng.ground.ledger.verification import verify
from zhicheng.ground.proceedings.api import advance


@pytest.fixture
def database(committed: None) -> None:
    """Committed rows, because the owner tampers with them over a connection of its own."""


@pytest.fixture
def tested(letter: int, clerk: Actor, now: datetime) -> int:
    """A proceeding with two steps."""
    advance(proceeding=letter, verb="test", by=clerk, now=now + timedelta(minutes=1))
    return letter


def tamper(*statements: str) -> list[str]:
    """Does it as the owner of the tables and says what a verification finds."""
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return [str(finding) for finding in verify().findings]


def test_steps_as_taken_are_sound(tested: int) -> None:
    assert tamper("SELECT 1") == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ("verb = 'refuse'", "verb"),
        ("actor = 'user:9'", "actor"),
        ("at = at - interval '3 days'", "at"),
        ("from_state = 'promised'", "from"),
        ("data = '{\"note\": 1}'", "data"),
        ("holder_id = NULL", "holder"),
        ("area_id = (SELECT min(id) FROM areas_area)", "area"),
        ("organization_id = NULL", "organization"),
    ],
)
def test_a_changed_step(tested: int, change: str, field: str) -> None:
    said = tamper(f"UPDATE proceedings_step SET {change} WHERE number = 2")
    assert said[0] == (f"Step 2 of proceeding {tested}: “{field}” is not what entry 2 of test_letter:1 recorded.")


def test_a_proceeding_opened_earlier_or_under_other_rules(tested: int) -> None:
    changed = "Step 1 of proceeding {0}: “{1}” is not what entry 1 of test_letter:1 recorded."
    said = tamper("UPDATE proceedings_proceeding SET opened_at = opened_at - interval '1 year'")
    assert said[0] == changed.format(tested, "opened_at")
    said = tamper("UPDATE proceedings_proceeding SET version = '2019-01-01'")
    assert said[0] == changed.format(tested, "version")


@pytest.mark.parametrize(("change", "field"), [("domain = 'market'", "domain"), ("simulated = TRUE", "simulated")])
def test_a_proceeding_made_somebody_elses_or_a_mere_simulation(tested: int, change: str, field: str) -> None:
    said = tamper(f"UPDATE proceedings_proceeding SET {change}")
    assert said[0] == f"Step 1 of proceeding {tested}: “{field}” is not what entry 1 of test_letter:1 recorded."


def test_a_step_taken_back(tested: int) -> None:
    said = tamper(
        "UPDATE proceedings_proceeding SET last_step = 1, state = 'received'",
        "DELETE FROM proceedings_step WHERE number = 2",
    )
    assert said == ["Entry 2 of test_letter:1 records a step of a proceeding, and the step is gone."]


def test_a_proceeding_moved_without_a_step(tested: int) -> None:
    said = tamper("UPDATE proceedings_proceeding SET ending = 'final', due_at = NULL")
    assert said == [f"Proceeding {tested} about test_letter:1 does not stand where its last step left it."]
