"""What the clocks of proceedings do by themselves."""

from collections.abc import Iterator
from datetime import datetime

import structlog
from django.db.models import Q
from procrastinate.contrib.django import app

from zhicheng.core.process import Automatic
from zhicheng.ground import clock
from zhicheng.ground.proceedings.models import Proceeding
from zhicheng.ground.proceedings.registry import list_processes
from zhicheng.ground.proceedings.services import lapse

BATCH = 500
log = structlog.get_logger("zhicheng.proceedings")


@app.periodic(cron="* * * * *")
@app.task(name="proceedings.lapse_clocks", queue="upkeep", queueing_lock="proceedings.lapse_clocks")
def lapse_clocks(timestamp: int) -> None:
    """Takes the steps that lapsed clocks call for."""
    lapse_overdue(now=clock.now())


def lapse_overdue(*, now: datetime) -> int:
    """Lapses every proceeding whose clock has run out and whose table says what follows; returns how many.

    Each in its own transaction: what fails is logged and tried again the next minute, the others go on.
    """
    lapsed = 0
    for proceeding_id in _lapsing(now):
        try:
            lapsed += lapse(proceeding_id, now=now)
        except Exception:
            log.exception("a clock could not lapse", proceeding=proceeding_id)
    return lapsed


def _lapsing(now: datetime) -> Iterator[int]:
    """The ids in batches, the smallest first, so that what cannot be lapsed does not hide the rest."""
    last = 0
    overdue = Proceeding.objects.filter(_has_consequence(), ending="open", due_at__lt=now).order_by("id")
    while batch := list(overdue.filter(id__gt=last).values_list("id", flat=True)[:BATCH]):
        yield from batch
        last = batch[-1]


def _has_consequence() -> Q:
    """The states in which a table lets the system act on a lapsed clock; everything else is merely late."""
    condition = Q(pk__in=())
    for process in list_processes():
        steps = [step for step in process.steps if step.automatic is Automatic.CLOCK_LAPSED]
        states = sorted({source.key for step in steps for source in step.move.sources})
        if states:
            condition |= Q(kind=process.key, version=process.version, state__in=states)
    return condition
