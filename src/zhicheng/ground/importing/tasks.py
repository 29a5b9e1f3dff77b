"""What the worker does for imports."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from zhicheng.ground import clock
from zhicheng.ground.importing.services import carry_out, forget_expired


@app.task(name="importing.carry_out", queue="imports")
def carry_out_import(key: str) -> None:
    """Carries out a confirmed import; one that was interrupted goes on where it stood."""
    carry_out(key=UUID(key), now=clock.now())


@app.periodic(cron="25 * * * *")
@app.task(name="importing.forget_expired", queue="upkeep", queueing_lock="importing.forget_expired")
def forget_expired_imports(timestamp: int) -> None:
    """Removes uploads that nobody confirmed, and refused rows when their time is over."""
    forget_expired(now=clock.now())


def defer_import(key: UUID) -> None:
    """Queues an import in the caller's transaction; one that waits already is not queued again."""
    name = f"importing.carry_out:{key}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        carry_out_import.configure(queueing_lock=name, lock=name).defer(key=str(key))
