"""The worker as a process: it runs jobs, stops when asked, and what it drops when killed is taken up again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app

from zhicheng.ground.access.api import User
from zhicheng.ground.notices.api import Notice, Recipient, notify
from zhicheng.ground.notices.queue import WorkerConnector, deliver_later
from zhicheng.runtime.database_url import DatabaseAddress

from .conftest import queued

PATIENCE_S = 60.0
PROGRAM = """
import django
django.setup()
from zhicheng.ground.notices.queue import run_worker
run_worker()
"""


@pytest.fixture
def database(committed: None) -> None:
    """Committed rows, which the worker sees."""


@pytest.fixture
def worker(database: None, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts workers on the test database; what still runs afterwards is killed."""
    running: list[subprocess.Popen[bytes]] = []
    values = connection.settings_dict
    address = DatabaseAddress(
        user=values["USER"],
        name=values["NAME"],
        password=values["PASSWORD"],
        host=values["HOST"],
        port=int(values["PORT"] or 5432),
    )
    env = {
        **os.environ, "DATABASE_URL": address.format(), "ZHICHENG_HOME": str(settings.HOME.path),
        "DJANGO_SETTINGS_MODULE": "zhicheng.config.settings",
    }  # fmt: skip
    env.pop("DATABASE_OWNER_URL", None)

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-c", PROGRAM], env=env)
        running.append(process)
        until(lambda: count("procrastinate_workers") > 0)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def count(table: str, where: str = "TRUE") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {where}")
        return int(cursor.fetchone()[0])


@pytest.fixture
def email(li: User, now: datetime) -> Notice:
    notify(recipients=[Recipient.user(li.id)], template="matter_moved", params={}, subject=("case", 1), now=now)
    return Notice.objects.get(channel="email")


def is_sent(notice: Notice) -> bool:
    notice.refresh_from_db()
    return notice.sent_at is not None


def test_a_worker_sends_and_stops_when_asked(email: Notice, worker: Callable[[], subprocess.Popen[bytes]]) -> None:
    process = worker()
    until(lambda: is_sent(email))
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert count("procrastinate_workers") == 0


def test_what_a_killed_worker_held_is_taken_up_again(
    email: Notice, worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    """A worker that fetched the job and died: its heartbeat is old, its job is “doing” for ever."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '5 minutes') RETURNING id)"
            " UPDATE procrastinate_jobs SET status = 'doing', worker_id = dead.id FROM dead"
        )
    app.configure_task("queue.retry_stalled").defer(timestamp=0)
    worker()
    until(lambda: is_sent(email))


def test_a_worker_whose_connections_are_cut_goes_on(
    email: Notice, worker: Callable[[], subprocess.Popen[bytes]], li: User, now: datetime
) -> None:
    process = worker()
    until(lambda: is_sent(email))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user"
            " AND pid <> pg_backend_pid() AND datname = current_database()"
        )
    notify(recipients=[Recipient.user(li.id)], template="matter_moved", params={}, subject=("case", 2), now=now)
    second = Notice.objects.filter(channel="email").latest("id")
    until(lambda: is_sent(second))
    assert process.poll() is None


def test_the_application_may_do_all_that_the_queue_does(database: None) -> None:
    """Run as the application's role: tables, types and functions are not its own; triggers are not called."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('procrastinate_jobs', 'INSERT, UPDATE, DELETE'),"
                       " bool_and(has_function_privilege(oid, 'EXECUTE')) FROM pg_proc"
                       " WHERE proname LIKE 'procrastinate%%' AND prorettype <> 'trigger'::regtype")  # fmt: skip
        assert cursor.fetchone() == (True, True)


def test_a_job_that_queues_is_part_of_its_own_transaction(database: None) -> None:
    """Inside the worker too, where procrastinate by itself would queue over another connection."""
    with app.replace_connector(WorkerConnector()):
        with transaction.atomic():
            deliver_later([1])
            assert queued() == [1]
            transaction.set_rollback(True)
        assert queued() == []
        deliver_later([2])
    assert queued() == [2]
