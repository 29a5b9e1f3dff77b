"""A list of companies in two counties, the people who look at it, and a way to ask for it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.utils import translation
from pytest_django import Settings

from zhicheng.core.access import Actor, Domain, Reach, Role
from zhicheng.core.refused import Refused
from zhicheng.ground.access.api import User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui import navigation
from zhicheng.ground.ui.lists import (
    AreaFilter,
    Choice,
    Column,
    DateRange,
    Empty,
    Flag,
    Kind,
    RecordList,
    Text,
    list_view,
)
from zhicheng.ground.ui.marks import ClockMark, StateMark, Tone


def visible(actor: Actor) -> Any:
    """Companies inside the actor's areas, as a feature's own scope would say it."""
    inside = Q(pk__in=())
    for reach in actor.reaches:
        for path in reach.areas:
            inside |= Q(area__path__startswith=path)
    return Organization.objects.filter(inside, kind__in=["company", "laboratory"]).select_related("area")


def search(text: str) -> Q:
    if len(text) < 2:
        raise Refused("“{label}” needs two characters or more.", label="Search")
    return Q(name__contains=text)


COMPANIES: RecordList[Organization] = RecordList(
    key="test_companies",
    title="Companies",
    rows=visible,
    columns=(
        Column("name", "Name", lambda o: o.name, sort="sort_key", link=lambda o: f"/companies/{o.pk}?a=1&b=2"),
        Column("kind", "Kind", lambda o: StateMark(o.kind, Tone.ACTIVE), kind=Kind.STATE),
        Column("place", "Place", lambda o: o.area.name, sort="area__name"),
        Column("since", "Since", lambda o: o.valid_from, kind=Kind.DATE, sort="valid_from"),
        Column("east", "East", lambda o: o.longitude, kind=Kind.NUMBER, sort="longitude"),
        Column("clock", "Clock", lambda o: ClockMark("red", "overdue"), kind=Kind.CLOCK),
        Column("code", "Code", lambda o: o.uscc),
    ),
    filters=(
        Choice("kind", "Kind", [("company", "Company"), ("laboratory", "Laboratory")]),
        DateRange("since", "Since", "valid_from"),
        AreaFilter("area", "area"),
        Text("q", search),
        Flag("placed", "With a place on the map", lambda actor: Q(longitude__isnull=False)),
    ),
    default_sort="name",
    empty=Empty("No company yet", "Register the first one."),
)


@dataclass(frozen=True)
class Places:
    """Two counties of one city."""

    county: Area
    other: Area


@pytest.fixture
def places(county: Area) -> Places:
    assert county.parent is not None
    other = Area.objects.create(
        id=900_009, code="370812000000", level=3, name="兖州区", sort_key="yan", kind="district",
        parent=county.parent, path=f"{county.parent.path}900009/", valid_from=date(2014, 1, 1),
    )  # fmt: skip
    return Places(county, other)


@pytest.fixture
def companies(places: Places) -> list[Organization]:
    """120 companies of the county, with missing dates and places, and 7 of the other county."""
    rows = [
        Organization(
            name=f"企业{number:03}", sort_key=f"qi ye {number % 40:03}",
            kind="laboratory" if number % 3 else "company",
            area=places.county if number < 120 else places.other,
            valid_from=None if number % 4 == 0 else date(2026, 1, 1) + timedelta(days=number % 9),
            longitude=None if number % 5 == 0 else Decimal(116) + Decimal(number % 7) / 4,
            latitude=None if number % 5 == 0 else Decimal(35),
            uscc=f"TEST{number:014}",
        )
        for number in range(127)
    ]  # fmt: skip
    return Organization.objects.bulk_create(rows)


@pytest.fixture
def user(places: Places) -> User:
    bureau = Organization.objects.create(name="局", sort_key="ju", kind="public_body", area=places.county)
    return User.objects.create(username="zhang", name="张", organization=bureau)


@pytest.fixture
def actor(user: User, places: Places) -> Actor:
    """An officer of the first county."""
    return acting(user, places.county)


def acting(user: User, area: Area) -> Actor:
    """A person with one officer's reach over an area."""
    reach = Reach(Role.OFFICER, frozenset({1}), (area.path,), frozenset({Domain.MARKET}))
    return Actor(f"user:{user.pk}", user.name, (reach,), user_id=user.pk, organization_id=user.organization_id)


Ask = Callable[..., HttpResponseBase]


@pytest.fixture
def ask(settings: Settings, monkeypatch: pytest.MonkeyPatch, user: User, actor: Actor) -> Iterator[Ask]:
    """Asks for the list: `ask(sort="-name")` gets it, `ask(post={...}, sort=...)` presses a button of it."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ROOT_URLCONF = "integration.ui.urls"
    settings.LOGIN_REDIRECT_URL = "account_login"
    settings.PAGES = dict.fromkeys(settings.PAGES, "account_login")
    monkeypatch.setattr(navigation, "_entries", [])
    monkeypatch.setattr(navigation, "_public", [])

    def call(
        spec: RecordList[Any] = COMPANIES, *, by: Actor | None = None, post: dict[str, str] | None = None,
        headers: dict[str, str] | None = None, language: str = "en", **query: str,
    ) -> HttpResponseBase:  # fmt: skip
        factory = RequestFactory(headers=headers)
        address = f"/list?{urlencode(query)}"
        request: Any = factory.get(address) if post is None else factory.post(address, post)
        request.user, request.actor, request.session = user, by or actor, SessionStore()
        request._messages = SessionStorage(request)
        with translation.override(language):
            response = list_view(request, spec)
        answers.append(response)
        response.request_messages = [str(message) for message in request._messages]  # type: ignore[attr-defined]
        return response

    answers: list[HttpResponseBase] = []
    yield call
    for answer in answers:
        answer.close()


def html(response: HttpResponseBase) -> str:
    """The page as text."""
    content: Sequence[int] | bytes = getattr(response, "content", b"")
    return bytes(content).decode()
