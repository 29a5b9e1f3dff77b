"""What the database says after the kills, and a job that the queue worker holds when it dies."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
from django.db import connection, transaction

from clients import Record
from deployment import Deployment
from zhicheng.ground import clock
from zhicheng.ground.notices.api import Notice, Recipient, notify
from zhicheng.ground.personal.api import store_contact
from zhicheng.runtime.cluster import OWNER_ROLE

HELD_AFTER = timedelta(seconds=3)
DOING_WITHIN_S = 30.0
MATTER = {"number": "TS-17", "step": "Accept", "state": "received"}
_INCOMPLETE = """
    SELECT c.number FROM cases_case c
     WHERE (SELECT array_agg(p.kind ORDER BY p.kind) FROM proceedings_proceeding p
             WHERE p.subject_kind = 'case' AND p.subject_id = c.id) IS DISTINCT FROM
           ARRAY['case', 'housing_quality']::varchar[]
        OR (SELECT count(*) FROM proceedings_proceeding p JOIN proceedings_step s ON s.proceeding_id = p.id
              JOIN ledger_entry e ON e.id = s.entry_id AND e.subject_kind = 'case' AND e.subject_id = c.id
             WHERE p.subject_kind = 'case' AND p.subject_id = c.id AND s.number = 1) <> 2
        OR (SELECT length FROM ledger_chain h WHERE h.subject_kind = 'case' AND h.subject_id = c.id)
           IS DISTINCT FROM 2
        OR NOT EXISTS (SELECT FROM proceedings_proceeding p JOIN proceedings_clock k ON k.proceeding_id = p.id
             WHERE p.kind = 'housing_quality' AND p.subject_kind = 'case' AND p.subject_id = c.id
               AND k.due_at = p.due_at AND k.ended_at IS NULL)
        OR NOT EXISTS (SELECT FROM proceedings_participant o
              JOIN proceedings_proceeding p ON p.id = o.proceeding_id
             WHERE p.subject_kind = 'case' AND p.subject_id = c.id)
        OR NOT EXISTS (SELECT FROM search_searchentry f WHERE f.subject_kind = 'case' AND f.subject_id = c.id)
"""
_LATER = """
    UPDATE procrastinate_jobs SET scheduled_at = %s
     WHERE task_name = 'notices.deliver' AND (args->>'notice_id')::bigint = %s
"""
_STRAYS = {
    "proceedings without a case": "SELECT count(*) FROM proceedings_proceeding p WHERE p.subject_kind = 'case'"
    " AND NOT EXISTS (SELECT FROM cases_case c WHERE c.id = p.subject_id)",
    "contacts without a case": "SELECT count(*) - 2 FROM personal_contact t"
    " WHERE NOT EXISTS (SELECT FROM cases_case c WHERE c.reporter_id = t.id)",
    "ledger entries without a step": "SELECT count(*) FROM ledger_entry e WHERE e.subject_kind = 'case'"
    " AND NOT EXISTS (SELECT FROM proceedings_step s WHERE s.entry_id = e.id)",
    "jobs left behind": "SELECT count(*) FROM procrastinate_jobs"
    " WHERE task_name = 'notices.deliver' OR (status = 'doing' AND worker_id IS NULL)",
}


class Queue:
    """The queue and tables of a running deployment, asked from outside it."""

    def __init__(self, deployment: Deployment) -> None:
        self._dsn = deployment.database().dsn(OWNER_ROLE)
        self._held: Notice | None = None

    @contextmanager
    def held_job(self) -> Iterator[None]:
        """Inside the block the worker is in the middle of sending a notice, and cannot finish."""
        self._held = _tell(after=HELD_AFTER)
        with psycopg.connect(self._dsn) as owner:
            owner.execute("LOCK TABLE notices_notice IN EXCLUSIVE MODE")
            _wait(lambda: self._status(self._held) == "doing", DOING_WITHIN_S)
            yield
            owner.rollback()

    def wait_for_a_new_job(self, timeout_s: float) -> None:
        """Queues another notice and returns when it is sent."""
        notice = _tell()
        _wait(lambda: Notice.objects.filter(id=notice.id, sent_at__isnull=False).exists(), timeout_s)

    def wait_for_held_job(self, timeout_s: float) -> float:
        """The moment at which the notice whose worker died was seen sent; raises TimeoutError."""
        assert self._held is not None
        connection.close()  # the server it spoke to was killed
        _wait(lambda: Notice.objects.filter(id=self._held.id, sent_at__isnull=False).exists(), timeout_s)
        _wait(lambda: self._status(self._held) == "", timeout_s)
        return time.monotonic()

    def faults(self, record: Record) -> list[str]:
        """Everything that differs from: each acknowledged complaint once, whole, and nothing besides."""
        acknowledged = {number for number, _ in record.receipts}
        with psycopg.connect(self._dsn) as owner:
            kept = [number for (number,) in owner.execute("SELECT number FROM cases_case")]
            incomplete = [number for (number,) in owner.execute(_INCOMPLETE)]
            strays = {what: owner.execute(sql).fetchone()[0] for what, sql in _STRAYS.items()}
        found = {
            "acknowledged and lost": sorted(acknowledged - set(kept)),
            "kept and never acknowledged": sorted(set(kept) - acknowledged),
            "incomplete": incomplete,
            "receipts changed when sent again": record.changed,
        }
        faults = [f"{what}: {', '.join(which[:5])} ({len(which)})" for what, which in found.items() if which]
        faults += [f"{count} {what}" for what, count in strays.items() if count]
        if not len(kept) == len(record.receipts) == len(acknowledged):
            faults.append(f"{len(kept)} cases, {len(record.receipts)} receipts, {len(acknowledged)} numbers")
        return faults

    def _status(self, notice: Notice | None) -> str:
        """The state of the notice's job; empty once it is done and gone."""
        assert notice is not None
        with psycopg.connect(self._dsn) as owner:
            row = owner.execute(
                "SELECT status::text FROM procrastinate_jobs WHERE task_name = 'notices.deliver'"
                " AND (args->>'notice_id')::bigint = %s", [notice.id],
            ).fetchone()  # fmt: skip
        return row[0] if row else ""


def _tell(after: timedelta = timedelta()) -> Notice:
    """A notice by SMS to somebody who left a number, owed and at any hour: the console adapter sends it."""
    now = clock.now()
    contact = store_contact(name="赵敏", phone="13900000000", address="", now=now)
    with transaction.atomic(), connection.cursor() as cursor:
        (notice_id,) = notify(
            recipients=[Recipient.contact(contact.id)], template="reported_moved", params=MATTER,
            subject=("contact", contact.id), now=now, process="hazard", step="stop", obliged=True,
        )  # fmt: skip
        if after:
            cursor.execute(_LATER, [now + after, notice_id])
    return Notice.objects.get(id=notice_id)


def _wait(condition: Callable[[], bool], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"did not come about in {timeout_s:.0f} s")
        time.sleep(0.1)
