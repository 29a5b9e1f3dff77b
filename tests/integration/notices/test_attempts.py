"""Every attempt is kept, and what was given up can be sent once more."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from zhicheng.core.access import Actor, Reach, Role
from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.notices.api import (
    Attempt,
    Notice,
    NotTaken,
    Recipient,
    Undeliverable,
    list_attempts,
    list_sent_out,
    masked_recipients,
    notify,
    try_again,
)
from zhicheng.ground.notices.delivery import deliver
from zhicheng.ground.notices.rules import ERASED, GIVEN_UP, MOST_ATTEMPTS
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import erase

from .conftest import Outbox, queued
from .people import person, told

pytestmark = pytest.mark.usefixtures("database")
ADMIN = Actor("user:9", "Zhou")


def tried(notice: Notice) -> list[tuple[str, str]]:
    return [(one.outcome, one.error) for one in reversed(list_attempts(notice))]


def test_each_attempt_is_kept_with_the_kind_of_its_failure(now: datetime, outbox: Outbox) -> None:
    (notice,) = told(person(now), now)
    outbox.failures = [NotTaken("HTTP 503"), ConnectionRefusedError("13812341234")]
    for minute in range(3):
        deliver(notice_id=notice.pk, now=now + timedelta(minutes=minute))
    assert tried(notice) == [("failed", "HTTP 503"), ("failed", "ConnectionRefusedError"), ("sent", "")]


def test_what_was_given_up_is_sent_once_more_when_somebody_asks(now: datetime, outbox: Outbox) -> None:
    (notice,) = told(person(now), now)
    outbox.failures = [TimeoutError()] * MOST_ATTEMPTS
    for _ in range(MOST_ATTEMPTS):
        deliver(notice_id=notice.pk, now=now)
    assert tried(notice)[-1] == ("given_up", "TimeoutError")
    before = len(queued())
    try_again(notice_id=notice.pk, by=ADMIN, now=now)
    with pytest.raises(Refused, match="being tried again already"):
        try_again(notice_id=notice.pk, by=ADMIN, now=now)
    assert len(queued()) == before + 1
    entry = Entry.objects.get(subject_kind="notice", subject_id=notice.pk)
    assert (entry.act, entry.actor) == ("retry_notice", "user:9")
    assert deliver(notice_id=notice.pk, now=now)
    assert outbox.messages[0].key == notice.key
    assert len(tried(notice)) == MOST_ATTEMPTS + 1


def test_what_was_dropped_stays_dropped(now: datetime, outbox: Outbox) -> None:
    contact = person(now)
    (notice,) = told(contact, now)
    erase(contact=contact, by=ADMIN, reason="asked for", now=now)
    with pytest.raises(Refused, match="dropped"):
        try_again(notice_id=notice.pk, by=ADMIN, now=now)
    notice.refresh_from_db()
    assert notice.error == ERASED
    assert not Entry.objects.filter(act="retry_notice").exists()


def test_what_reached_nobody_cannot_be_tried_again(bureau: Organization, now: datetime) -> None:
    (notice_id,) = notify(recipients=[Recipient.organization(bureau.pk)], template="matter_handed", params={},
                          subject=("case", 1), now=now)  # fmt: skip
    with pytest.raises(Refused, match="nobody"):
        try_again(notice_id=notice_id, by=ADMIN, now=now)


def test_a_refused_address_is_given_up_at_once(now: datetime, outbox: Outbox) -> None:
    (notice,) = told(person(now), now)
    outbox.failures = [Undeliverable("The text message gateway refuses the number or the text.")]
    deliver(notice_id=notice.pk, now=now)
    assert tried(notice) == [("given_up", "The text message gateway refuses the number or the text.")]


def test_attempts_are_neither_changed_nor_deleted(now: datetime, outbox: Outbox) -> None:
    (notice,) = told(person(now), now)
    deliver(notice_id=notice.pk, now=now)
    for change in (
        lambda: Attempt.objects.update(outcome="failed", error="x"),
        lambda: Attempt.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


def administrator(*paths: str, role: Role = Role.SYSTEM_ADMINISTRATOR) -> Actor:
    return Actor("user:9", "Zhou", (Reach(role, frozenset({1}), paths),))


def test_an_administrator_looks_after_their_own_area(
    county: Area, li: User, bureau: Organization, now: datetime
) -> None:
    (here,), (nowhere,) = told(person(now), now, area=county), told(person(now), now, step="break")
    notify(recipients=[Recipient.user(li.pk)], template="matter_handed", params={}, subject=("case", 1), now=now)
    email = Notice.objects.get(channel="email")
    seen = [set(list_sent_out(one)) for one in (
        administrator(), administrator(county.path), administrator("/1/"),
        administrator(role=Role.SECURITY_ADMINISTRATOR), administrator(county.path, role=Role.LEADER),
    )]  # fmt: skip
    assert seen == [{here, nowhere, email}, {here, nowhere, email}, {nowhere, email}, set(), set()]
    assert given_up_is_listed(now, bureau)


def given_up_is_listed(now: datetime, bureau: Organization) -> bool:
    (pk,) = notify(recipients=[Recipient.user(999_999)], template="matter_handed", params={}, subject=("case", 2),
                   now=now)  # fmt: skip
    return list_sent_out(administrator()).filter(pk=pk, error__gt="").exists()


def test_recipients_are_masked(li: User, now: datetime) -> None:
    both = told(person(now, email="zhang@b.cn"), now)
    notify(recipients=[Recipient.user(li.pk)], template="matter_handed", params={}, subject=("case", 1), now=now)
    shown = masked_recipients([*both, Notice.objects.latest("id")])
    assert list(shown.values()) == ["138****1234", "z***@b.cn", "li l***@example.org"]


def test_the_reason_is_the_failure_until_it_is_given_up(now: datetime, outbox: Outbox) -> None:
    (notice,) = told(person(now), now)
    outbox.failures = [TimeoutError()] * MOST_ATTEMPTS
    errors = []
    for _ in range(MOST_ATTEMPTS):
        deliver(notice_id=notice.pk, now=now)
        notice.refresh_from_db()
        errors.append(notice.error)
    assert errors == ["TimeoutError"] * (MOST_ATTEMPTS - 1) + [GIVEN_UP]
