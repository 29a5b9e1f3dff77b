"""What becomes of notices that wait when their recipient goes, and trying again what was given up."""

from datetime import datetime

from django.db import transaction

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.ledger.api import record
from zhicheng.ground.notices.models import Attempt, Notice, RecipientKind
from zhicheng.ground.notices.queue import deliver_later
from zhicheng.ground.notices.rules import ERASED, STOPPED, may_be_tried_again
from zhicheng.ground.personal.api import Contact


def drop_for_erased(contact: Contact, now: datetime) -> None:
    """Drops what waits for an erased contact, in the transaction of the erasure."""
    _drop(contact, ERASED, now, obliged=True)


def drop_for_stopped(contact: Contact, now: datetime) -> None:
    """Drops what waits for a contact who wants no more of what nobody is obliged to tell them."""
    _drop(contact, STOPPED, now, obliged=False)


def try_again(*, notice_id: int, by: Actor, now: datetime) -> None:
    """Has a notice sent that was given up, beginning anew; an entry says who wanted it.

    Raises Refused if it was not given up, or if its recipient is gone or wants no more.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update(of=("self",)).get(id=notice_id)
        if notice.failed_at is None:
            raise Refused(words("This notice was not given up, or is being tried again already."))
        if not may_be_tried_again(notice.error):
            raise Refused(words("This notice was dropped and cannot be sent any more."))
        if notice.channel == "inbox":
            raise Refused(words("There is nobody to whom this notice could go."))
        notice.failed_at, notice.error, notice.attempts, notice.deliver_after = None, "", 0, now
        notice.save(update_fields=["failed_at", "error", "attempts", "deliver_after"])
        deliver_later([notice.pk])
        record(subject=("notice", notice.pk), act="retry_notice", by=by, now=now, body={})


def _drop(contact: Contact, reason: str, now: datetime, *, obliged: bool) -> None:
    waiting = Notice.objects.select_for_update().filter(
        recipient_kind=RecipientKind.CONTACT, recipient_id=contact.pk, sent_at__isnull=True, failed_at__isnull=True
    )
    dropped = [one for one in waiting if obliged or not one.obliged]
    Notice.objects.filter(id__in=[one.pk for one in dropped]).update(failed_at=now, error=reason)
    Attempt.objects.bulk_create(
        Attempt(notice=one, at=now, outcome=Attempt.Outcome.DROPPED, error=reason) for one in dropped
    )
