"""The list of alerts of hot spots."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from zhicheng.cases.hotspots.models import CURRENT, HotSpotAlert
from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area
from zhicheng.ground.objects.api import Site
from zhicheng.ground.ui.lists import AreaFilter, Choice, Column, DateRange, Empty, Kind, RecordList
from zhicheng.ground.ui.marks import StateMark, Tone

STATES = (("waiting", words("To be answered")), ("answered", words("Answered")), ("over", words("Over")))


@dataclass(frozen=True)
class AlertRow:
    """An alert with the name of its place."""

    alert: HotSpotAlert
    place: str

    @property
    def title(self) -> str:
        """Matter and place."""
        return f"{self.alert.category.label} · {self.place}"

    @property
    def state(self) -> StateMark:
        """Whether somebody has answered, and whether it is hot still."""
        if self.alert.acknowledged_at is not None:
            return StateMark(gettext(STATES[1][1]), Tone.DONE)
        if self.alert.over_at is not None:
            return StateMark(gettext(STATES[2][1]), Tone.NEUTRAL)
        return StateMark(gettext(STATES[0][1]), Tone.WAITING)


def rows(actor: Actor) -> QuerySet[HotSpotAlert]:
    """Every alert that the actor may see."""
    return HotSpotAlert.objects.visible_to(actor).select_related("category", "area", "body")


def with_places(alerts: Sequence[HotSpotAlert], actor: Actor) -> list[AlertRow]:
    """The alerts with the names of their places: two queries for the page."""
    areas = Area.objects.in_bulk({one.place_key for one in alerts if one.place_key > 0})
    sites = Site.objects.in_bulk({-one.place_key for one in alerts if one.place_key < 0})
    return [
        AlertRow(one, areas[one.place_key].name if one.place_key > 0 else sites[-one.place_key].name)
        for one in alerts
    ]


def in_state(value: str, actor: Actor) -> Q:
    """The alerts in this state."""
    answered = Q(acknowledged_at__isnull=False)
    return {"waiting": CURRENT & ~answered, "answered": answered, "over": ~CURRENT & ~answered}[value]


ALERTS: RecordList[HotSpotAlert] = RecordList(
    key="alerts",
    title=words("Alerts of hot spots"),
    lead=words("Told once when a hot spot appears, and again when it has grown."),
    rows=rows,
    columns=(
        Column("title", words("Hot spot"), lambda row: row.title, title=True,
               link=lambda row: reverse("cases:alert", args=[row.alert.pk])),
        Column("body", words("Body"), lambda row: row.alert.body.name),
        Column("reach", words("People"), lambda row: row.alert.reach, Kind.NUMBER, sort="reach"),
        Column("count", words("Cases"), lambda row: row.alert.count, Kind.NUMBER),
        Column("told", words("Told"), lambda row: row.alert.told_at, Kind.MOMENT, sort="told_at"),
        Column("state", words("State"), lambda row: row.state, Kind.STATE),
    ),
    filters=(
        Choice("state", words("State"), STATES, where=in_state),
        AreaFilter("area", "area"),
        DateRange("told", words("Told"), "told_at"),
    ),
    default_sort="-told",
    present=with_places,
    empty=Empty(words("No alert yet"), words("The system looks every hour."), "bell"),
)  # fmt: skip
