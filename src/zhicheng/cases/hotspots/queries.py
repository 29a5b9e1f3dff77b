"""Where the same matter is told again and again: grouped by the database, ranked by how many people tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    BigIntegerField,
    Count,
    ExpressionWrapper,
    F,
    Func,
    Max,
    Min,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from zhicheng.cases.models import Case
from zhicheng.core.access import Actor
from zhicheng.ground.areas.api import Area
from zhicheng.ground.objects.api import Site
from zhicheng.ground.packs.api import Term

WINDOWS = (14, 30, 90)
"""Days that can be chosen; what began before them shows in the wider ones."""
FEWEST = 3
"""From so many cases on a place is hot."""
MOST_SPOTS, MOST_CASES = 30, 50
_ID: "BigIntegerField[int, int]" = BigIntegerField()
_TOWNSHIP = Cast(Func(F("area__path"), Value("/"), Value(5), function="split_part"), _ID)
_ESTATE = Cast(Coalesce("site__parent", "site", output_field=_ID), _ID)
_PLACE = Coalesce(ExpressionWrapper(_ESTATE * -1, _ID), _TOWNSHIP, output_field=_ID)
"""The estate, its id negative, or else the township."""


@dataclass(frozen=True)
class HotSpot:
    """One matter at one place, which is an estate or else a township.

    `reach` is how many people told it: telephone numbers that differ, and each case without one. `cases` are the
    latest of `count`, at most fifty.
    """

    category: Term
    place: Site | Area
    count: int
    reach: int
    first: datetime
    last: datetime
    cases: Sequence[Case]

    @property
    def key(self) -> int:
        """Its place in one number: an estate's id negative, a township's as it is."""
        return -self.place.pk if isinstance(self.place, Site) else self.place.pk

    @property
    def is_one_person(self) -> bool:
        """Whether it is one person who tells the same again."""
        return self.reach == 1

    @property
    def more(self) -> int:
        """How many cases are not among `cases`."""
        return self.count - len(self.cases)


def list_hot_spots(actor: Actor, now: datetime, days: int) -> list[HotSpot]:
    """The thirty spots of widest reach among the cases that the actor may see, received in the last `days`."""
    since = now - timedelta(days=days)
    return _named(spot_rows(Case.objects.counted_for(actor, since=since), now, days, fewest=FEWEST)[:MOST_SPOTS])


def every_hot_spot(now: datetime, days: int, reach: int) -> list[HotSpot]:
    """Every spot of the last `days`, whoever sees it, that at least so many people tell."""
    rows = spot_rows(Case.objects.all(), now, days, fewest=1)
    return _named([row for row in rows if row["reach"] >= reach])


def spot_rows(cases: "QuerySet[Case]", now: datetime, days: int, *, fewest: int) -> list[Mapping[str, Any]]:
    """Cases of the last `days` by matter and place, `fewest` or more of each, the widest reach first."""
    since = now - timedelta(days=days)
    found = (
        cases.filter(historical=False, received_at__gte=since, received_at__lte=now, category__isnull=False)
        .filter(Q(site__isnull=False) | Q(area__level__gte=4))
        .annotate(place_key=_PLACE)
        .values("category__code", "place_key")
        .annotate(
            term=Min("category"), count=Count("id"), first=Min("received_at"), last=Max("received_at"),
            ids=ArrayAgg("id", order_by=("-received_at", "-id")),
            reach=Count("reporter__phone_index", distinct=True, filter=~Q(reporter__phone_index=""))
            + Count("id", filter=Q(reporter__isnull=True) | Q(reporter__phone_index="")),
        )
        .filter(count__gte=fewest)
        .order_by("-reach", "-count", "-last")
    )  # fmt: skip
    return list(found)


def _named(rows: Sequence[Mapping[str, Any]]) -> list[HotSpot]:
    """The spots with their words, places and latest cases: four queries, however many they are."""
    shown = {one for row in rows for one in row["ids"][:MOST_CASES]}
    cases = Case.objects.select_related("area").in_bulk(shown)
    terms = Term.objects.in_bulk({row["term"] for row in rows})
    areas = Area.objects.in_bulk({row["place_key"] for row in rows if row["place_key"] > 0})
    sites = Site.objects.in_bulk({-row["place_key"] for row in rows if row["place_key"] < 0})
    return [
        HotSpot(
            category=terms[row["term"]],
            place=areas[row["place_key"]] if row["place_key"] > 0 else sites[-row["place_key"]],
            count=row["count"], reach=row["reach"], first=row["first"], last=row["last"],
            cases=[cases[one] for one in row["ids"][:MOST_CASES]],
        )
        for row in rows
    ]  # fmt: skip
