"""Subscriptions over HTTP: each belongs to the key that made it."""

from datetime import datetime
from typing import Annotated

from django.http import Http404, HttpResponse
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from zhicheng.core.typed import LARGEST_ID
from zhicheng.ground import clock
from zhicheng.ground.interface.api import MOST_ITEMS, WEBHOOKS, Key, KeyRequest, page_of, read_cursor
from zhicheng.ground.webhooks.models import Delivery, Subscription
from zhicheng.ground.webhooks.queries import list_deliveries, list_subscriptions
from zhicheng.ground.webhooks.rules import Event
from zhicheng.ground.webhooks.services import enable, subscribe, unsubscribe

router = Router(tags=["webhooks"], auth=WEBHOOKS)
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class SubscriptionIn(Schema):
    """An address to be told at, and the events."""

    url: Annotated[str, Field(min_length=9, max_length=500)]
    events: Annotated[list[Event], Field(min_length=1, max_length=3)]

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"url": "https://hotline.example/told", "events": ["case.opened", "case.closed"]}]
        },
    )


class SubscriptionOut(Schema):
    """A subscription; `disabled_at` says since when nothing is sent because nothing arrived."""

    id: int
    url: str
    events: list[Event]
    created_at: datetime
    disabled_at: datetime | None

    @classmethod
    def of(cls, one: Subscription) -> "SubscriptionOut":
        """The subscription as the interface shows it."""
        events = [Event(event) for event in one.events]
        return cls(id=one.pk, url=one.url, events=events, created_at=one.created_at, disabled_at=one.disabled_at)


class SubscribedOut(SubscriptionOut):
    """A new subscription with the secret that signs its requests, which is shown only now."""

    secret: str


class DeliveryOut(Schema):
    """What became of one telling."""

    id: int
    event: Event
    created_at: datetime
    attempts: int
    status: int | None
    delivered_at: datetime | None
    failed_at: datetime | None
    error: str

    @classmethod
    def of(cls, one: Delivery) -> "DeliveryOut":
        """The delivery as the interface shows it."""
        return cls(
            id=one.pk, event=Event(one.event), created_at=one.created_at, attempts=one.attempts,
            status=one.status, delivered_at=one.delivered_at, failed_at=one.failed_at, error=one.error,
        )  # fmt: skip


class DeliveriesOut(Schema):
    """A page of deliveries, the newest first."""

    items: list[DeliveryOut]
    after: str | None


@router.get("/webhooks", response=list[SubscriptionOut], operation_id="list_webhooks")
def list_all(request: KeyRequest) -> list[SubscriptionOut]:
    """The subscriptions of this key."""
    return [SubscriptionOut.of(one) for one in list_subscriptions(_key(request))]


@router.post("/webhooks", response={201: SubscribedOut}, operation_id="subscribe")
def make(request: KeyRequest, body: SubscriptionIn) -> Status[SubscribedOut]:
    """Has the key told of events, in matters that it may see, from the next half minute on."""
    made, secret = subscribe(
        key=_key(request), url=body.url, events=body.events, by=request.actor, now=clock.now()
    )
    return Status(201, SubscribedOut(**SubscriptionOut.of(made).dict(), secret=secret))


@router.delete("/webhooks/{subscription}", response={204: None}, operation_id="unsubscribe")
def end(request: KeyRequest, subscription: Id) -> Status[None]:
    """Ends a subscription; nothing more is sent."""
    unsubscribe(subscription=_own(request, subscription), by=request.actor, now=clock.now())
    return Status(204, None)


@router.post("/webhooks/{subscription}/enable", response=SubscriptionOut, operation_id="enable_webhook")
def enable_again(request: KeyRequest, subscription: Id) -> SubscriptionOut:
    """Lets a disabled subscription be told again. What was missed is in the list of changes."""
    enable(subscription=_own(request, subscription))
    return SubscriptionOut.of(_own(request, subscription))


@router.get("/webhooks/{subscription}/deliveries", response=DeliveriesOut, operation_id="list_deliveries")
def deliveries(
    request: KeyRequest, response: HttpResponse, subscription: Id, after: str | None = None,
    limit: Annotated[int, Field(ge=1, le=MOST_ITEMS)] = 50,
) -> DeliveriesOut:  # fmt: skip
    """What was told by a subscription during the last month, the newest first."""
    found = list_deliveries(_own(request, subscription))
    if after is not None:
        found = found.filter(id__lt=read_cursor("deliveries", after))
    rows, more = page_of(found, limit, "deliveries", request, response)
    return DeliveriesOut(items=[DeliveryOut.of(one) for one in rows], after=more)


def _key(request: KeyRequest) -> Key:
    assert request.key is not None, "webhooks are opened by keys alone"
    return request.key


def _own(request: KeyRequest, subscription: int) -> Subscription:
    found = list_subscriptions(_key(request)).filter(id=subscription).first()
    if found is None:
        raise Http404
    return found
