"""Requests that may be sent twice: the key that a program names stands for one content."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.conf import settings

from zhicheng.core.words import words
from zhicheng.ground.access.api import User
from zhicheng.ground.interface.models import SentRequest
from zhicheng.ground.interface.problems import Refusal
from zhicheng.ground.personal.api import keyed_hash_of

LONGEST = 100
REMEMBERED = timedelta(days=30)


def request_key(*, user: User, named: str | None, what: str, body: str, now: datetime) -> UUID:
    """The key under which a request has one effect: the same for the same `named` of one account, else a new one.

    To be called in the transaction of what is requested: if that fails, nothing is remembered, and the request can
    be mended and sent under the same name. Two at a time wait for each other. Raises Refusal if the name stands
    for another content.
    """
    if named is None:
        return uuid4()
    _require_name(named)
    content = keyed_hash_of(f"{what}\n{body}")
    SentRequest.objects.bulk_create(
        [SentRequest(user=user, key=named, content=content, at=now)], ignore_conflicts=True
    )
    known = SentRequest.objects.get(user=user, key=named)
    if known.content != content:
        told = words("This Idempotency-Key was used for another request. Use a new one for each new request.")
        raise Refusal(422, "reused", told, fields={"Idempotency-Key": told})
    return uuid5(NAMESPACE_URL, f"{settings.BASE_URL}/{user.id}/{named}")


def forget_requests(*, now: datetime) -> int:
    """Removes what was remembered longer ago than 30 days; returns how many there were."""
    return SentRequest.objects.filter(at__lt=now - REMEMBERED).delete()[0]


def _require_name(named: str) -> None:
    if not 1 <= len(named) <= LONGEST or not named.isascii() or not named.isprintable():
        told = words("An Idempotency-Key has 1 to 100 printable ASCII characters.")
        raise Refusal(422, "values", told, fields={"Idempotency-Key": told})
