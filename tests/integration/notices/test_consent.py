"""Whom people's notices go to: what is owed goes out in any case, progress only to whoever agreed."""

from datetime import datetime, timedelta

import pytest

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import User
from zhicheng.ground.ledger.api import Entry
from zhicheng.ground.notices.api import (
    Attempt,
    Channel,
    Notice,
    Recipient,
    RecipientKind,
    Stoppable,
    Topic,
    choose_topics,
    is_wanted,
    notify,
    topics_by_email,
    want,
)
from zhicheng.ground.notices.delivery import deliver
from zhicheng.ground.notices.rules import ERASED, LANDLINE, NO_WAY, STOPPED
from zhicheng.ground.personal.api import Contact, erase

from .conftest import Outbox, queued
from .people import person, told

pytestmark = pytest.mark.usefixtures("database")
OFFICER = Actor("user:3", "Li")


def ways(notices: list[Notice]) -> list[tuple[str, str]]:
    return [(one.channel, one.error) for one in notices]


def link_of(contact: Contact) -> Stoppable:
    return Stoppable(RecipientKind.CONTACT, contact.pk)


@pytest.mark.parametrize(
    ("left", "obliged", "expected"),
    [
        ({"progress": True}, False, [("sms", "")]),
        ({"progress": True, "email": "z@b.cn"}, False, [("sms", ""), ("email", "")]),
        ({"progress": True, "phone": "", "email": "z@b.cn"}, False, [("email", "")]),
        ({"progress": False, "email": "z@b.cn"}, False, []),
        ({"progress": False, "email": "z@b.cn"}, True, [("sms", ""), ("email", "")]),
        ({"progress": True, "phone": ""}, True, [("sms", NO_WAY)]),
        ({"progress": True, "phone": ""}, False, []),
    ],
)
def test_who_is_told_by_what(
    now: datetime, left: dict[str, object], obliged: bool, expected: list[tuple[str, str]]
) -> None:
    assert ways(told(person(now, **left), now, obliged=obliged)) == expected  # type: ignore[arg-type]


def test_agreeing_without_a_way_to_be_told_is_no_agreement(now: datetime) -> None:
    assert person(now, phone="", progress=True).progress_agreed_at is None


def test_a_landline_is_not_texted(now: datetime, outbox: Outbox) -> None:
    (notice,) = told(person(now, phone="0537-2345678"), now)
    deliver(notice_id=notice.pk, now=now)
    notice.refresh_from_db()
    assert (notice.error, outbox.messages) == (LANDLINE, [])


def test_email_to_a_person_says_how_to_stop_and_what_is_owed_says_why_not(now: datetime, outbox: Outbox) -> None:
    contact = person(now, phone="", email="z@b.cn")
    for step, obliged in (("order", False), ("reject", True)):
        (notice,) = told(contact, now, step=step, obliged=obliged)
        assert deliver(notice_id=notice.pk, now=now)
    progress, owed = outbox.messages
    assert (progress.to, progress.channel) == ("z@b.cn", Channel.EMAIL)
    assert f"http://localhost:8000{progress.stop}" in progress.text
    assert "不再接收" in progress.text
    assert (owed.stop, "不能退订" in owed.text, "/stop/" in owed.text) == ("", True, False)


def test_whoever_stops_is_told_no_more_progress_but_what_is_owed(now: datetime, outbox: Outbox) -> None:
    contact = person(now)
    (waiting,), (owed,) = told(contact, now), told(contact, now, step="verify", obliged=True)
    later = now + timedelta(minutes=1)
    want(what=link_of(contact), wanted=False, now=later)
    assert is_wanted(link_of(contact)) is False
    waiting.refresh_from_db()
    assert (waiting.failed_at, waiting.error) == (later, STOPPED)
    assert [(one.outcome, one.error) for one in Attempt.objects.all()] == [("dropped", STOPPED)]
    assert not deliver(notice_id=waiting.pk, now=later)
    assert deliver(notice_id=owed.pk, now=later)
    assert ways(told(contact, later)) == []
    assert len(outbox.messages) == 1


def test_stopping_twice_stops_once_and_it_can_begin_again(now: datetime) -> None:
    contact = person(now)
    for wanted in (False, False, True, True):
        want(what=link_of(contact), wanted=wanted, now=now)
    assert is_wanted(link_of(contact)) is True
    acts = Entry.objects.filter(subject_kind="contact", subject_id=contact.pk).order_by("number")
    assert list(acts.values_list("act", flat=True)) == ["withdraw_consent", "agree"]


def test_one_who_stopped_between_writing_and_sending_is_not_sent_anything(now: datetime, outbox: Outbox) -> None:
    """The row was locked by the worker while the person stopped: asked again at the last moment."""
    contact = person(now)
    (notice,) = told(contact, now)
    Contact.objects.filter(pk=contact.pk).update(progress_agreed_at=None)
    deliver(notice_id=notice.pk, now=now)
    notice.refresh_from_db()
    assert (notice.error, outbox.messages) == (STOPPED, [])
    assert Attempt.objects.get().outcome == Attempt.Outcome.DROPPED


def test_what_waits_for_an_erased_contact_is_dropped_at_once_and_recorded(now: datetime, outbox: Outbox) -> None:
    contact, other = person(now), person(now)
    notices = [*told(contact, now), *told(contact, now, step="verify", obliged=True)]
    (kept,) = told(other, now)
    erase(contact=contact, by=OFFICER, reason="asked for", now=now)
    for one in notices:
        one.refresh_from_db()
        assert (one.failed_at, one.error) == (now, ERASED)
        assert not deliver(notice_id=one.pk, now=now)
    assert [(one.notice_id, one.outcome) for one in Attempt.objects.order_by("id")] == [
        (one.pk, "dropped") for one in notices
    ]
    assert is_wanted(link_of(contact)) is None
    with pytest.raises(Refused, match="deleted"):
        want(what=link_of(contact), wanted=True, now=now)
    assert deliver(notice_id=kept.pk, now=now)
    assert ways(told(contact, now + timedelta(minutes=1), obliged=True)) == [("sms", ERASED)]


def test_an_account_is_sent_no_email_about_what_it_does_not_want(li: User, now: datetime) -> None:
    by = Actor(f"user:{li.pk}", "Li")
    assert topics_by_email(li) == {Topic.MATTERS, Topic.CARDS, Topic.INSTRUCTIONS, Topic.SYSTEM}
    choose_topics(user=li, topics=[Topic.CARDS], by=by, now=now)
    choose_topics(user=li, topics=[Topic.CARDS], by=by, now=now)
    for template in ("matter_handed", "card_red"):
        notify(recipients=[Recipient.user(li.pk)], template=template, params={}, subject=("case", 1), now=now)
    sent = list(Notice.objects.order_by("id").values_list("template", "channel"))
    assert sent == [("matter_handed", "inbox"), ("card_red", "inbox"), ("card_red", "email")]
    assert Entry.objects.filter(act="choose_notices").count() == 1
    want(what=Stoppable(RecipientKind.USER, li.pk, Topic.CARDS), wanted=False, now=now)
    want(what=Stoppable(RecipientKind.USER, li.pk, Topic.SYSTEM), wanted=True, now=now)
    assert topics_by_email(li) == {Topic.SYSTEM}


def test_a_locked_account_s_link_stops_nothing(li: User) -> None:
    User.objects.filter(pk=li.pk).update(is_active=False)
    assert is_wanted(Stoppable(RecipientKind.USER, li.pk, Topic.CARDS)) is None


def test_a_rolled_back_telling_queues_nothing(now: datetime) -> None:
    from django.db import transaction

    with transaction.atomic():
        told(person(now), now)
        assert len(queued()) == 1
        transaction.set_rollback(True)
    assert queued() == []
