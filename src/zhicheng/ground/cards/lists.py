"""The list of cards: every one of a matter that the viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from zhicheng.core.access import Actor
from zhicheng.core.clock import LOCAL
from zhicheng.core.clock.due import local
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.cards.marks import mark_of
from zhicheng.ground.cards.models import Card, Colour
from zhicheng.ground.cards.queries import MONTHS_SHOWN, first_of
from zhicheng.ground.proceedings.api import subject_kind
from zhicheng.ground.ui.lists import Choice, Column, Empty, Flag, Kind, RecordList

COLOURS = ((Colour.RED.value, words("Red card")), (Colour.YELLOW.value, words("Yellow card")))


@dataclass(frozen=True)
class CardRow:
    """A card with number and title of what it is about."""

    card: Card
    number: str
    title: str

    @property
    def address(self) -> str:
        """The page of the matter."""
        return subject_kind(self.card.proceeding.subject_kind).address(self.card.proceeding.subject_id)


def rows(actor: Actor) -> QuerySet[Card]:
    """Every card of a matter that the actor may see."""
    return Card.objects.visible_to(actor).select_related("proceeding", "holder")


def with_titles(cards: Sequence[Card], actor: Actor) -> list[CardRow]:
    """The cards with what they are about: one query per kind of record."""
    titles: dict[str, dict[int, tuple[str, str]]] = {}
    for kind in {card.proceeding.subject_kind for card in cards}:
        ids = [card.proceeding.subject_id for card in cards if card.proceeding.subject_kind == kind]
        titles[kind] = subject_kind(kind).titles(ids)
    return [CardRow(one, *titles[one.proceeding.subject_kind][one.proceeding.subject_id]) for one in cards]


def bodies(actor: Actor) -> list[tuple[str, str]]:
    """The bodies that got a card which the actor may see, by name."""
    found = Card.objects.visible_to(actor).order_by("holder__sort_key", "holder_id")
    pairs = found.values_list("holder_id", "holder__name").distinct()
    return [(str(pk), name) for pk, name in pairs]


def months(actor: Actor) -> list[tuple[str, str]]:
    """The months that are counted, the latest first."""
    today = local(clock.now()).date()
    return [(f"{one:%Y-%m}",) * 2 for one in (first_of(today, back=back) for back in range(MONTHS_SHOWN))]


def in_month(value: str, actor: Actor) -> Q:
    """Cards issued in a month such as `2026-11`."""
    begin = date.fromisoformat(f"{value}-01")
    end = first_of(begin, back=-1)
    return Q(issued_at__gte=_midnight(begin), issued_at__lt=_midnight(end))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, LOCAL)


CARDS: RecordList[Card] = RecordList(
    key="cards",
    title=words("Yellow and red cards"),
    lead=words("Issued by the system: yellow one working day before a limit ends, red on the first day after."),
    rows=rows,
    columns=(
        Column("title", words("Matter"), lambda row: row.title, title=True, link=lambda row: row.address),
        Column("number", words("Number"), lambda row: row.number, Kind.CODE),
        Column("colour", words("Card"), lambda row: mark_of(row.card.colour), Kind.STATE),
        Column("body", words("Body"), lambda row: row.card.holder.name),
        Column("due", words("Limit"), lambda row: row.card.due_at, Kind.MOMENT, sort="due_at"),
        Column("issued", words("Card issued"), lambda row: row.card.issued_at, Kind.MOMENT, sort="issued_at"),
        Column("raised", words("Taken to the superior body"), lambda row: row.card.raised_at, Kind.MOMENT),
    ),
    filters=(
        Choice("colour", words("Card"), COLOURS, field="colour"),
        Choice("body", words("Body"), bodies, field="holder_id"),
        Choice("month", words("Month"), months, where=in_month),
        Flag("raised", words("Taken to the superior body"), lambda actor: Q(raised_at__isnull=False)),
    ),
    default_sort="-issued",
    present=with_titles,
    empty=Empty(
        words("No card was issued"), words("Cards appear here when a limit is near or has passed."), "clock-check"
    ),
)
