"""The job queue: what waits, runs, failed or hangs, and trying a failed job again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Max, Q
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.exceptions import UniqueViolation

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.ledger.api import record

SILENT_AFTER = timedelta(seconds=30)
"""A worker that has not been heard of for so long is taken to be dead; a minute later its jobs go to another."""
MOST_FAILED = 50
_STALLED = """
    SELECT count(*) FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
     WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < %s)
"""


@dataclass(frozen=True)
class FailedJob:
    """A job that failed and is not tried again by itself."""

    id: int
    task: str
    queue: str
    attempts: int
    failed_at: datetime | None


@dataclass(frozen=True)
class QueueHealth:
    """The queue at a moment. `waiting` are due now, `scheduled` later."""

    waiting: int
    scheduled: int
    doing: int
    failed: int
    stalled: int
    heard_at: datetime | None
    failures: tuple[FailedJob, ...]

    def is_alive(self, now: datetime) -> bool:
        """Whether a worker was heard of lately."""
        return self.heard_at is not None and now - self.heard_at <= SILENT_AFTER


def read_queue(now: datetime) -> QueueHealth:
    """How the queue is now."""
    later = Q(status="todo", scheduled_at__gt=now)
    counts = ProcrastinateJob.objects.aggregate(
        waiting=Count("id", filter=Q(status="todo") & ~later),
        scheduled=Count("id", filter=later),
        doing=Count("id", filter=Q(status="doing")),
        failed=Count("id", filter=Q(status="failed")),
    )
    with connection.cursor() as cursor:
        cursor.execute(_STALLED, [now - SILENT_AFTER])
        (stalled,) = cursor.fetchone()
    heard_at = ProcrastinateWorker.objects.aggregate(at=Max("last_heartbeat"))["at"]
    return QueueHealth(**counts, stalled=stalled, heard_at=heard_at, failures=_failures())


def retry(*, job_id: int, by: Actor, now: datetime) -> None:
    """Puts a failed job back into the queue. Raises Refused if it is none, or if the same work waits already."""
    if not ProcrastinateJob.objects.filter(id=job_id, status="failed").exists():
        raise Refused(words("Job {job} has not failed, or was tried again already."), job=job_id)
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job_id, retry_at=now)
            record(subject=("job", job_id), act="retry_job", by=by, now=now, body={})
    except UniqueViolation as error:
        raise Refused(words("The same work is waiting already; job {job} is not needed."), job=job_id) from error


def _failures() -> tuple[FailedJob, ...]:
    found = ProcrastinateJob.objects.filter(status="failed").annotate(at=Max("procrastinateevent__at"))
    return tuple(
        FailedJob(job.id, job.task_name, job.queue_name, job.attempts, job.at)
        for job in found.order_by("-id")[:MOST_FAILED]
    )
