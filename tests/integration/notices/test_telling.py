"""Who is told by which channel, once, in the transaction of what is told."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from zhicheng.ground.access.api import User
from zhicheng.ground.notices.api import (
    Notice,
    Recipient,
    count_unread,
    list_notices,
    list_undeliverable,
    mark_read,
    notify,
)
from zhicheng.ground.parties.api import Organization

from .conftest import account, queued

CASE = ("case", 17)
PARAMS = {"number": "TS-17", "step": "Accept", "state": "received", "due": None}


def tell(recipients: Iterable[Recipient], now: datetime, occasion: str = "4") -> list[int]:
    return notify(
        recipients=recipients, template="matter_yours", params=PARAMS, subject=CASE, now=now, occasion=occasion,
        link="/desk/cases/17/",
    )  # fmt: skip


def ways() -> list[tuple[str, int, str]]:
    return list(Notice.objects.order_by("id").values_list("recipient_kind", "recipient_id", "channel"))


def test_an_account_is_told_in_its_inbox_and_by_email(li: User, now: datetime) -> None:
    tell([Recipient.user(li.id)], now)
    assert ways() == [("user", li.id, "inbox"), ("user", li.id, "email")]
    inbox, email = Notice.objects.order_by("id")
    assert (inbox.sent_at, email.sent_at) == (now, None)
    assert queued() == [email.id]


def test_an_account_without_email_is_told_in_its_inbox(bureau: Organization, now: datetime) -> None:
    wang = account("wang", bureau)
    tell([Recipient.user(wang.id)], now)
    assert (ways(), queued()) == ([("user", wang.id, "inbox")], [])


def test_everybody_of_an_organization_is_told_once(li: User, bureau: Organization, now: datetime) -> None:
    wang = account("wang", bureau)
    account("gone", bureau, is_active=False)
    account("stranger")
    tell([Recipient.organization(bureau.id), Recipient.user(li.id), Recipient.user(li.id)], now)
    assert ways() == [("user", li.id, "inbox"), ("user", li.id, "email"), ("user", wang.id, "inbox")]


def test_who_cannot_be_told_is_on_record_with_the_reason(bureau: Organization, now: datetime) -> None:
    gone = account("gone", is_active=False)
    tell([Recipient.organization(bureau.id), Recipient.user(gone.id), Recipient.user(999_999)], now)
    assert [(n.recipient_kind, n.error) for n in list_undeliverable().order_by("id")] == [
        ("organization", "Nobody of this organization has an account."),
        ("user", "The account is locked."),
        ("user", "Nobody of this organization has an account."),
    ]
    assert queued() == []


def test_telling_twice_tells_once(li: User, now: datetime) -> None:
    assert len(tell([Recipient.user(li.id)], now)) == 2
    assert tell([Recipient.user(li.id)], now + timedelta(minutes=1)) == []
    assert len(tell([Recipient.user(li.id)], now, occasion="5")) == 2
    assert (Notice.objects.count(), len(queued())) == (4, 2)


def test_what_is_rolled_back_was_never_told(li: User, now: datetime) -> None:
    with transaction.atomic():
        tell([Recipient.user(li.id)], now)
        assert len(queued()) == 1
        transaction.set_rollback(True)
    assert (Notice.objects.count(), queued()) == (0, [])


def test_nobody_to_tell_is_nothing_to_do(database: None, now: datetime) -> None:
    assert tell([], now) == []


@pytest.mark.parametrize("value", [3.5, ["a"], "x" * 201, "two\nlines"])
def test_only_codes_are_kept(li: User, now: datetime, value: object) -> None:
    with pytest.raises(ValueError, match="notice parameter reason"):
        notify(recipients=[Recipient.user(li.id)], template="matter_yours", params={"reason": value},  # type: ignore[dict-item]
               subject=CASE, now=now)  # fmt: skip


def test_a_template_that_is_missing_is_said_at_once(li: User, now: datetime) -> None:
    with pytest.raises(LookupError, match="no notice template"):
        notify(recipients=[Recipient.user(li.id)], template="nothing", params={}, subject=CASE, now=now)


def test_the_inbox_reads_in_the_readers_language(li: User, now: datetime) -> None:
    from django.utils import translation

    tell([Recipient.user(li.id)], now)
    (notice,) = list_notices(li)
    with translation.override("en"):
        assert notice.title == "TS-17 is yours to act on: received"
        assert notice.text.endswith("/desk/cases/17/")
    with translation.override("zh-hans"):
        assert notice.title.startswith("TS-17 待您办理")
    assert notice.address == "/desk/cases/17/"


def test_reading(li: User, bureau: Organization, now: datetime) -> None:
    wang = account("wang", bureau)
    for occasion in ("1", "2", "3"):
        tell([Recipient.user(li.id), Recipient.user(wang.id)], now, occasion)
    assert (count_unread(li), count_unread(wang)) == (3, 3)
    latest = list_notices(li)[0]
    assert mark_read(li, now=now, notice_id=latest.id) == 1
    assert (mark_read(li, now=now), count_unread(li), count_unread(wang)) == (2, 0, 3)
    assert mark_read(li, now=now, notice_id=list_notices(wang)[0].id) == 0
