"""Sending what waits: at least once, never silently not."""

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection

from zhicheng.core.access import Actor
from zhicheng.ground.access.api import User
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.notices.adapters import ConsoleAdapter, adapter_for
from zhicheng.ground.notices.api import Channel, Notice, Recipient, Undeliverable, notify
from zhicheng.ground.notices.delivery import deliver
from zhicheng.ground.notices.rules import MOST_ATTEMPTS, NO_WAY
from zhicheng.ground.notices.tasks import deliver_overdue_now
from zhicheng.ground.personal.api import erase, store_contact

from .conftest import Outbox, queued

CASE = ("case", 17)
PARAMS = {"number": "TS-17", "step": "Accept", "state": "received"}


def tell(recipient: Recipient, now: datetime, language: str = "", *, obliged: bool = True) -> Notice:
    """Tells somebody; returns the notice that waits to be sent."""
    template = "reported_moved" if recipient.kind == "contact" else "matter_moved"
    notify(
        recipients=[recipient], template=template, params=PARAMS, subject=CASE, now=now, link="/c/17/",
        language=language, process="housing_quality", step="accept", obliged=obliged,
    )  # fmt: skip
    return Notice.objects.exclude(channel="inbox").latest("id")


@pytest.fixture
def email(li: User, now: datetime) -> Notice:
    return tell(Recipient.user(li.id), now)


def test_an_email_goes_out_once(email: Notice, outbox: Outbox, now: datetime) -> None:
    assert deliver(notice_id=email.id, now=now)
    assert not deliver(notice_id=email.id, now=now)
    (message,) = outbox.messages
    assert (message.to, message.key, message.channel) == ("li@example.org", email.key, Channel.EMAIL)
    assert message.title.startswith("TS-17")
    assert "/c/17/" in message.text
    email.refresh_from_db()
    assert (email.sent_at, email.attempts) == (now, 1)


def test_a_failure_is_tried_again_later_and_keeps_no_address(email: Notice, outbox: Outbox, now: datetime) -> None:
    outbox.failures = [smtplib.SMTPDataError(451, b"li@example.org is busy")]
    assert not deliver(notice_id=email.id, now=now)
    email.refresh_from_db()
    assert (email.attempts, email.error, email.failed_at) == (1, "SMTPDataError 451", None)
    assert email.deliver_after == now + timedelta(seconds=30)
    assert queued() == [email.id, email.id]
    assert deliver(notice_id=email.id, now=now + timedelta(minutes=1))
    email.refresh_from_db()
    assert (email.attempts, email.error) == (2, "")


def test_it_is_given_up_in_the_end_and_says_so(email: Notice, outbox: Outbox, now: datetime) -> None:
    outbox.failures = [TimeoutError() for _ in range(MOST_ATTEMPTS)]
    for _ in range(MOST_ATTEMPTS + 1):
        deliver(notice_id=email.id, now=now)
    email.refresh_from_db()
    assert (email.attempts, email.failed_at, email.error) == (
        MOST_ATTEMPTS, now, "Given up after repeated failures.",
    )  # fmt: skip
    assert (outbox.messages, outbox.failures) == ([], [])


def test_what_makes_no_sense_is_not_tried_again(email: Notice, outbox: Outbox, now: datetime) -> None:
    outbox.failures = [Undeliverable("The mail server refuses the address.")]
    deliver(notice_id=email.id, now=now)
    email.refresh_from_db()
    assert (email.failed_at, email.error) == (now, "The mail server refuses the address.")
    assert queued() == [email.id]


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"email": ""}, "The account has no e-mail address."), ({"is_active": False}, "The account is locked.")],
)
def test_an_account_that_changed_meanwhile(
    email: Notice, li: User, outbox: Outbox, now: datetime, change: dict[str, object], reason: str
) -> None:
    User.objects.filter(id=li.id).update(**change)
    deliver(notice_id=email.id, now=now)
    email.refresh_from_db()
    assert (email.error, email.failed_at, outbox.messages) == (reason, now, [])


def test_a_contact_is_sent_a_text_and_the_reading_of_the_number_is_on_record(
    database: None, outbox: Outbox, now: datetime
) -> None:
    contact = store_contact(name="张三", phone="13812341234", address="", now=now)
    notice = tell(Recipient.contact(contact.id), now, language="en")
    assert deliver(notice_id=notice.id, now=now)
    (message,) = outbox.messages
    assert (message.to, message.channel, message.title) == ("13812341234", Channel.SMS, "")
    assert message.text == "Your matter TS-17 was accepted. http://localhost:8000/c/17/"
    entry = Entry.objects.get(subject_kind="contact", subject_id=contact.id)
    assert (entry.act, entry.actor) == ("reveal", "system:notices")
    assert "13812341234" not in str(Notice.objects.values().get())


def test_a_contact_without_a_number_or_erased_is_on_record(database: None, outbox: Outbox, now: datetime) -> None:
    silent = store_contact(name="张三", phone="", address="", now=now)
    gone = store_contact(name="李四", phone="13812341234", address="", now=now)
    erase(contact=gone, by=Actor("user:1", "x"), reason="asked for", now=now)
    for contact, reason in ((silent, NO_WAY), (gone, "The personal data were deleted.")):
        notice = tell(Recipient.contact(contact.id), now + timedelta(seconds=contact.id))
        assert (notice.error, notice.failed_at is not None) == (reason, True)
        assert not deliver(notice_id=notice.id, now=now)
    assert (outbox.messages, queued()) == ([], [])


def test_what_lies_about_is_swept_up(email: Notice, outbox: Outbox, now: datetime) -> None:
    assert deliver_overdue_now(now=now + timedelta(minutes=9)) == 0
    assert deliver_overdue_now(now=now + timedelta(minutes=11)) == 1
    assert deliver_overdue_now(now=now + timedelta(minutes=12)) == 0
    assert len(outbox.messages) == 1


def test_a_simulation_sends_nothing(email: Notice, outbox: Outbox, now: datetime, settings: object) -> None:
    settings.SIMULATED = True  # type: ignore[attr-defined]
    assert isinstance(adapter_for(Channel.EMAIL), ConsoleAdapter)
    deliver(notice_id=email.id, now=now)
    assert outbox.messages == []


def test_the_log_shows_no_address(
    email: Notice, now: datetime, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SIMULATED = True  # type: ignore[attr-defined]
    with caplog.at_level("INFO", "zhicheng.notices"):
        deliver(notice_id=email.id, now=now)
    assert "TS-17" in caplog.text
    assert "l***@example.org" in caplog.text
    assert "li@example.org" not in caplog.text


class TestAlreadyBeingSent:
    @pytest.fixture
    def database(self, committed: None) -> None:
        """Committed rows, so that another connection can hold one."""

    @pytest.fixture
    def elsewhere(self, database: None) -> Iterator[psycopg.Connection]:
        params = {key: value for key, value in connection.get_connection_params().items()
                  if key in ("dbname", "user", "password", "host", "port")}  # fmt: skip
        with psycopg.connect(**params) as other:
            yield other

    def test_it_is_left_to_whoever_is_at_it(
        self, email: Notice, outbox: Outbox, now: datetime, elsewhere: psycopg.Connection
    ) -> None:
        elsewhere.execute("SELECT 1 FROM notices_notice WHERE id = %s FOR UPDATE", [email.id])
        assert not deliver(notice_id=email.id, now=now)
        elsewhere.rollback()
        assert deliver(notice_id=email.id, now=now)
        assert len(outbox.messages) == 1
