"""Sending what was written down: at least once, tried again with growing pauses, given up with a reason."""

import json
from datetime import datetime

from django.db import transaction

from zhicheng.core.access import Role
from zhicheng.core.clock.due import local
from zhicheng.ground.access.api import Grant, User
from zhicheng.ground.notices.api import Recipient, notify
from zhicheng.ground.personal.api import unseal
from zhicheng.ground.webhooks.models import Delivery, Subscription
from zhicheng.ground.webhooks.rules import (
    DISABLED,
    GIVEN_UP,
    MOST_ATTEMPTS,
    MOST_FAILURES,
    NOT_THEIRS,
    pause_after,
)
from zhicheng.ground.webhooks.sending import (
    SUCCESS,
    AddressRefused,
    HTTPException,
    post,
    read_target,
    signature_of,
)
from zhicheng.ground.webhooks.services import count_failure, deliver_later, may_see


def deliver(*, delivery_id: int, now: datetime) -> bool:
    """Sends one delivery that waits; says whether it arrived. One that is being sent is left alone.

    Whether the key may still see the case is asked again: a grant may have ended meanwhile.
    """
    with transaction.atomic():
        waiting = Delivery.objects.filter(id=delivery_id, delivered_at__isnull=True, failed_at__isnull=True)
        found = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if found is None:
            return False
        subscription = Subscription.objects.select_related("key__user").get(id=found.subscription_id)
        if subscription.erased_at is not None or subscription.disabled_at is not None:
            found.failed_at, found.error = now, DISABLED
        elif not may_see(subscription.key, found.proceeding_id, now):
            found.failed_at, found.error = now, NOT_THEIRS
        else:
            _try(found, subscription, now)
        found.save(update_fields=["attempts", "status", "error", "delivered_at", "failed_at", "next_at"])
    return found.delivered_at is not None


def headers_of(delivery: Delivery, secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """The heads of the request: which delivery of which event, when it was signed, and the signature."""
    timestamp = int(now.timestamp())
    return {
        "Content-Type": "application/json",
        "User-Agent": "Zhicheng-Webhooks/1",
        "Zhicheng-Delivery": str(delivery.pk),
        "Zhicheng-Event": delivery.event,
        "Zhicheng-Timestamp": str(timestamp),
        "Zhicheng-Signature": f"sha256={signature_of(secret, timestamp, body)}",
    }


def _try(delivery: Delivery, subscription: Subscription, now: datetime) -> None:
    """One attempt; the delivery then says how it went."""
    delivery.attempts += 1
    body = json.dumps({"id": delivery.pk, **delivery.body}, ensure_ascii=False).encode()
    try:
        secret = unseal(subscription.sealed)
        delivery.status = post(read_target(subscription.url), body, headers_of(delivery, secret, body, now))
        delivery.error = "" if delivery.status in SUCCESS else f"HTTP {delivery.status}"
    except (OSError, HTTPException, AddressRefused) as error:
        delivery.status, delivery.error = None, type(error).__name__
    if not delivery.error:
        delivery.delivered_at = now
        Subscription.objects.filter(id=subscription.pk).exclude(failures=0).update(failures=0)
    elif delivery.attempts < MOST_ATTEMPTS:
        delivery.next_at = now + pause_after(delivery.attempts)
        deliver_later(delivery)
    else:
        delivery.failed_at, delivery.error = now, GIVEN_UP
        _give_up(subscription, now)


def _give_up(subscription: Subscription, now: datetime) -> None:
    """Counts the failure; too many one after another disable the subscription, and who issues keys is told."""
    after = count_failure(subscription, now)
    if after.failures < MOST_FAILURES or after.disabled_at is not None:
        return
    Subscription.objects.filter(id=after.pk).update(disabled_at=now)
    notify(
        recipients=[Recipient.user(user.pk) for user in _administrators(now)],
        template="webhook_disabled",
        params={"account": after.key.user.username, "key": after.key.opening},
        subject=("user", after.key.user_id),
        now=now,
        occasion=f"subscription {after.pk} {now.isoformat()}",
        link=f"/desk/accounts/{after.key.user_id}/",
    )


def _administrators(now: datetime) -> list[User]:
    """Whoever issues keys today."""
    on = local(now).date()
    held = Grant.objects.filter(role=Role.SECURITY_ADMINISTRATOR).select_related("user")
    return list({grant.user for grant in held if grant.in_force(on) and grant.user.is_active})
