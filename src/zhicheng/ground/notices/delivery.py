"""Delivering one notice: at least once, tried again with growing pauses, given up with a reason."""

import smtplib
from datetime import datetime

from django.db import transaction

from zhicheng.core.access import Actor
from zhicheng.core.phones import parse_phone
from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import User
from zhicheng.ground.notices.adapters import Message, NotTaken, Undeliverable, adapter_for
from zhicheng.ground.notices.choosing import quiet_until
from zhicheng.ground.notices.models import Attempt, Channel, Notice, RecipientKind
from zhicheng.ground.notices.queue import deliver_later
from zhicheng.ground.notices.rendering import render_sent, stops
from zhicheng.ground.notices.rules import (
    CLOSED,
    DROPPED,
    ERASED,
    GIVEN_UP,
    LANDLINE,
    MOST_ATTEMPTS,
    NO_ADDRESS,
    NO_EMAIL,
    NO_NUMBER,
    STOPPED,
    pause_after,
)
from zhicheng.ground.notices.stopping import stop_path
from zhicheng.ground.personal.api import Contact, Revealed, reveal

SENDER = Actor(key="system:notices", name="notices")
Outcome = Attempt.Outcome


def deliver(*, notice_id: int, now: datetime) -> bool:
    """Sends a notice that waits; says whether it was sent. One that is sent, or being sent, is left alone.

    Within quiet hours it is put off to their end. Sending happens under the row's lock: a process that dies after
    sending and before the commit sends again.
    """
    with transaction.atomic():
        waiting = Notice.objects.filter(id=notice_id, sent_at__isnull=True, failed_at__isnull=True)
        notice = waiting.select_related("area").select_for_update(skip_locked=True, of=("self",)).first()
        if notice is None:
            return False
        allowed = quiet_until(notice, now)
        if allowed > now:
            _put_off(notice, allowed)
        else:
            _try(notice, now)
        notice.save(update_fields=["attempts", "sent_at", "failed_at", "error", "deliver_after"])
    return notice.sent_at is not None


def compose(notice: Notice, now: datetime) -> Message:
    """The notice in words, with the address it goes to. Raises Undeliverable if there is none."""
    channel = Channel(notice.channel)
    of_contact = notice.recipient_kind == RecipientKind.CONTACT
    to = _address_left(notice, channel, now) if of_contact else _email(notice)
    written = render_sent(notice, notice.language)
    stop = "" if notice.obliged and of_contact else stop_path(stops(notice))
    return Message(key=notice.key, channel=channel, title=written.title, text=written.text, to=to, stop=stop)


def _try(notice: Notice, now: datetime) -> None:
    """One attempt, which is kept; the notice then says how it went."""
    notice.attempts += 1
    tried = Attempt(notice=notice, at=now, outcome=Outcome.SENT)
    try:
        with transaction.atomic():
            message = compose(notice, now)
        adapter_for(message.channel).send(message)
    except Undeliverable as reason:
        notice.failed_at = now
        tried.error = notice.error = str(reason)
        tried.outcome = Outcome.DROPPED if notice.error in DROPPED else Outcome.GIVEN_UP
    except Exception as error:
        tried.error = _kind_of(error)
        tried.outcome = _try_again(notice, tried.error, now)
    else:
        notice.sent_at, notice.error = now, ""
    tried.save()


def _email(notice: Notice) -> str:
    user = User.objects.filter(id=notice.recipient_id).first()
    if user is None or not user.is_active:
        raise Undeliverable(CLOSED)
    if not user.email:
        raise Undeliverable(NO_EMAIL)
    return user.email


def _address_left(notice: Notice, channel: Channel, now: datetime) -> str:
    """The number or the address in clear: a ledgered read by the house itself."""
    contact = Contact.objects.filter(id=notice.recipient_id).first()
    if contact is None or contact.erased_at is not None:
        raise Undeliverable(ERASED)
    if not notice.obliged and contact.progress_agreed_at is None:
        raise Undeliverable(STOPPED)
    if not (contact.phone_sealed if channel is Channel.SMS else contact.email_sealed):
        raise Undeliverable(NO_NUMBER if channel is Channel.SMS else NO_ADDRESS)
    known = _revealed(contact, notice, now)
    if channel is Channel.EMAIL:
        return known.email
    if not parse_phone(known.phone).is_mobile:
        raise Undeliverable(LANDLINE)
    return known.phone


def _revealed(contact: Contact, notice: Notice, now: datetime) -> Revealed:
    try:
        return reveal(contact=contact, by=SENDER, reason=f"notice {notice.key}", now=now)
    except Refused as refusal:
        raise Undeliverable(ERASED) from refusal


def _try_again(notice: Notice, kind: str, now: datetime) -> Outcome:
    """Puts the next attempt off, or gives up; keeps the kind of failure only, for its text may be personal."""
    if notice.attempts >= MOST_ATTEMPTS:
        notice.failed_at, notice.error = now, GIVEN_UP
        return Outcome.GIVEN_UP
    notice.error = kind
    _put_off(notice, quiet_until(notice, now + pause_after(notice.attempts)))
    return Outcome.FAILED


def _put_off(notice: Notice, until: datetime) -> None:
    notice.deliver_after = until
    deliver_later([notice.id], at=until)


def _kind_of(error: Exception) -> str:
    if isinstance(error, NotTaken):
        return str(error)
    code = f" {error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else ""
    return f"{type(error).__name__}{code}"
