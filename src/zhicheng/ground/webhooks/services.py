"""Subscribing, and writing down what is to be told in the transaction of what happened."""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from procrastinate.contrib.django import app

from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.access.api import actor_for
from zhicheng.ground.interface.api import Key
from zhicheng.ground.kept import forget_kept, kept
from zhicheng.ground.ledger.api import record
from zhicheng.ground.personal.api import seal
from zhicheng.ground.proceedings.api import Proceeding, Taking, is_silenced, subject_kind
from zhicheng.ground.webhooks.models import Delivery, Subscription
from zhicheng.ground.webhooks.rules import MOST_SUBSCRIPTIONS, Event
from zhicheng.ground.webhooks.sending import read_target

DELIVER = "webhooks.deliver"


def subscribe(
    *, key: Key, url: str, events: Collection[Event], by: Actor, now: datetime
) -> tuple[Subscription, str]:
    """Has a key told of events; returns the subscription and the secret that signs, which is not shown again.

    Raises AddressRefused if nothing is sent to such an address, and Refused if the key has ten already.
    """
    read_target(url)
    secret = f"whs_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        Key.objects.select_for_update().get(id=key.id)
        if Subscription.objects.filter(key=key, erased_at__isnull=True).count() >= MOST_SUBSCRIPTIONS:
            raise Refused(words("A key has at most {limit} subscriptions."), limit=MOST_SUBSCRIPTIONS)
        made = Subscription.objects.create(
            key=key, url=url, events=sorted(set(events)), sealed=seal(secret), created_at=now
        )
        body = {"subscription": made.id, "key": key.id, "events": made.events}
        record(subject=("user", key.user_id), act="subscribe", by=by, now=now, body=body)
    forget_kept()
    return made, secret


def unsubscribe(*, subscription: Subscription, by: Actor, now: datetime) -> None:
    """Ends a subscription: nothing more is sent, and its secret is gone."""
    with transaction.atomic():
        Subscription.objects.filter(id=subscription.id).update(erased_at=now, sealed="")
        body = {"subscription": subscription.id}
        record(subject=("user", subscription.key.user_id), act="unsubscribe", by=by, now=now, body=body)
    forget_kept()


def enable(*, subscription: Subscription) -> None:
    """Lets a disabled subscription be told again, of what happens from now on."""
    Subscription.objects.filter(id=subscription.id).update(disabled_at=None, failures=0)
    forget_kept()


def tell_of_step(taking: Taking) -> None:
    """Writes down who is told of a step, in its transaction."""
    loop = taking.before.process.key == taking.before.subject[0]
    closed = loop and not taking.before.process.state(taking.to_state).is_open
    events = [Event.STEP, *([Event.CLOSED] if closed else [])]
    happened = {"proceeding": taking.before.id, "number": taking.number, "verb": taking.step.verb,
                "state": taking.to_state, "kind": taking.before.process.key}  # fmt: skip
    _announce(taking.before.subject, taking.before.id, events, happened, taking.now)


def tell_of_opening(*, subject: tuple[str, int], now: datetime) -> None:
    """Writes down who is told of a record that was opened, in its transaction."""
    if not has_subscribers():
        return
    found = Proceeding.objects.filter(subject_kind=subject[0], subject_id=subject[1]).order_by("-id").first()
    if found is not None:
        happened = {"proceeding": found.id, "number": 1, "verb": "open", "state": found.state, "kind": found.kind}
        _announce(subject, found.id, [Event.OPENED], happened, now)


@kept
def has_subscribers() -> bool:
    """Whether anybody is told of anything: asked at every step, and so remembered for half a minute."""
    return _active().exists()


def _announce(
    subject: tuple[str, int], proceeding: int, events: Iterable[Event], happened: dict[str, object], now: datetime
) -> None:
    """One delivery for each event and each subscription whose key may see the proceeding now, and its job."""
    if is_silenced() or subject[0] != "case" or not has_subscribers():
        return
    wanted = [(one, event) for one in _active() for event in events if event in one.events]
    waiting = [
        Delivery(
            subscription=one, event=event, proceeding_id=proceeding, created_at=now, next_at=now,
            body=_body(event, subject, happened, now),
        )
        for one, event in wanted
        if may_see(one.key, proceeding, now)
    ]  # fmt: skip
    for made in Delivery.objects.bulk_create(waiting):
        deliver_later(made)


def may_see(key: Key, proceeding: int, now: datetime) -> bool:
    """Whether a key works and its account may see a proceeding: the policy of every list."""
    if not key.works(now) or "webhooks" not in key.scopes:
        return False
    actor = actor_for(key.user, local(now).date())
    return Proceeding.objects.visible_to(actor).filter(id=proceeding).exists()


def deliver_later(delivery: Delivery) -> None:
    """Queues a delivery in the caller's transaction, for when it is due."""
    app.configure_task(DELIVER, schedule_at=delivery.next_at).defer(delivery_id=delivery.pk)


def count_failure(subscription: Subscription, now: datetime) -> Subscription:
    """One more delivery was given up; returns the subscription as it then stands."""
    Subscription.objects.filter(id=subscription.id).update(failures=F("failures") + 1)
    return Subscription.objects.select_related("key__user").get(id=subscription.id)


def _body(event: Event, subject: tuple[str, int], happened: dict[str, object], now: datetime) -> dict[str, object]:
    number, _ = subject_kind(subject[0]).titles([subject[1]])[subject[1]]
    return {"event": event.value, "at": now.isoformat(), "case": number, **happened}


def _active() -> QuerySet[Subscription]:
    return Subscription.objects.filter(erased_at__isnull=True, disabled_at__isnull=True).select_related(
        "key__user"
    )
