"""The list of work orders at the hotline's desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from zhicheng.cases.lists import CaseRow, with_current
from zhicheng.cases.models import AnswerLine, Case
from zhicheng.cases.work_orders.answers import orders_of, systems_of
from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.packs.api import working_calendar
from zhicheng.ground.ui.lists import Choice, Column, DateRange, Empty, Flag, Kind, RecordList, Text
from zhicheng.ground.ui.marks import ClockMark, clock_mark


@dataclass(frozen=True)
class OrderRow:
    """A work order: the case, where it stands, and the latest line in which the hotline was told of it."""

    row: CaseRow
    told: AnswerLine | None

    @property
    def case(self) -> Case:
        """The case."""
        return self.row.case

    @property
    def clock(self) -> ClockMark | None:
        """How it stands against the external hotline's limit, while anything is open."""
        held = getattr(self.case, "external_clock", None)
        open_ = self.row.current is not None and self.row.current.is_open
        return clock_mark(held.due_at, clock.now(), working_calendar(), paused=False) if held and open_ else None

    @property
    def answered(self) -> str:
        """What the hotline was told last."""
        return self.told.get_stage_display() if self.told else ""


def _with_answers(cases: Sequence[Case], actor: Actor) -> list[OrderRow]:
    """The work orders with what was told of them: two queries for the page."""
    lines = AnswerLine.objects.filter(case__in=cases).order_by("id")
    told = {line.case_id: line for line in lines}
    return [OrderRow(row, told.get(row.case.pk)) for row in with_current(cases, actor)]


def _orders(actor: Actor) -> QuerySet[Case]:
    return orders_of(actor)


def _systems(actor: Actor) -> list[tuple[str, str]]:
    return [(system, system) for system in systems_of(actor)]


def _late(actor: Actor) -> Q:
    return Q(external_clock__due_at__lt=clock.now())


def _untold(actor: Actor) -> Q:
    return ~Q(Exists(AnswerLine.objects.filter(case=OuterRef("pk"))))


def _numbered(text: str) -> Q:
    return Q(external_number__startswith=text.strip()) | Q(number=text.strip())


ORDERS: RecordList[Case] = RecordList(
    key="work_orders",
    title=words("Work orders"),
    lead=words("Matters that another hotline or system gave over, by its numbers, and what it was told of them."),
    rows=_orders,
    columns=(
        Column("number", words("Number there"), lambda row: row.case.external_number, Kind.CODE, title=True,
               link=lambda row: reverse("cases:case", args=[row.case.number])),
        Column("system", words("From"), lambda row: row.case.external_system, beneath="number"),
        Column("category", words("Category"), lambda row: row.case.category.label if row.case.category else ""),
        Column("state", words("State"), lambda row: row.row.state, Kind.STATE),
        Column("due", words("To be answered by"), lambda row: row.clock, Kind.CLOCK),
        Column("body", words("Body"), lambda row: row.row.holder),
        Column("received", words("Received"), lambda row: row.case.received_at, Kind.MOMENT, sort="received_at"),
        Column("told", words("Told last"), lambda row: row.answered),
    ),
    filters=(
        Text("q", _numbered),
        Choice("system", words("From"), _systems, field="external_system"),
        DateRange("received", words("Received"), "received_at"),
        Flag("late", words("Past their limit only"), _late),
        Flag("untold", words("Never answered"), _untold),
    ),
    default_sort="-received",
    present=_with_answers,
    empty=Empty(
        words("No work order yet"),
        words("Import the table of another hotline, or let it send over the interface."),
        "upload",
    ),
)  # fmt: skip
