"""Reminds of matters that have a card and do not move: the assignee, then the leaders of the body.

How long after the first card for a limit each is reminded, a pack says; where it says nothing, nobody is. The
superior body comes last, by a red card that is taken there (`services.raise_cards`).
"""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhicheng.core.access import Role
from zhicheng.core.clock import LimitError, due_at
from zhicheng.core.clock.due import local
from zhicheng.ground.access.api import User, list_users_acting
from zhicheng.ground.cards.models import Card, Reminder, Stage
from zhicheng.ground.ledger.api import record
from zhicheng.ground.notices.api import Recipient, notify
from zhicheng.ground.packs.api import limit_for, working_calendar
from zhicheng.ground.proceedings.api import SYSTEM, Proceeding, lock_proceeding, subject_kind

LIMITS = {Stage.ASSIGNEE: "card.reminder.assignee", Stage.LEADER: "card.reminder.leader"}
TEMPLATES = {Stage.ASSIGNEE: "card_reminder", Stage.LEADER: "card_reminder_leader"}
BATCH = 500
log = logging.getLogger("zhicheng.cards")


def remind(*, now: datetime) -> int:
    """Sends every reminder that is due, each matter in its own transaction; returns how many. Again: none."""
    sent = 0
    for proceeding_id in _carded():
        try:
            sent += _remind(proceeding_id, now)
        except Exception:
            log.exception("nobody could be reminded of proceeding %s", proceeding_id)
    return sent


def _carded() -> Iterator[int]:
    """Open matters with a card for the limit that runs now, and with a reminder left to send for it."""
    current = Card.objects.filter(
        due_at=F("proceeding__due_at"), holder=F("proceeding__holder"), proceeding__ending="open",
        proceeding__paused=False,
    )  # fmt: skip
    told = Reminder.objects.filter(proceeding=OuterRef("proceeding"), due_at=OuterRef("due_at"))
    count = told.order_by().values("proceeding").annotate(count=Count("pk")).values("count")
    waiting = current.annotate(told=Coalesce(Subquery(count), 0)).filter(told__lt=len(Stage))
    last = 0
    while batch := _after(waiting.values_list("proceeding_id", flat=True), last):
        yield from batch
        last = batch[-1]


def _after(ids: QuerySet[Card, int], last: int) -> list[int]:
    return list(ids.filter(proceeding_id__gt=last).order_by("proceeding_id").distinct()[:BATCH])


@transaction.atomic
def _remind(proceeding_id: int, now: datetime) -> int:
    current = lock_proceeding(proceeding_id)
    if current.due_at is None or current.paused or not current.is_open:
        return 0
    cards = Card.objects.filter(proceeding=current, due_at=current.due_at, holder=current.holder_id)
    first: datetime | None = cards.aggregate(first=Min("issued_at"))["first"]
    return sum(_reach(current, stage, first, now) for stage in Stage) if first else 0


def _reach(current: Proceeding, stage: Stage, first: datetime, now: datetime) -> bool:
    assert current.due_at is not None
    when = _when(current, stage, first)
    if when is None or now <= when:
        return False
    _, fresh = Reminder.objects.get_or_create(
        proceeding=current, due_at=current.due_at, stage=stage, defaults={"reminded_at": now}
    )
    if not fresh:
        return False
    people = _people(current, stage, now)
    subject = (current.subject_kind, current.subject_id)
    body = {
        "proceeding_id": current.pk, "stage": str(stage), "due_at": current.due_at.isoformat(),
        "told": [user.pk for user in people],
    }  # fmt: skip
    record(subject=subject, act="card.remind", by=SYSTEM, now=now, body=body)
    number, _ = subject_kind(subject[0]).titles([subject[1]])[subject[1]]
    notify(
        recipients=[Recipient.user(user.pk) for user in people], template=TEMPLATES[stage],
        params={"number": number, "due": local(current.due_at).date().isoformat()}, subject=subject, now=now,
        occasion=f"{current.pk} {current.due_at.isoformat()}", link=subject_kind(subject[0]).address(subject[1]),
        area=current.area,
    )  # fmt: skip
    return True


def _when(current: Proceeding, stage: Stage, first: datetime) -> datetime | None:
    """When the stage's time ends; None where no pack states one."""
    try:
        limit = limit_for(key=LIMITS[stage], area=current.area.path, on=local(first).date())
    except LimitError:
        return None
    return due_at(first, limit, working_calendar())


def _people(current: Proceeding, stage: Stage, now: datetime) -> list[User]:
    """The assignee; of a matter that nobody has taken, whoever could take it; or the leaders of the body."""
    on = local(now).date()
    if stage is Stage.LEADER:
        return list_users_acting(current.matter(), Role.LEADER, on)
    acting = list_users_acting(current.matter(), (Role.CLERK, Role.OFFICER, Role.LEADER), on)
    own = [user for user in acting if user.pk == current.assignee_id]
    return own or list_users_acting(current.matter(), (Role.CLERK, Role.OFFICER), on)
