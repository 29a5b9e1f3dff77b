"""The lists of the hotline: calls taken, call-backs to make, and knowledge."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from zhicheng.cases.api import Call, Outcome, Snippet
from zhicheng.core.access import Actor, Role
from zhicheng.core.words import words
from zhicheng.desk.calls.forms import LINES, lines_for
from zhicheng.ground import clock
from zhicheng.ground.packs.api import term_label, working_calendar
from zhicheng.ground.proceedings.api import Proceeding, Step, list_inbox, subject_kind
from zhicheng.ground.ui.lists import AreaFilter, Choice, Column, DateRange, Empty, Flag, Kind, RecordList
from zhicheng.ground.ui.marks import ClockMark, clock_mark


def _calls(actor: Actor) -> QuerySet[Call]:
    return Call.objects.visible_to(actor).select_related("taken_by", "case", "organization__area")


def _seconds(call: Call) -> int:
    return round((call.ended_at - call.began_at).total_seconds())


def _case_address(call: Call) -> str:
    return reverse("cases:case", args=[call.case.number]) if call.case else ""


OUTCOMES = (
    (Outcome.OPENED.value, words("A case was opened")),
    (Outcome.ADDED.value, words("Added to an earlier case")),
    (Outcome.ANSWERED.value, words("Answered at once")),
)

CALLS: RecordList[Call] = RecordList(
    key="calls",
    title=words("Calls"),
    rows=_calls,
    columns=(
        Column("began", words("Began"), lambda call: call.began_at, Kind.MOMENT, sort="began_at"),
        Column("outcome", words("What became of it"), lambda call: call.get_outcome_display(), title=True),
        Column("case", words("Case"), lambda call: call.case.number if call.case else "", Kind.CODE,
               link=_case_address),
        Column("line", words("Line"), lambda call: term_label(LINES, call.line, call.organization.area)),
        Column("taken_by", words("Taken by"), lambda call: call.taken_by.name),
        Column("seconds", words("Seconds"), _seconds, Kind.NUMBER),
    ),
    filters=(
        Choice("line", words("Line"), lines_for),
        Choice("outcome", words("What became of it"), OUTCOMES),
        DateRange("began", words("Began"), "began_at"),
    ),
    default_sort="-began",
    empty=Empty(words("No call yet"), words("Calls appear here as soon as one was taken."), "phone"),
)  # fmt: skip


@dataclass(frozen=True)
class CallBack:
    """A case whose reporter has to be called."""

    proceeding: Proceeding
    number: str
    title: str
    unanswered: int

    @property
    def address(self) -> str:
        """The page where the call is recorded."""
        return subject_kind(self.proceeding.subject_kind).address(self.proceeding.subject_id)

    @property
    def clock(self) -> ClockMark | None:
        """How it stands against its limit."""
        return clock_mark(self.proceeding.due_at, clock.now(), working_calendar(), paused=self.proceeding.paused)


def _call_backs(actor: Actor) -> QuerySet[Proceeding]:
    return list_inbox(actor).filter(owner_role=Role.CALLER).select_related("area")


def _with_attempts(proceedings: Sequence[Proceeding], actor: Actor) -> list[CallBack]:
    """The cases with how often nobody answered: two queries for the page."""
    titles = subject_kind("case").titles([one.subject_id for one in proceedings])
    tried = Step.objects.filter(proceeding__in=proceedings, verb="try_again").values_list("proceeding")
    unanswered = dict(tried.annotate(count=Count("id")))
    return [CallBack(one, *titles[one.subject_id], unanswered.get(one.id, 0)) for one in proceedings]


CALL_BACKS: RecordList[Proceeding] = RecordList(
    key="call_backs",
    title=words("To call back"),
    lead=words("Everything in these cases is done. Ask the reporter whether it really is."),
    rows=_call_backs,
    columns=(
        Column("title", words("Matter"), lambda row: row.title, title=True, link=lambda row: row.address),
        Column("number", words("Number"), lambda row: row.number, Kind.CODE),
        Column("due", words("Limit"), lambda row: row.clock, Kind.CLOCK, sort="due_at"),
        Column("unanswered", words("Unanswered calls"), lambda row: row.unanswered, Kind.NUMBER),
        Column("area", words("Area"), lambda row: row.proceeding.area.name),
        Column("since", words("Since"), lambda row: row.proceeding.state_since, Kind.MOMENT, sort="state_since"),
    ),
    filters=(
        AreaFilter("area", "area"),
        Flag("overdue", words("Overdue only"), lambda actor: Q(due_at__lt=clock.now())),
    ),
    default_sort="due",
    present=_with_attempts,
    empty=Empty(words("Nobody to call"), words("Cases come here when all that was ordered is done."), "phone"),
)


def _snippets(actor: Actor) -> QuerySet[Snippet]:
    return Snippet.objects.visible_to(actor).filter(retired_on__isnull=True).select_related("area")


SNIPPETS: RecordList[Snippet] = RecordList(
    key="snippets",
    title=words("Knowledge"),
    lead=words("Short answers that are offered while a reporter speaks."),
    rows=_snippets,
    columns=(
        Column("title", words("Title"), lambda one: one.title, title=True,
               link=lambda one: reverse("calls:snippet", args=[one.id])),
        Column("text", words("Answer"), lambda one: one.text),
        Column("source", words("Source"), lambda one: one.source),
        Column("reviewed", words("Last reviewed"), lambda one: one.reviewed_on, Kind.DATE, sort="reviewed_on"),
    ),
    filters=(),
    default_sort="-reviewed",
    empty=Empty(words("No knowledge yet"), words("Add what reporters ask most: it is offered while they speak.")),
)  # fmt: skip
