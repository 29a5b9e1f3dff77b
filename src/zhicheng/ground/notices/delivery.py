"""Delivering one notice: at least once, tried again with growing pauses, given up with a reason."""

import smtplib
from datetime import datetime, timedelta

from django.db import transaction

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.access.api import User
from zhicheng.ground.notices.adapters import Message, Undeliverable, adapter_for
from zhicheng.ground.notices.models import Channel, Notice
from zhicheng.ground.notices.queue import deliver_later
from zhicheng.ground.notices.recipients import CLOSED
from zhicheng.ground.notices.rendering import render
from zhicheng.ground.personal.api import Contact, reveal

SENDER = Actor(key="system:notices", name="notices")
FIRST_PAUSE = timedelta(seconds=30)
MOST_ATTEMPTS = 8
"""With pauses of 30 s, 1 min 30, 4 min 30 … the last attempt is about nine hours after the first."""
NO_EMAIL = words("The account has no e-mail address.")
NO_NUMBER = words("No telephone number was left.")
ERASED = words("The personal data were deleted.")
GIVEN_UP = words("Given up after repeated failures.")
_GROWTH = 3


def deliver(*, notice_id: int, now: datetime) -> bool:
    """Sends a notice that waits; says whether it was sent. One that is sent, or being sent, is left alone.

    Sending happens under the row's lock: a process that dies after sending and before the commit sends again.
    """
    with transaction.atomic():
        waiting = Notice.objects.filter(id=notice_id, sent_at__isnull=True, failed_at__isnull=True)
        notice = waiting.select_for_update(skip_locked=True).first()
        if notice is None:
            return False
        notice.attempts += 1
        try:
            with transaction.atomic():
                message = compose(notice, now)
            adapter_for(message.channel).send(message)
        except Undeliverable as reason:
            notice.failed_at, notice.error = now, str(reason)
        except Exception as error:
            _try_again(notice, error, now)
        else:
            notice.sent_at, notice.error = now, ""
        notice.save(update_fields=["attempts", "sent_at", "failed_at", "error", "deliver_after"])
    return notice.sent_at is not None


def compose(notice: Notice, now: datetime) -> Message:
    """The notice in words, with the address it goes to. Raises Undeliverable if there is none."""
    channel = Channel(notice.channel)
    to = _number(notice, now) if channel is Channel.SMS else _email(notice)
    written = render(notice, notice.language)
    return Message(key=notice.key, channel=channel, title=written.title, text=written.text, to=to)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts (1 or more).

    >>> [str(pause_after(attempts)) for attempts in (1, 2, 7)]
    ['0:00:30', '0:01:30', '6:04:30']
    """
    return FIRST_PAUSE * int(_GROWTH ** (attempts - 1))


def _email(notice: Notice) -> str:
    user = User.objects.filter(id=notice.recipient_id).first()
    if user is None or not user.is_active:
        raise Undeliverable(CLOSED)
    if not user.email:
        raise Undeliverable(NO_EMAIL)
    return user.email


def _number(notice: Notice, now: datetime) -> str:
    """The number in clear: a ledgered read by the house itself."""
    contact = Contact.objects.filter(id=notice.recipient_id).first()
    if contact is None or contact.erased_at is not None:
        raise Undeliverable(ERASED)
    if not contact.phone_sealed:
        raise Undeliverable(NO_NUMBER)
    try:
        return reveal(contact=contact, by=SENDER, reason=f"notice {notice.key}", now=now).phone
    except Refused as refusal:
        raise Undeliverable(ERASED) from refusal


def _try_again(notice: Notice, error: Exception, now: datetime) -> None:
    """Puts the next attempt off, or gives up; keeps the kind of failure only, for its text may be personal."""
    notice.error = _kind_of(error)
    if notice.attempts >= MOST_ATTEMPTS:
        notice.failed_at, notice.error = now, GIVEN_UP
        return
    notice.deliver_after = now + pause_after(notice.attempts)
    deliver_later([notice.id], at=notice.deliver_after)


def _kind_of(error: Exception) -> str:
    code = f" {error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else ""
    return f"{type(error).__name__}{code}"
