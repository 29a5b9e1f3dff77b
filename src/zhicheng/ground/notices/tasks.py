"""What the worker does for notices and for its own queue."""

import logging
from datetime import datetime, timedelta

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from zhicheng.ground import clock
from zhicheng.ground.notices.delivery import deliver
from zhicheng.ground.notices.queries import list_overdue
from zhicheng.ground.notices.queue import DELIVER

UPKEEP = "upkeep"
OVERDUE_AFTER = timedelta(minutes=10)
BATCH = 500
KEEP_FAILED_JOBS_HOURS = 30 * 24
log = logging.getLogger("zhicheng.notices")


@app.task(name=DELIVER, queue="notices")
def deliver_notice(notice_id: int) -> None:
    """Sends one notice. Its own row says when to try again, so the job itself never fails for the other side."""
    deliver(notice_id=notice_id, now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="notices.deliver_overdue", queue=UPKEEP, queueing_lock="notices.deliver_overdue")
def deliver_overdue(timestamp: int) -> None:
    """Sends what waits although its time has come: the job was lost, or the database went away under it."""
    deliver_overdue_now(now=clock.now())


def deliver_overdue_now(*, now: datetime) -> int:
    """Sends up to 500 overdue notices, the oldest first; returns how many were sent."""
    sent = 0
    for notice_id in list_overdue(now - OVERDUE_AFTER).values_list("id", flat=True)[:BATCH]:
        try:
            sent += deliver(notice_id=notice_id, now=now)
        except Exception:
            log.exception("notice %s could not be handled", notice_id)
    return sent


@app.periodic(cron="* * * * *")
@app.task(name="queue.retry_stalled", queue=UPKEEP, queueing_lock="queue.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Puts back the jobs of workers that were killed: their heartbeat is older than 30 s."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await _put_back(context, job)


async def _put_back(context: JobContext, job: Job) -> None:
    """Retries the job, or ends it if the same work is queued again already (a periodic job's next turn)."""
    try:
        await context.app.job_manager.retry_job(job)
    except UniqueViolation:
        await context.app.job_manager.finish_job(job, status=Status.ABORTED, delete_job=False)


@app.periodic(cron="30 19 * * *")
@app.task(name="queue.forget_failed", queue=UPKEEP, queueing_lock="queue.forget_failed", pass_context=True)
async def forget_failed(context: JobContext, timestamp: int) -> None:
    """Deletes jobs that failed or were aborted a month ago; successful ones are deleted at once."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_FAILED_JOBS_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
