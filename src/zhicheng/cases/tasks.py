"""What the worker does for cases."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from zhicheng.cases.erasure.services import BY_RULE, erase_due_cases
from zhicheng.cases.hotline.retention import erase_due_calls
from zhicheng.cases.importing.services import carry_out, forget_expired
from zhicheng.ground import clock


@app.task(name="cases.import", queue="imports")
def import_cases(key: str) -> None:
    """Carries out a confirmed import; one that was interrupted goes on where it stood."""
    carry_out(key=UUID(key), now=clock.now())


@app.periodic(cron="25 * * * *")
@app.task(name="cases.forget_expired_imports", queue="upkeep", queueing_lock="cases.forget_expired_imports")
def forget_expired_imports(timestamp: int) -> None:
    """Removes uploads that nobody confirmed, and refused rows when their time is over."""
    forget_expired(now=clock.now())


@app.periodic(cron="20 18 * * *")
@app.task(name="cases.erase_due", queue="upkeep", queueing_lock="cases.erase_due")
def erase_due(timestamp: int) -> None:
    """Every night, deletes the personal data of cases and calls that ended longer ago than their limits."""
    erase_due_cases(now=clock.now())
    erase_due_calls(by=BY_RULE, now=clock.now())


def defer_import(key: UUID) -> None:
    """Queues an import in the caller's transaction; one that waits already is not queued again."""
    name = f"cases.import:{key}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        import_cases.configure(queueing_lock=name, lock=name).defer(key=str(key))
