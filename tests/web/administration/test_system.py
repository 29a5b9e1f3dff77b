"""The system administrator's page."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from zhicheng import __version__
from zhicheng.core.clock import LOCAL
from zhicheng.desk.system.calendar import tell_of_missing_year
from zhicheng.desk.system.queue import read_queue
from zhicheng.ground.access.api import User
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.notices.api import Notice
from zhicheng.ground.packs.api import forget_loaded
from zhicheng.ground.packs.models import CalendarYear

from .conftest import Enter

HEALTH, PACKS = "/desk/system/", "/desk/system/packs/"


def queued(status: str, lock: str | None = None, after: str = "0 s") -> int:
    """A job in the queue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, queueing_lock, scheduled_at, attempts)"
            " VALUES ('notices', 'notices.deliver', %s, %s, %s::timestamptz + %s::interval, 1) RETURNING id",
            [status, lock, "2026-11-23 10:00+08", after],
        )
        (job,) = cursor.fetchone()
    return int(job)


def test_only_system_administrators_come_here(
    enter: Enter, system: User, security: User, auditor: User, officer: User
) -> None:
    for address in (HEALTH, PACKS):
        assert enter(system).get(address).status_code == 200
        for other in (security, auditor, officer):
            assert enter(other).get(address).status_code == 403
        assert enter(None).get(address).status_code == 302
    assert enter(officer).post(f"{HEALTH}jobs/1/retry/").status_code == 403
    assert enter(system).get("/desk/cases/").status_code == 403


def test_the_page_says_how_the_installation_is(enter: Enter, system: User) -> None:
    page = enter(system).get(HEALTH).text
    assert f"Zhicheng {__version__} on PostgreSQL" in page
    assert re.search(r"\d GiB of \d+ GiB free", page)
    assert "embedded" in page or "on its own server" in page
    assert "No day is sealed yet" in page
    assert "No failed job" in page


def test_the_queue_is_counted(database: None, now: datetime) -> None:
    for status in ("todo", "todo", "doing", "failed", "succeeded"):
        queued(status)
    queued("todo", after="2 hours")
    queue = read_queue(now)
    assert (queue.waiting, queue.scheduled, queue.doing, queue.failed, queue.stalled) == (2, 1, 1, 1, 1)
    assert not queue.is_alive(now)


def test_a_failed_job_is_tried_again(enter: Enter, system: User) -> None:
    job = queued("failed")
    browser = enter(system)
    assert "notices.deliver" in browser.get(HEALTH).text
    assert browser.post(f"{HEALTH}jobs/{job}/retry/").status_code == 302
    assert ProcrastinateJob.objects.get(id=job).status == "todo"
    assert Entry.objects.get(subject_kind="job", subject_id=job).actor == f"user:{system.pk}"
    assert "is in the queue again" in browser.get(HEALTH).text
    browser.post(f"{HEALTH}jobs/{job}/retry/")
    assert f"Job {job} has not failed" in browser.get(HEALTH).text


def test_work_that_waits_already_is_not_doubled(enter: Enter, system: User) -> None:
    job = queued("failed", lock="seal")
    queued("todo", lock="seal")
    browser = enter(system)
    browser.post(f"{HEALTH}jobs/{job}/retry/")
    assert "The same work is waiting already" in browser.get(HEALTH).text
    assert ProcrastinateJob.objects.get(id=job).status == "failed"
    assert not Entry.objects.filter(subject_kind="job").exists()


@pytest.mark.parametrize("method", ["get"])
def test_trying_again_needs_a_button(enter: Enter, system: User, method: str) -> None:
    assert getattr(enter(system), method)(f"{HEALTH}jobs/1/retry/").status_code == 405


def test_a_year_that_is_missing_is_shown_and_told_once(
    enter: Enter, system: User, security: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = datetime(2027, 10, 1, 9, tzinfo=LOCAL)
    CalendarYear.objects.create(year=2027, holidays=["2027-01-01"], workdays=[])
    forget_loaded()
    assert "A year is missing" not in enter(system).get(HEALTH).text
    assert tell_of_missing_year(now=late - timedelta(days=1)) == []
    assert tell_of_missing_year(now=late)
    assert tell_of_missing_year(now=late + timedelta(days=40)) == [], "told once"
    told = Notice.objects.filter(template="calendar_missing")
    assert set(told.values_list("recipient_id", flat=True)) == {system.id}
    monkeypatch.setattr("zhicheng.desk.system.views.clock.today", lambda: date(2027, 10, 1))
    page = enter(system).get(HEALTH).text
    assert "A year is missing" in page
    assert "[calendar.2028]" in page
    forget_loaded()
