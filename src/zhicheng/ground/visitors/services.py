"""Counting what a sender tries within an hour, across all processes, and saying when it is too often."""

from base64 import urlsafe_b64decode
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from zhicheng.core.keyed_hash import keyed_hash
from zhicheng.core.sender import household
from zhicheng.ground.visitors.address import address_of
from zhicheng.ground.visitors.models import Attempts

WINDOW = timedelta(hours=1)
_COUNT = """
    INSERT INTO visitors_attempts AS known (what, sender, hour, count) VALUES (%s, %s, %s, 1)
    ON CONFLICT (what, sender, hour) DO UPDATE SET count = known.count + 1 WHERE known.count < %s
    RETURNING count
"""


def count_attempt(*, request: HttpRequest, what: str, limit: int, now: datetime) -> datetime | None:
    """Counts one more attempt; None while the sender has made at most `limit` within the hour, else when it ends.

    One statement and no wait for the disk. Beyond the limit nothing more is written, however often somebody tries.
    A limit of 0 counts nothing.
    """
    if limit == 0:
        return None
    hour = _hour(now)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [what, _sender(request), hour, limit])
        within = cursor.fetchone() is not None
    return None if within else hour + WINDOW


def held_until(*, request: HttpRequest, what: str, limit: int, now: datetime) -> datetime | None:
    """When a sender who has used up the limit may try again; None if they may now. Counts nothing."""
    if limit == 0:
        return None
    hour = _hour(now)
    reached = Attempts.objects.filter(what=what, sender=_sender(request), hour=hour, count__gte=limit)
    return hour + WINDOW if reached.exists() else None


def forget_attempts(*, now: datetime) -> int:
    """Removes the counts of hours that are over; returns how many there were."""
    return Attempts.objects.filter(hour__lt=_hour(now)).delete()[0]


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def _sender(request: HttpRequest) -> str:
    key = urlsafe_b64decode(settings.SECRETS.blind_index_key)
    return keyed_hash(key, household(address_of(request) or "").encode(), purpose="visitor.address").hex()
