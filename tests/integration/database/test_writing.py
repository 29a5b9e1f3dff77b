"""Parts of several apps are written by one statement: all or none, and planned once for each connection."""

from datetime import datetime

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from zhicheng.cases.models import Case
from zhicheng.ground.database.serials import Serials, forget_serials
from zhicheng.ground.database.writing import insertion, write
from zhicheng.ground.personal.api import Contact, new_contact
from zhicheng.ground.search.api import indexing
from zhicheng.ground.search.models import SearchEntry

pytestmark = pytest.mark.data_layer
NOWHERE = 987_654_321
DROP = "SELECT pg_terminate_backend(%s, 5000)"


def contact(now: datetime) -> Contact:
    return new_contact(name="王晓明", phone="13800000000", address="", now=now)


def entry(row: Contact) -> object:
    return indexing(subject=("contact", row.id), title="锦绣花园")


def strays(row: Contact, now: datetime) -> Case:
    """A case whose place does not exist."""
    return Case(
        id=NOWHERE, number="TS-1", title="", description="", area_id=NOWHERE, reporter=row, received_at=now
    )


def test_all_parts_are_written_by_one_statement_outside_a_transaction(committed: None, now: datetime) -> None:
    row = contact(now)
    with CaptureQueriesContext(connection) as statements:
        write(insertion(row), entry(row))
    assert len(statements) == 1
    kept = Contact.objects.get(id=row.id)
    assert {f.name: getattr(kept, f.name) for f in Contact._meta.fields} == {
        f.name: getattr(row, f.name) for f in Contact._meta.fields
    }
    assert SearchEntry.objects.get().subject_id == row.id


def test_nothing_is_written_if_a_key_leads_nowhere(committed: None, now: datetime) -> None:
    """The keys are checked when the statement is done: its failure must not be taken for success."""
    row = contact(now)
    with pytest.raises(IntegrityError, match="area_id"):
        write(insertion(row), insertion(strays(row, now)), entry(row))
    assert not Contact.objects.exists()
    assert not SearchEntry.objects.exists()


def test_nothing_is_written_if_a_part_is_there_already(committed: None, now: datetime) -> None:
    first = contact(now)
    write(insertion(first))
    with pytest.raises(IntegrityError, match="personal_contact_pkey"):
        write(insertion(first), entry(first))
    assert not SearchEntry.objects.exists()


def test_a_transaction_around_it_decides(committed: None, now: datetime) -> None:
    row = contact(now)
    with transaction.atomic():
        write(insertion(row))
        transaction.set_rollback(True)
    assert not Contact.objects.exists()


def test_the_plan_is_kept(committed: None, now: datetime) -> None:
    for _ in range(8):
        row = contact(now)
        write(insertion(row), entry(row))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(generic_plans) FROM pg_prepared_statements WHERE statement LIKE '%personal_contact%'"
        )
        assert cursor.fetchone()[0] > 0


def test_a_lost_connection_is_seen_before_it_is_used(committed: None) -> None:
    """What a request does first after the server was killed between two of them."""
    connection.ensure_connection()
    assert connection.is_usable()
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute(DROP, [connection.connection.info.backend_pid])
    assert not connection.is_usable()
    connection.close()


def test_a_connection_that_is_there_is_not_asked(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    assert connection.is_usable()
    monkeypatch.setattr("zhicheng.ground.database.postgresql.base.base.DatabaseWrapper.is_usable", lambda _: False)
    assert connection.is_usable()
    monkeypatch.setattr("zhicheng.ground.database.postgresql.base.ASK_AFTER_S", 0.0)
    assert not connection.is_usable()


def test_keys_follow_time(database: None) -> None:
    """A process that drew a block long ago does not give its record an older key than another's newer one has."""
    slow, other = (Serials("cases_case_serial", block=3, lasts_s=0.0) for _ in range(2))
    assert slow.next() < other.next() < slow.next()


def test_serials_are_drawn_in_blocks_and_survive_a_rollback(database: None) -> None:
    serials = Serials("cases_case_serial", block=3)
    with CaptureQueriesContext(connection) as statements:
        first = [serials.next() for _ in range(3)]
    assert len(statements) == 1
    with transaction.atomic():
        fourth = serials.next()
        transaction.set_rollback(True)
    assert first == sorted(set(first))
    assert serials.next() > fourth > first[-1]


def test_of_another_database_no_number_is_held(database: None) -> None:
    serials = Serials("cases_case_serial", block=3)
    serials.next()
    forget_serials()
    with CaptureQueriesContext(connection) as statements:
        serials.next()
    assert len(statements) == 1
