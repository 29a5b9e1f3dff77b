"""The job queue: queuing inside the caller's transaction, and the worker that survives what it depends on."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Sequence
from datetime import datetime

from procrastinate import App
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app, connector_params
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.types import JSONDict

DELIVER = "notices.deliver"
CONCURRENCY = 2
PAUSE_S = 2.0
FINISH_WITHIN_S = 15.0
"""How long a stopping worker waits for running jobs; the supervisor kills it 5 s later."""
log = logging.getLogger("zhicheng.worker")


def deliver_later(notice_ids: Sequence[int], *, at: datetime | None = None) -> None:
    """Queues the delivery of notices in the current transaction: rolled back with it, seen after it."""
    if notice_ids:
        jobs: list[JSONDict] = [{"notice_id": notice_id} for notice_id in notice_ids]
        app.configure_task(DELIVER, schedule_at=at).batch_defer(*jobs)


class WorkerConnector(PsycopgConnector):
    """The worker's own pool for fetching jobs; what a job queues goes through Django's connection.

    Procrastinate's own connector would queue over a second connection: a job's transaction could be rolled
    back and what it queued would still run, or run before the commit.
    """

    def get_sync_connector(self) -> BaseConnector:
        """Django's connection of the thread that asks, so that queuing is part of its transaction."""
        return DjangoConnector(alias="default")


def run_worker(*, concurrency: int = CONCURRENCY) -> None:
    """Runs jobs until SIGTERM or SIGINT, then lets the running ones finish.

    A lost database ends procrastinate's worker; it is begun again every two seconds until the server is back.
    """
    asyncio.run(_serve(concurrency))


async def _serve(concurrency: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    while not stop.is_set():
        try:
            await _work(stop, concurrency)
        except Exception as error:
            log.warning("the worker begins again: %s", type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE_S)


async def _work(stop: asyncio.Event, concurrency: int) -> None:
    """One life of the worker: until it ends by itself or `stop` is set."""
    with app.replace_connector(WorkerConnector(kwargs=connector_params("default"))) as worker_app:
        async with worker_app.open_async():
            working = asyncio.create_task(_run(worker_app, concurrency))
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            working.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await working


async def _run(worker_app: App, concurrency: int) -> None:
    await worker_app.run_worker_async(
        name="zhicheng",
        concurrency=concurrency,
        install_signal_handlers=False,
        shutdown_graceful_timeout=FINISH_WITHIN_S,
        delete_jobs="successful",
    )
