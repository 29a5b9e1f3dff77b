"""The list of cases that are ready to be filed."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from zhicheng.cases.archiving.queries import list_ready
from zhicheng.cases.choices import categories_by_kind
from zhicheng.cases.lists import SEARCH, CaseRow, case_address, has_proceeding, with_current
from zhicheng.cases.models import Case
from zhicheng.core.access import Actor
from zhicheng.core.clock import LOCAL
from zhicheng.core.clock.due import local
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.ui.lists import AreaFilter, Choice, Choosing, Column, Empty, Kind, RecordList

YEARS = 10
"""How many years back a case can be looked for by the year in which it ended."""


def rows(actor: Actor) -> QuerySet[Case]:
    """Every case that the actor can file now."""
    return list_ready(actor, clock.now()).select_related("category", "area")


def ended_rows(cases: Sequence[Case], actor: Actor) -> Sequence[CaseRow]:
    """The cases with what they waited for last."""
    return with_current(cases, actor)


def years(actor: Actor) -> list[tuple[str, str]]:
    """The last years, the latest first."""
    this = clock.today().year
    return [(str(one),) * 2 for one in range(this, this - YEARS, -1)]


def in_year(value: str, actor: Actor) -> Q:
    """Cases that ended in a year."""
    begin = datetime.combine(date(int(value), 1, 1), time.min, LOCAL)
    return Q(ended_at__gte=begin, ended_at__lt=begin.replace(year=begin.year + 1))


def bodies(actor: Actor) -> list[tuple[str, str]]:
    """The bodies for which the actor files, by name."""
    ids = {one for reach in actor.reaches for one in reach.organizations}
    found = Organization.objects.filter(pk__in=ids).order_by("sort_key", "id")
    return [(str(one.pk), one.name) for one in found]


def handled_by(value: str, actor: Actor) -> Q:
    """Cases that a body handled."""
    return has_proceeding(actor, holder=int(value))


READY: RecordList[Case] = RecordList(
    key="ready",
    title=words("Ready for the archive"),
    lead=words("Closed and past the time for reopening. Choose some, or file all of a year by the command."),
    rows=rows,
    columns=(
        Column("title", words("Matter"), lambda row: row.case.title, title=True, link=case_address),
        Column("number", words("Number"), lambda row: row.case.number, Kind.CODE, beneath="title"),
        Column("category", words("Category"), lambda row: row.case.category.label if row.case.category else ""),
        Column("body", words("Body"), lambda row: row.holder),
        Column("year", words("Year"), lambda row: str(local(row.case.ended_at).year), Kind.CODE),
        Column("ended", words("Ended on"), lambda row: row.case.ended_at, Kind.MOMENT, sort="ended_at"),
        Column("received", words("Received"), lambda row: row.case.received_at, Kind.MOMENT, sort="received_at"),
    ),
    filters=(
        SEARCH,
        Choice("year", words("Year"), years, where=in_year),
        Choice("body", words("Body"), bodies, where=handled_by),
        Choice("category", words("Category"), categories_by_kind, field="category__code"),
        AreaFilter("area", "area"),
    ),
    choosing=Choosing("file_away", lambda row: str(row.case.pk)),
    default_sort="ended",
    present=ended_rows,
    empty=Empty(
        words("Nothing is ready to be filed"),
        words("A case appears here when it is closed and the time for reopening it has passed."),
        "archive",
    ),
)
