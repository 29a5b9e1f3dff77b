"""Reads of cards: of matters, and how many a body got in a month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from zhicheng.core.access import Actor, Subject
from zhicheng.core.clock import LOCAL
from zhicheng.ground.cards.models import Card, Colour
from zhicheng.ground.proceedings.api import Proceeding

MONTHS_SHOWN = 6


@dataclass(frozen=True)
class MonthCount:
    """The cards that one body got in one month."""

    month: str
    body_id: int
    body: str
    yellow: int
    red: int


def list_cards_about(about: Subject, actor: Actor) -> list[Card]:
    """The cards of a record's matters that the actor may see, the latest first."""
    found = Card.objects.visible_to(actor).filter(
        proceeding__subject_kind=about[0], proceeding__subject_id=about[1]
    )
    return list(found.select_related("holder").order_by("-issued_at", "-id"))


def current_cards(proceedings: Iterable[Proceeding]) -> dict[int, Colour]:
    """The worst card of each matter for the limit that runs now: one query for all of them."""
    ids = [one.pk for one in proceedings]
    found = Card.objects.filter(proceeding__in=ids, due_at=F("proceeding__due_at")).order_by("issued_at", "id")
    return {one: Colour(colour) for one, colour in found.values_list("proceeding_id", "colour")}


def count_by_month(actor: Actor, today: date) -> list[MonthCount]:
    """Yellow and red cards by month and body, of the last months, the latest month first."""
    begin = first_of(today, back=MONTHS_SHOWN - 1)
    found = (
        Card.objects.visible_to(actor)
        .filter(issued_at__gte=datetime.combine(begin, time.min, LOCAL))
        .annotate(month=TruncMonth("issued_at", tzinfo=LOCAL))
        .values("month", "holder_id", "holder__name")
        .annotate(yellow=Count("id", filter=Q(colour=Colour.YELLOW)), red=Count("id", filter=Q(colour=Colour.RED)))
        .order_by("-month", "holder__sort_key", "holder_id")
    )
    return [
        MonthCount(f"{row['month']:%Y-%m}", row["holder_id"], row["holder__name"], row["yellow"], row["red"])
        for row in found
    ]


def first_of(day: date, back: int = 0) -> date:
    """The first day of the month that lies `back` months before the day's.

    >>> first_of(date(2026, 2, 14), back=3)
    datetime.date(2025, 11, 1)
    """
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
