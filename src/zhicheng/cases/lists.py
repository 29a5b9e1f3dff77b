"""The lists of cases: those in the loop, and those recorded from an earlier system."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from zhicheng.cases.choices import WORDED, categories_by_kind, states
from zhicheng.cases.joining.models import CURRENT, Joint
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.queries import awaited, body_of, shown_proceedings
from zhicheng.cases.reopened import Reopened, reopened_among, was_reopened
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.archive.api import filed
from zhicheng.ground.packs.api import working_calendar
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import Proceeding, process_version
from zhicheng.ground.search.api import matching
from zhicheng.ground.ui.lists import (
    AreaFilter,
    Choice,
    Choosing,
    Column,
    DateRange,
    Empty,
    Flag,
    Kind,
    RecordList,
    Text,
)
from zhicheng.ground.ui.marks import ClockMark, StateMark, clock_mark
from zhicheng.ground.ui.record import state_mark


@dataclass(frozen=True)
class CaseRow:
    """A case with what it waits for."""

    case: Case
    current: Proceeding | None
    handling: Proceeding | None = None
    """The latest departmental proceeding: transfers move it, and not the loop."""
    reopened: Reopened | None = None

    @property
    def state(self) -> StateMark:
        """The state of what the case waits for."""
        assert self.current is not None
        return state_mark(process_version(self.current.kind, self.current.version), self.current.state)

    @property
    def clock(self) -> ClockMark | None:
        """How the case stands against its next limit."""
        assert self.current is not None
        return clock_mark(self.current.due_at, clock.now(), working_calendar(), paused=self.current.paused)

    @property
    def holder(self) -> str:
        """The body that has the case, or had it last."""
        waits_here = self.current is not None and self.current.kind != LOOP.key
        held = self.current if waits_here else self.handling or self.current
        return body_of(held)


def with_current(cases: Sequence[Case], actor: Actor) -> list[CaseRow]:
    """Every case with what it waits for, as far as the actor may see, and whether it was reopened: two queries for
    the page.
    """
    ids = [case.id for case in cases]
    reopened = reopened_among(ids)
    held: dict[int, list[Proceeding]] = {}
    proceedings = shown_proceedings(actor).filter(subject_id__in=ids)
    for one in proceedings.select_related("holder").order_by("id"):
        held.setdefault(one.subject_id, []).append(one)
    return [_row(case, held.get(case.id, []), reopened.get(case.id)) for case in cases]


def _row(case: Case, proceedings: list[Proceeding], reopened: Reopened | None) -> CaseRow:
    departmental = [one for one in proceedings if one.kind != LOOP.key]
    current = awaited(proceedings) if proceedings else None
    return CaseRow(case, current, departmental[-1] if departmental else None, reopened)


def chosen_value(row: CaseRow) -> str:
    """What names the matter that the case waits for, as it stands now, to the page that acts on many."""
    return f"{row.current.id}.{row.current.last_step}" if row.current else ""


def case_address(row: CaseRow) -> str:
    """The page of the case."""
    return reverse("cases:case", args=[row.case.number])


def rows_in_loop(actor: Actor) -> QuerySet[Case]:
    """Every case of the loop that the actor may see."""
    return Case.objects.listed_for(actor).filter(historical=False).select_related("category", "county", "area")


def rows_recorded(actor: Actor) -> QuerySet[Case]:
    """Every historical case that the actor may see."""
    return Case.objects.listed_for(actor).filter(historical=True).select_related("category", "area", "importer")


def importers(actor: Actor) -> list[tuple[str, str]]:
    """The bodies that imported anything, by name."""
    imported = Case.objects.filter(historical=True, importer=OuterRef("pk"))
    found = Organization.objects.filter(Exists(imported)).order_by("sort_key", "id")
    return [(str(one.pk), one.name) for one in found]


def without_category(actor: Actor) -> Q:
    """Cases to which nobody has given a category."""
    return Q(category__isnull=True)


def has_proceeding(actor: Actor, *alternatives: Q, **conditions: object) -> Q:
    """Cases with a proceeding that the actor may see and that meets the conditions."""
    held = shown_proceedings(actor).filter(*alternatives, subject_id=OuterRef("pk"), **conditions)
    return Q(Exists(held))


def in_state(value: str, actor: Actor) -> Q:
    """Cases with a proceeding in this state, `kind:state`, or in one of another kind that has the same words."""
    same = next((those for those in WORDED.values() if value in those), (value,))
    alike = Q()
    for one in same:
        kind, _, state = one.partition(":")
        alike |= Q(kind=kind, state=state)
    return has_proceeding(actor, alike)


def overdue(actor: Actor) -> Q:
    """Cases with a proceeding whose limit has passed."""
    return has_proceeding(actor, ending="open", due_at__lt=clock.now())


def in_archive(actor: Actor) -> Q:
    """Cases that are filed in the archive."""
    return Q(id__in=filed(SUBJECT).values("subject_id"))


JOINED = (
    ("follows", words("Follows another case")),
    ("together", words("Handled together with another")),
    ("leads", words("Leads others")),
)


def is_joined(value: str, actor: Actor) -> Q:
    """Cases that are joined to an earlier one in this manner, or that lead others."""
    if value == "leads":
        return Q(id__in=Joint.objects.filter(CURRENT).values("leading"))
    return Q(id__in=Joint.objects.filter(CURRENT, manner=value).values("later"))


def searched(text: str) -> Q:
    """Cases that the search finds."""
    return Q(id__in=matching(SUBJECT, text))


SEARCH = Text("q", searched)

CASES: RecordList[Case] = RecordList(
    key="cases",
    title=words("Cases"),
    rows=rows_in_loop,
    columns=(
        Column("title", words("Matter"), lambda row: row.case.title, title=True, link=case_address),
        Column("number", words("Number"), lambda row: row.case.number, Kind.CODE, beneath="title"),
        Column("category", words("Category"), lambda row: row.case.category.label if row.case.category else ""),
        Column("state", words("State"), lambda row: row.state, Kind.STATE),
        Column("reopened", words("Reopened"), lambda row: row.reopened and row.reopened.mark, Kind.STATE,
               beneath="state"),
        Column("reopened_on", words("Reopened on"), lambda row: row.reopened and row.reopened.on, Kind.DATE,
               beneath="state"),
        Column("clock", words("Limit"), lambda row: row.clock, Kind.CLOCK),
        Column("holder", words("Body"), lambda row: row.holder),
        Column("received", words("Received"), lambda row: row.case.received_at, Kind.MOMENT, sort="received_at"),
    ),
    filters=(
        SEARCH,
        Choice("state", words("State"), states, where=in_state),
        Choice("category", words("Category"), categories_by_kind, field="category__code"),
        AreaFilter("area", "area"),
        DateRange("received", words("Received"), "received_at"),
        Flag("overdue", words("Overdue only"), overdue),
        Flag("reopened", words("Reopened only"), was_reopened),
        Flag("uncategorized", words("Without category"), without_category),
        Choice("joined", words("Same matter"), JOINED, where=is_joined),
        Flag("archived", words("In the archive"), in_archive),
    ),
    choosing=Choosing("batch", chosen_value),
    default_sort="-received",
    present=with_current,
    empty=Empty(words("No case yet"), words("Cases appear here as soon as somebody complains.")),
)  # fmt: skip

RECORDED: RecordList[Case] = RecordList(
    key="recorded",
    title=words("Historical cases"),
    lead=words("Imported from an earlier system with the two times it gives; not part of any loop figure."),
    rows=rows_recorded,
    columns=(
        Column("title", words("Matter"), lambda case: case.title, title=True,
               link=lambda case: reverse("cases:case", args=[case.number])),
        Column("number", words("Number"), lambda case: case.external_number or case.number, Kind.CODE,
               beneath="title"),
        Column("category", words("Category"), lambda case: case.category.label if case.category else ""),
        Column("area", words("Area"), lambda case: case.area.name),
        Column("received", words("Received"), lambda case: case.received_at, Kind.MOMENT, sort="received_at"),
        Column("replied", words("Replied"), lambda case: case.replied_at, Kind.MOMENT, sort="replied_at"),
    ),
    filters=(
        SEARCH,
        Choice("category", words("Category"), categories_by_kind, field="category__code"),
        AreaFilter("area", "area"),
        Choice("importer", words("Imported by"), importers, field="importer"),
        DateRange("received", words("Received"), "received_at"),
        Flag("uncategorized", words("Without category"), without_category),
    ),
    default_sort="-received",
    empty=Empty(words("Nothing imported yet"), words("Import historical cases to search them here."), "upload"),
)  # fmt: skip
