"""Serials have no gaps: not when many issue at once, not when one of them fails."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from zhicheng.ground.documents.audit import check_documents
from zhicheng.ground.documents.models import Counter, Document
from zhicheng.ground.documents.numbers import next_serial
from zhicheng.ground.ledger.verification import verify

from .conftest import Office

pytestmark = pytest.mark.data_layer
PEOPLE, EACH = 6, 8


class Crash(Exception):
    """What befalls a transaction after it took its number."""


@pytest.fixture
def database(committed: None) -> None:
    """Committed rows, because threads have connections of their own."""


def serials() -> list[int]:
    return sorted(Document.objects.filter(version=1).values_list("serial", flat=True))


def test_numbers_follow_each_other_in_the_form_of_the_city(office: Office, now: datetime):
    assert [office.issue(now).number for _ in range(3)] == [
        "任某决〔2026〕1号", "任某决〔2026〕2号", "任某决〔2026〕3号",
    ]  # fmt: skip


def test_every_year_and_body_begins_anew(office: Office, now: datetime):
    office.issue(now)
    assert office.issue(datetime(2027, 1, 4, tzinfo=UTC)).number == "任某决〔2027〕1号"
    assert office.issue(now, issuer=office.company.id).number == "某公司决〔2026〕1号"


def test_many_at_once_of_whom_some_fail_leave_no_gap(office: Office, now: datetime):
    start = Barrier(PEOPLE)

    def work(person: int) -> int:
        start.wait(timeout=20)
        issued = 0
        try:
            for turn in range(EACH):
                try:
                    with transaction.atomic():
                        office.issue(now, what=f"{person}.{turn}")
                        if (person + turn) % 3 == 0:
                            raise Crash
                    issued += 1
                except Crash:
                    continue
        finally:
            connections.close_all()
        return issued

    with ThreadPoolExecutor(PEOPLE) as threads:
        issued = sum(threads.map(work, range(PEOPLE)))
    assert 0 < issued < PEOPLE * EACH
    assert serials() == list(range(1, issued + 1))
    assert Counter.objects.get().last == issued
    assert len(set(Document.objects.values_list("number", flat=True))) == issued
    assert verify().sound


def test_a_connection_that_dies_gives_its_number_back(office: Office, now: datetime):
    """The server ends the session in the middle, as it does when the process is killed."""

    def die() -> None:
        try:
            with transaction.atomic():
                next_serial(issuer=office.body.id, mark="决", year=2026)
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    pid = cursor.fetchone()[0]
                with connections["owner"].cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
        except Exception:
            return
        finally:
            connections.close_all()
        raise AssertionError("the session should have died")

    office.issue(now)
    with ThreadPoolExecutor(1) as threads:
        threads.submit(die).result()
    assert office.issue(now).serial == 2


def test_a_gap_made_behind_the_application_is_found(office: Office, now: datetime):
    office.issue(now)
    Counter.objects.filter(year=2026).update(last=3)
    with transaction.atomic():
        findings = [str(finding) for finding in check_documents()]
    assert findings == ["任城区某局 gave 3 numbers of the series 决 in 2026, and 1 documents are there."]


def test_whoever_issues_waits_for_whoever_issued_before(office: Office, now: datetime):
    """The second number is given only once it is known whether the first was used."""
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            assert office.issue(now).serial == 1
            waiting = threads.submit(_issued_elsewhere, office, now)
            _wait_for_a_lock()
            assert not waiting.done()
            transaction.set_rollback(True)
        assert waiting.result(timeout=20) == 1
    assert serials() == [1]


def _issued_elsewhere(office: Office, now: datetime) -> int:
    try:
        return office.issue(now).serial
    finally:
        connections.close_all()


def _wait_for_a_lock() -> None:
    """Until the server says that somebody waits for a lock."""
    for _ in range(2_000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")
