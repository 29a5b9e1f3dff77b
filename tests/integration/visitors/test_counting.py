"""Attempts are counted per sender and hour, whichever process asks; nothing tells who it was."""

from datetime import datetime, timedelta

import pytest
from axes.helpers import get_client_ip_address
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from zhicheng.core.sender import read_networks
from zhicheng.ground.visitors.api import address_of, count_attempt, held_until
from zhicheng.ground.visitors.models import Attempts
from zhicheng.ground.visitors.services import forget_attempts

pytestmark = pytest.mark.usefixtures("database")

PROXY, VILLAGE, TOWN = "10.0.0.1", "203.0.113.9", "198.51.100.7"


@pytest.fixture(autouse=True)
def proxies(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = read_networks("10.0.0.0/8")


def coming(peer: str, forwarded_for: str = "") -> HttpRequest:
    named = {"HTTP_X_FORWARDED_FOR": forwarded_for} if forwarded_for else {}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **named)


def tried(request: HttpRequest, now: datetime, limit: int = 2) -> datetime | None:
    return count_attempt(request=request, what="complaint", limit=limit, now=now)


def test_so_many_are_free_and_then_the_hour_has_to_end(now: datetime) -> None:
    end = now.replace(minute=0) + timedelta(hours=1)
    assert [tried(coming(VILLAGE), now) for _ in range(4)] == [None, None, end, end]
    assert tried(coming(TOWN), now) is None
    assert tried(coming(VILLAGE), end) is None


def test_beyond_the_limit_nothing_is_written(now: datetime) -> None:
    for _ in range(9):
        tried(coming(VILLAGE), now)
    assert Attempts.objects.get().count == 2


def test_each_thing_is_counted_by_itself(now: datetime) -> None:
    tried(coming(VILLAGE), now, limit=1)
    assert count_attempt(request=coming(VILLAGE), what="secret", limit=1, now=now) is None
    assert held_until(request=coming(VILLAGE), what="secret", limit=1, now=now) is not None
    assert held_until(request=coming(VILLAGE), what="secret", limit=2, now=now) is None
    assert held_until(request=coming(TOWN), what="secret", limit=1, now=now) is None


def test_a_limit_of_nothing_is_no_limit(now: datetime) -> None:
    assert [tried(coming(VILLAGE), now, limit=0) for _ in range(3)] == [None, None, None]
    assert held_until(request=coming(VILLAGE), what="complaint", limit=0, now=now) is None
    assert not Attempts.objects.exists()


def test_behind_a_proxy_everybody_counts_by_themselves(now: datetime) -> None:
    assert tried(coming(PROXY, VILLAGE), now, limit=1) is None
    assert tried(coming(PROXY, TOWN), now, limit=1) is None
    assert tried(coming(PROXY, VILLAGE), now, limit=1) is not None


def test_nobody_takes_another_address_by_writing_it(now: datetime) -> None:
    tried(coming(VILLAGE, "192.0.2.1"), now, limit=1)
    assert tried(coming(VILLAGE, "192.0.2.2"), now, limit=1) is not None


def test_whoever_signs_in_is_told_apart_by_the_same_address() -> None:
    request = coming(PROXY, VILLAGE)
    assert get_client_ip_address(request) == address_of(request) == VILLAGE


def test_no_address_is_stored(now: datetime) -> None:
    tried(coming(VILLAGE), now)
    assert VILLAGE not in Attempts.objects.get().sender


def test_what_is_over_is_forgotten(now: datetime) -> None:
    tried(coming(VILLAGE), now)
    tried(coming(VILLAGE), now + timedelta(hours=1))
    assert forget_attempts(now=now + timedelta(hours=1)) == 1
    assert Attempts.objects.count() == 1


def test_counting_waits_for_no_disk() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'visitors_attempts'")
        assert cursor.fetchone() == ("u",)
