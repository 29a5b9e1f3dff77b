"""Reads of subscriptions and deliveries."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from zhicheng.ground.access.api import User
from zhicheng.ground.interface.api import Key
from zhicheng.ground.webhooks.models import Delivery, Subscription
from zhicheng.ground.webhooks.rules import KEPT

OVERDUE_AFTER = timedelta(minutes=10)
BATCH = 200


def list_subscriptions(key: Key) -> QuerySet[Subscription]:
    """The subscriptions of a key that were not taken back, the oldest first."""
    return Subscription.objects.filter(key=key, erased_at__isnull=True).order_by("id")


def list_subscriptions_of(user: User) -> list[Subscription]:
    """Every subscription of an account's keys, the newest first."""
    found = Subscription.objects.filter(key__user=user, erased_at__isnull=True).select_related("key")
    return list(found.order_by("-id"))


def list_deliveries(subscription: Subscription) -> QuerySet[Delivery]:
    """What was or is to be told by a subscription, the newest first."""
    return Delivery.objects.filter(subscription=subscription).order_by("-id")


def list_overdue(now: datetime) -> Sequence[int]:
    """Deliveries that should have been tried ten minutes ago, the oldest first."""
    waiting = Delivery.objects.filter(
        delivered_at__isnull=True, failed_at__isnull=True, next_at__lt=now - OVERDUE_AFTER
    )
    return list(waiting.order_by("next_at").values_list("id", flat=True)[:BATCH])


def forget_deliveries(*, now: datetime) -> int:
    """Removes deliveries that ended more than 30 days ago; returns how many there were."""
    before = now - KEPT
    return Delivery.objects.filter(Q(delivered_at__lt=before) | Q(failed_at__lt=before)).delete()[0]
