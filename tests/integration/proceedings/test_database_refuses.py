"""What the database itself refuses the application's role, whatever SQL it is given."""

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from zhicheng.core.access import Actor
from zhicheng.core.chain import GENESIS, chain_hash
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.proceedings.api import Proceeding, Step, advance

from .conftest import Bodies

pytestmark = pytest.mark.data_layer
DENIED = "permission denied"
FREE_COLUMNS = {"due_at", "assignee_id"}


def execute(statement: str, values: dict[str, Any] | None = None) -> Any:
    """Runs a statement and every deferred check, as a commit would; returns the first value, if there is one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchone() if cursor.description else None
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return found[0] if found else None


def refusal(statement: str, values: dict[str, Any] | None = None) -> str:
    """The constraint that the statement breaks, or the refusal for lack of a right."""
    with pytest.raises(DatabaseError) as refused:
        execute(statement, values)
    error: Any = refused.value.__cause__
    return str(error.diag.constraint_name or error)


def insert(table: str, values: dict[str, Any], returning: str = "id") -> tuple[str, dict[str, Any]]:
    places = ", ".join(f"%({name})s" for name in values)
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places}) RETURNING {returning}", values


@pytest.fixture
def entry(database: None, now: datetime) -> int:
    """An entry of the ledger that a forged step may lean on."""
    values = {
        "subject_kind": "test_letter",
        "subject_id": 1,
        "act": "x",
        "actor": "user:1",
        "at": now,
        "body": b"{}",
    }
    return int(execute(*insert("ledger_entry", values)))


def step(letter: int, entry: int, county: Area, bodies: Bodies, now: datetime, **changed: Any) -> dict[str, Any]:
    """A step that would follow the opening of the letter, but for what is changed."""
    return {
        "proceeding_id": letter, "number": 2, "verb": "test", "from_state": "received", "to_state": "testing",
        "ending": "open", "owner_role": "officer", "at": now, "actor": "user:1", "actor_name": "Li",
        "data": "{}", "holder_id": bodies.county.id, "area_id": county.id, "paused": False, "entry_id": entry,
    } | changed  # fmt: skip


def test_a_step_that_follows_moves_the_proceeding(
    letter: int, entry: int, county: Area, bodies: Bodies, now: datetime
) -> None:
    execute(*insert("proceedings_step", step(letter, entry, county, bodies, now)))
    proceeding = Proceeding.objects.get(id=letter)
    assert (proceeding.state, proceeding.last_step, proceeding.owner_role) == ("testing", 2, "officer")


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 3}, {"number": 0}, {"number": -1}, {"from_state": "testing"}, {"from_state": ""},
        {"from_state": "closed", "number": 3},
    ],
    ids=str,
)  # fmt: skip
def test_a_step_that_does_not_follow(
    letter: int, entry: int, county: Area, bodies: Bodies, now: datetime, changed: dict[str, Any]
) -> None:
    values = step(letter, entry, county, bodies, now, **changed)
    assert refusal(*insert("proceedings_step", values)) == "step_follows_state"


def test_a_step_under_a_number_that_is_taken(
    letter: int, entry: int, county: Area, bodies: Bodies, now: datetime
) -> None:
    values = step(letter, entry, county, bodies, now, number=1, from_state="", to_state="received")
    assert refusal(*insert("proceedings_step", values)) == "step_number_once"


def test_a_step_without_its_ledger_entry_or_with_that_of_another(
    letter: int, entry: int, county: Area, bodies: Bodies, now: datetime
) -> None:
    assert "entry_id" in refusal(*insert("proceedings_step", step(letter, 0, county, bodies, now)))
    used = Step.objects.get(proceeding=letter).entry_id
    assert "entry_id" in refusal(*insert("proceedings_step", step(letter, used, county, bodies, now)))


def test_nothing_leaves_a_final_state(
    letter: int, clerk: Actor, entry: int, county: Area, bodies: Bodies, now: datetime
) -> None:
    advance(proceeding=letter, verb="refuse", by=clerk, now=now, data={"reason": "no"})
    for target in ("received", "refused"):
        values = step(letter, entry, county, bodies, now, number=3, from_state="refused", to_state=target)
        assert refusal(*insert("proceedings_step", values)) == "step_follows_state"


def proceeding(county: Area, bodies: Bodies, now: datetime, **changed: Any) -> dict[str, Any]:
    return {
        "kind": "test_letter", "version": "2020-01-01", "subject_kind": "test_letter", "subject_id": 2,
        "domain": "housing", "area_id": county.id, "holder_id": bodies.county.id, "state": "received",
        "ending": "open", "owner_role": "clerk", "last_step": 1, "opened_at": now, "state_since": now,
        "paused": False, "simulated": False,
    } | changed  # fmt: skip


@pytest.mark.parametrize("changed", [{}, {"last_step": 7}, {"state": "closed", "ending": "resting"}], ids=str)
def test_a_proceeding_without_its_step(
    county: Area, bodies: Bodies, now: datetime, changed: dict[str, Any]
) -> None:
    values = proceeding(county, bodies, now, **changed)
    assert refusal(*insert("proceedings_proceeding", values)) == "proceeding_state_has_step"


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "promised", "owner_role": "company"},
        {"owner_role": "officer"},
        {"ending": "final"},
        {"holder_id": None},
        {"last_step": 2},
    ],
    ids=str,
)
def test_a_proceeding_that_opens_otherwise_than_its_step_says(
    county: Area, bodies: Bodies, entry: int, now: datetime, changed: dict[str, Any]
) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(*insert("proceedings_proceeding", proceeding(county, bodies, now, **changed)))
        (opened,) = cursor.fetchone()
        first = step(opened, entry, county, bodies, now, number=1, verb="open", from_state="", to_state="received",
                     owner_role="clerk")  # fmt: skip
        with transaction.atomic():
            assert refusal(*insert("proceedings_step", first)) == "step_follows_state"
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "column", sorted({field.column for field in Proceeding._meta.concrete_fields} - FREE_COLUMNS)
)
def test_no_update_moves_a_proceeding(letter: int, column: str) -> None:
    assert DENIED in refusal(f"UPDATE proceedings_proceeding SET {column} = {column}")


@pytest.mark.parametrize("column", sorted(FREE_COLUMNS))
def test_due_time_and_assignee_are_free(letter: int, column: str) -> None:
    execute(f"UPDATE proceedings_proceeding SET {column} = {column}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE proceedings_step SET data = data",
        "UPDATE proceedings_clock SET started_at = started_at",
        "UPDATE proceedings_clock SET proceeding_id = proceeding_id",
        "UPDATE proceedings_participant SET organization_id = organization_id",
        "UPDATE ledger_entry SET body = body",
        "UPDATE ledger_chain SET head = head",
        "INSERT INTO ledger_chain (subject_kind, subject_id, length, head) VALUES ('case', 9, 1, '')",
        "INSERT INTO proceedings_step SELECT * FROM proceedings_step ON CONFLICT (id) DO UPDATE SET data = '{}'",
        "SELECT * FROM proceedings_step FOR UPDATE",
        "CREATE TABLE public.mine (id int)",
        "CREATE TRIGGER mine BEFORE INSERT ON proceedings_step FOR EACH ROW EXECUTE FUNCTION ledger_link()",
        *(f"DELETE FROM {table}" for table in (
            "proceedings_proceeding", "proceedings_step", "proceedings_clock", "proceedings_participant",
            "ledger_entry", "ledger_chain", "ledger_root")),
        *(f"TRUNCATE {table} CASCADE" for table in (
            "proceedings_proceeding", "proceedings_step", "ledger_entry", "ledger_chain", "ledger_root")),
    ],
)  # fmt: skip
def test_what_was_written_stays(letter: int, statement: str) -> None:
    assert DENIED in refusal(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE proceedings_step DISABLE TRIGGER proceedings_move",
        "DROP TRIGGER proceedings_move ON proceedings_step",
        "ALTER TABLE proceedings_proceeding DROP CONSTRAINT proceeding_state_has_step",
        "CREATE OR REPLACE FUNCTION proceedings_move() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "SET session_replication_role = replica",
        "SET ROLE zhicheng_owner",
    ],
)
def test_the_guards_cannot_be_sent_away(letter: int, statement: str) -> None:
    said = refusal(statement)
    assert DENIED in said or "must be owner" in said


def test_the_role_gives_itself_no_right(letter: int) -> None:
    execute("GRANT UPDATE ON proceedings_step TO PUBLIC")  # PostgreSQL warns and grants nothing
    assert not execute("SELECT has_table_privilege('proceedings_step', 'UPDATE')")


def test_a_forged_hash_and_number_are_replaced(letter: int, now: datetime) -> None:
    before = bytes(Entry.objects.get(subject_kind="test_letter", subject_id=1).hash)
    values = {"subject_kind": "test_letter", "subject_id": 1, "number": 99, "act": "x", "actor": "user:9",
              "at": now, "body": b"{}", "hash": GENESIS}  # fmt: skip
    forged = Entry.objects.get(id=execute(*insert("ledger_entry", values)))
    assert (forged.number, bytes(forged.hash)) == (2, chain_hash(before, b"{}"))


PERIODS = {
    "grant_period_forward": """
        INSERT INTO access_grant (user_id, role, organization_id, domain, valid_from, valid_to, reason)
        VALUES (0, 'clerk', %(body)s, '', '2026-02-02', '2026-02-01', '')""",
    "jurisdiction_period_forward": """
        INSERT INTO access_jurisdiction (organization_id, area_id, domain, valid_from, valid_to)
        VALUES (%(body)s, %(area)s, 'housing', '2026-02-02', '2026-02-01')""",
    "delegation_period_forward": """
        INSERT INTO access_delegation
            (grant_id, to_user_id, valid_from, valid_to, reason, created_by_id, created_at)
        VALUES (0, 0, '2026-02-02', '2026-02-01', 'leave', 0, now())""",
    "organization_period_forward": """
        UPDATE parties_organization SET valid_from = '2026-02-02', valid_to = '2026-02-01' WHERE id = %(body)s""",
    "area_period_forward": "UPDATE areas_area SET valid_to = valid_from - 1 WHERE id = %(area)s",
    "limit_period_forward": """
        INSERT INTO packs_limitrow
            (key, amount, unit, roll, citation, verified, sample, valid_from, valid_to)
        VALUES ('x', 1, 'working_days', 'none', '', false, false, '2026-02-02', '2026-02-01')""",
    "term_period_forward": """
        INSERT INTO packs_term (catalogue, code, zh, en, note, sample, sort, valid_from, valid_to)
        VALUES ('x', 'x', 'x', 'x', '', false, 0, '2026-02-02', '2026-02-01')""",
    "clock_forward": "UPDATE proceedings_clock SET ended_at = started_at - interval '1 second'",
    "invitation_period_forward": """
        INSERT INTO proceedings_invitation (proceeding_id, organization_id, secret_hash, created_at, expires_at)
        VALUES (%(letter)s, %(body)s, '', now(), now())""",
    "proceeding_forward": """
        INSERT INTO proceedings_proceeding (kind, version, subject_kind, subject_id, domain, area_id, state,
            ending, owner_role, last_step, opened_at, state_since, paused, simulated)
        VALUES ('x', 'x', 'x', 1, 'housing', %(area)s, 'x', 'open', 'clerk', 1, now(), now() - interval '1 day',
            false, false)""",
}


@pytest.mark.parametrize("constraint", PERIODS)
def test_nothing_ends_before_it_begins(letter: int, bodies: Bodies, county: Area, constraint: str) -> None:
    values = {"letter": letter, "body": bodies.county.id, "area": county.id}
    assert refusal(PERIODS[constraint], values) == constraint


AREA = """
    INSERT INTO areas_area (id, code, level, name, sort_key, kind, parent_id, path, valid_from, statistical_only)
    VALUES (77, '370899000000', %(level)s, 'x', 'x', 'county', %(parent)s, %(path)s, '2026-01-01', false)
"""


@pytest.mark.parametrize(
    ("level", "parent", "path", "constraint"),
    [
        (3, None, "/77/", "area_level_follows_parent"),
        (2, None, "/900001/77/", "area_level_follows_parent"),
        (3, 5, "/5/77/", "area_parent_exists"),
        (3, 900_002, "/900002/77/", "area_path_follows_parent"),
        (4, 900_002, "/900001/900002/77/", "area_level_follows_parent"),
    ],
)
def test_an_area_without_its_parent(
    county: Area, level: int, parent: int | None, path: str, constraint: str
) -> None:
    assert refusal(AREA, {"level": level, "parent": parent, "path": path}) == constraint
    execute(AREA, {"level": 3, "parent": 900_002, "path": "/900001/900002/77/"})


def test_an_area_does_not_move_and_a_parent_does_not_go(county: Area) -> None:
    assert refusal("UPDATE areas_area SET parent_id = 900001 WHERE id = 900003") == "area_stays"
    assert refusal("UPDATE areas_area SET parent_id = NULL WHERE id = 900003") == "area_stays"
    assert "parent_id" in refusal("DELETE FROM areas_area WHERE id = 900002")


class TestAtCommit:
    """The same at a real commit, which is when the deferred key speaks."""

    @pytest.fixture
    def database(self, committed: None) -> None:
        """Committed rows."""

    def test_a_proceeding_without_its_step_is_not_committed(
        self, county: Area, bodies: Bodies, now: datetime
    ) -> None:
        def insert_alone() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(*insert("proceedings_proceeding", proceeding(county, bodies, now)))
                inserted.append(cursor.fetchone())

        inserted: list[object] = []
        with pytest.raises(IntegrityError, match="proceeding_state_has_step"):
            insert_alone()
        assert inserted, "the statement itself passed"
        assert not Proceeding.objects.exists()
