"""The one inbox: whatever the signed-in person has to do next, the most urgent first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from zhicheng.cases.api import SUBJECT as CASE
from zhicheng.cases.api import Reopened, reopened_among
from zhicheng.core.access import HOLDING, Actor
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.cards.api import current_cards, mark_of
from zhicheng.ground.packs.api import working_calendar
from zhicheng.ground.proceedings.api import (
    Proceeding,
    list_inbox,
    list_processes,
    process_version,
    subject_kind,
)
from zhicheng.ground.ui.lists import (
    AreaFilter,
    Choice,
    Choosing,
    Column,
    Empty,
    Filter,
    Flag,
    Kind,
    OptionField,
    RecordList,
)
from zhicheng.ground.ui.marks import ClockMark, StateMark, clock_mark
from zhicheng.ground.ui.record import state_mark

SOON = timedelta(days=3)


@dataclass(frozen=True)
class InboxRow:
    """One matter to act on."""

    proceeding: Proceeding
    number: str
    title: str
    card: StateMark | None = None
    reopened: Reopened | None = None

    @property
    def address(self) -> str:
        """The page where the step is taken."""
        return subject_kind(self.proceeding.subject_kind).address(self.proceeding.subject_id)

    @property
    def kind(self) -> str:
        """The kind of proceeding in words."""
        return gettext(process_version(self.proceeding.kind, self.proceeding.version).label)

    @property
    def state(self) -> StateMark:
        """Where it stands."""
        return state_mark(process_version(self.proceeding.kind, self.proceeding.version), self.proceeding.state)

    @property
    def clock(self) -> ClockMark | None:
        """How it stands against its limit."""
        return clock_mark(self.proceeding.due_at, clock.now(), working_calendar(), paused=self.proceeding.paused)


def with_titles(proceedings: Sequence[Proceeding], actor: Actor) -> list[InboxRow]:
    """The matters with number and title of what they are about: one query per kind of record, and their cards.

    Of cases also whether they were reopened.
    """
    titles: dict[str, dict[int, tuple[str, str]]] = {}
    for kind in {one.subject_kind for one in proceedings}:
        ids = [one.subject_id for one in proceedings if one.subject_kind == kind]
        titles[kind] = subject_kind(kind).titles(ids)
    cards = current_cards(proceedings)
    reopened = reopened_among([one.subject_id for one in proceedings if one.subject_kind == CASE])

    def row(one: Proceeding) -> InboxRow:
        again = reopened.get(one.subject_id) if one.subject_kind == CASE else None
        card = mark_of(cards[one.id]) if one.id in cards else None
        return InboxRow(one, *titles[one.subject_kind][one.subject_id], card, again)

    return [row(one) for one in proceedings]


def chosen_value(row: InboxRow) -> str:
    """What names a matter, as it stands now, to the page that acts on many."""
    return f"{row.proceeding.id}.{row.proceeding.last_step}"


def rows(actor: Actor) -> QuerySet[Proceeding]:
    """What the actor has to do."""
    return list_inbox(actor).select_related("holder", "assignee", "area")


def kinds(actor: Actor) -> list[tuple[str, str]]:
    """The kinds of proceeding."""
    return list(dict.fromkeys((process.key, process.label) for process in list_processes()))


@dataclass(frozen=True)
class Load:
    """How much there is to do."""

    total: int
    overdue: int
    soon: int


def load_of(actor: Actor) -> Load:
    """Counts of the inbox: all, overdue, and due within three days."""
    now = clock.now()
    counts = list_inbox(actor).aggregate(
        total=Count("id", distinct=True),
        overdue=Count("id", distinct=True, filter=Q(due_at__lt=now)),
        soon=Count("id", distinct=True, filter=Q(due_at__gte=now, due_at__lt=now + SOON)),
    )
    return Load(**counts)


MINE, NOBODYS = "mine", "nobody"


class AssigneeField(OptionField):
    """Whose matters: the reader's own, or nobody's yet. Its value is the condition itself."""

    def __init__(self, actor: Actor) -> None:
        super().__init__(gettext("Assignee"), [(MINE, words("Me")), (NOBODYS, words("Nobody yet"))])
        self.conditions = {MINE: Q(assignee=actor.user_id), NOBODYS: Q(assignee__isnull=True)}

    def clean(self, value: Any) -> Q | None:
        """What the choice asks of a matter."""
        return self.conditions.get(super().clean(value))


class AssigneeFilter(Filter):
    """Who handles the matters, for the people of the bodies that have them.

    A shared view that says “me” means whoever opens it.
    """

    names = ("assignee",)

    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """A select that begins with “All”; for companies and callers nothing, for it is not theirs to know."""
        inside = any(reach.role in HOLDING for reach in actor.reaches)
        return {"assignee": AssigneeField(actor)} if inside else {}

    def condition(self, values: Mapping[str, Any], actor: Actor) -> Q:
        """The matters of whom was chosen."""
        chosen: Q = values["assignee"]
        return chosen


def assignee_name(row: InboxRow) -> str:
    """Who took the matter, if somebody did and it is their body's turn."""
    told = row.proceeding.assignee is not None and row.proceeding.owner_role in HOLDING
    return row.proceeding.assignee.name if told and row.proceeding.assignee else ""


INBOX: RecordList[Proceeding] = RecordList(
    key="inbox",
    title=words("Inbox"),
    rows=rows,
    columns=(
        Column("title", words("Matter"), lambda row: row.title, title=True, link=lambda row: row.address),
        Column("number", words("Number"), lambda row: row.number, Kind.CODE, beneath="title"),
        Column("kind", words("Kind"), lambda row: row.kind, beneath="title"),
        Column("state", words("State"), lambda row: row.state, Kind.STATE),
        Column("reopened", words("Reopened"), lambda row: row.reopened and row.reopened.mark, Kind.STATE,
               beneath="state"),
        Column("reopened_on", words("Reopened on"), lambda row: row.reopened and row.reopened.on, Kind.DATE,
               beneath="state"),
        Column("due", words("Limit"), lambda row: row.clock, Kind.CLOCK, sort="due_at"),
        Column("assignee", words("Assignee"), assignee_name),
        Column("card", words("Card"), lambda row: row.card, Kind.STATE, beneath="due"),
        Column("area", words("Area"), lambda row: row.proceeding.area.name),
        Column("holder", words("Body"), lambda row: row.proceeding.holder.name if row.proceeding.holder else ""),
        Column("since", words("Since"), lambda row: row.proceeding.state_since, Kind.MOMENT, sort="state_since"),
    ),
    filters=(
        AssigneeFilter(),
        Choice("kind", words("Kind"), kinds),
        AreaFilter("area", "area"),
        Flag("overdue", words("Overdue only"), lambda actor: Q(due_at__lt=clock.now())),
    ),
    choosing=Choosing("batch", chosen_value),
    default_sort="due",
    present=with_titles,
    empty=Empty(
        words("Nothing waits for you"),
        words("New matters appear here as soon as it is your turn."),
        "circle-check",
    ),
)  # fmt: skip
