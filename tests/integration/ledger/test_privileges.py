"""The application's role adds to the ledger and reads it. It can do nothing else, even by its own SQL."""

from datetime import datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from zhicheng.core.access import Actor
from zhicheng.core.chain import GENESIS, chain_hash
from zhicheng.ground.ledger.api import Entry, record
from zhicheng.ground.ledger.models import Chain, Root
from zhicheng.ground.ledger.verification import verify

WITH_EVERYTHING_FORBIDDEN = ["ledger_entry", "ledger_root", "proceedings_step"]


@pytest.fixture
def entry(database: None, officer: Actor, now: datetime) -> Entry:
    record(subject=("case", 7), act="open", by=officer, now=now, body={})
    return Entry.objects.get(subject_kind="case", subject_id=7)


def refused(statement: str) -> bool:
    """Whether the statement fails for lack of a right, and for nothing else."""
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement)
        except ProgrammingError as error:
            return "permission denied" in str(error) or "must be owner" in str(error)
    return False


@pytest.mark.parametrize("table", [*WITH_EVERYTHING_FORBIDDEN, "ledger_chain"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "DROP TABLE {} CASCADE",
                                       "ALTER TABLE {} DISABLE TRIGGER ALL"])  # fmt: skip
def test_no_row_leaves_the_record(entry: Entry, table: str, statement: str) -> None:
    assert refused(statement.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET body = '\\x00'",
        "UPDATE ledger_entry SET act = 'other'",
        "UPDATE ledger_chain SET length = 0",
        "INSERT INTO ledger_chain (subject_kind, subject_id, length, head) VALUES ('case', 8, 1, '\\x00')",
        "UPDATE ledger_root SET root = '\\x00'",
        "UPDATE proceedings_step SET data = '{}'",
        "UPDATE proceedings_step SET actor = 'user:9'",
        "UPDATE proceedings_proceeding SET state = 'closed'",
        "CREATE OR REPLACE FUNCTION ledger_link() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "SET session_replication_role = replica",
    ],
)
def test_nothing_in_it_can_be_changed(entry: Entry, statement: str) -> None:
    assert refused(statement)


def test_a_forged_number_and_hash_are_overridden(entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (subject_kind, subject_id, number, act, actor, at, body, hash)"
            " VALUES ('case', 7, 900, 'forged', 'user:9', now(), '\\x7b7d', '\\x00') RETURNING number, hash"
        )
        number, forged = cursor.fetchone()
    assert (number, bytes(forged)) == (2, chain_hash(bytes(entry.hash), b"{}"))


def test_the_database_links_as_the_core_does(entry: Entry) -> None:
    assert bytes(entry.hash) == chain_hash(GENESIS, bytes(entry.body))
    chain = Chain.objects.get(subject_kind="case", subject_id=7)
    assert (chain.length, bytes(chain.head)) == (1, bytes(entry.hash))


def test_an_entry_that_lies_in_its_columns_is_found(entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (subject_kind, subject_id, act, actor, at, body)"
            " SELECT subject_kind, subject_id, act, 'user:9', at, body FROM ledger_entry"
        )
    assert [str(one) for one in verify().findings] == [
        "Entry 2 of case:7: the column “actor” is not what was recorded."
    ]


def test_a_root_is_added_once(database: None, now: datetime) -> None:
    Root.objects.create(day=now.date(), chains=0, root=bytes(32), sealed_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Root.objects.create(day=now.date(), chains=1, root=bytes(32), sealed_at=now)
