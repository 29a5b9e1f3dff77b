"""The register of the archive: every filing that the viewer may see, by body and year."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest
from zhicheng.ground.archive.models import IN_PLACE, Filing
from zhicheng.ground.archive.printing import serve_register
from zhicheng.ground.proceedings.api import subject_kind
from zhicheng.ground.ui.lists import Choice, Column, DateRange, Empty, Kind, RecordList, Text, Tool
from zhicheng.ground.ui.lists.reading import Reading
from zhicheng.ground.ui.marks import StateMark, Tone

IN, OUT = "in", "out"
STATES = ((IN, words("In the archive")), (OUT, words("Taken out")))
YEARS_SHOWN = 40
"""Lines of the table above the register: some years of a few bodies."""


@dataclass(frozen=True)
class FilingRow:
    """A filing with number and title of the record."""

    filing: Filing
    number: str
    title: str

    @property
    def address(self) -> str:
        """The page of the record."""
        return subject_kind(self.filing.subject_kind).address(self.filing.subject_id)

    @property
    def state(self) -> StateMark:
        """Whether the record is in place."""
        if self.filing.in_place:
            return StateMark(gettext(STATES[0][1]), Tone.DONE, "archive")
        return StateMark(gettext(STATES[1][1]), Tone.NEUTRAL, "undo-2")


def rows(actor: Actor) -> QuerySet[Filing]:
    """Every filing that the actor may see."""
    return Filing.objects.visible_to(actor).select_related("issuer")


def with_titles(filings: Sequence[Filing], actor: Actor) -> list[FilingRow]:
    """The filings with what they are of: one query per kind of record."""
    titles: dict[str, dict[int, tuple[str, str]]] = {}
    for kind in {one.subject_kind for one in filings}:
        ids = [one.subject_id for one in filings if one.subject_kind == kind]
        titles[kind] = subject_kind(kind).titles(ids)
    return [FilingRow(one, *titles[one.subject_kind][one.subject_id]) for one in filings]


def bodies(actor: Actor) -> list[tuple[str, str]]:
    """The bodies that filed anything which the actor may see, by name."""
    found = Filing.objects.visible_to(actor).order_by("issuer__sort_key", "issuer_id")
    return [(str(pk), name) for pk, name in found.values_list("issuer_id", "issuer__name").distinct()]


def years(actor: Actor) -> list[tuple[str, str]]:
    """The years of the archive, the latest first."""
    found = Filing.objects.visible_to(actor).order_by("-year").values_list("year", flat=True).distinct()
    return [(str(one), str(one)) for one in found]


def in_state(value: str, actor: Actor) -> Q:
    """Filings whose record is in place, or was taken out."""
    return IN_PLACE if value == IN else ~IN_PLACE


def count_by_year(actor: Actor) -> list[dict[str, object]]:
    """How much every body has filed of every year, the latest year first."""
    found = Filing.objects.visible_to(actor).values("year", "issuer_id", "issuer__name")
    counted = found.annotate(filed=Count("id", filter=IN_PLACE), taken_out=Count("id", filter=~IN_PLACE))
    return list(counted.order_by("-year", "issuer__sort_key", "issuer_id")[:YEARS_SHOWN])


def print_register(request: ActorRequest, reading: Reading) -> HttpResponseBase:
    """The register of one body and year as a PDF, in the order of its numbers. Raises Refused."""
    if reading.form.errors:
        raise Refused(words("Put the filters right first."))
    if not (reading.given.get("body") and reading.given.get("year")):
        raise Refused(words("Choose one body and one year: the register of a year is printed for one body."))
    filings = reading.rows.order_by("serial")
    return serve_register(filings, titled=with_titles, by=request.actor, now=clock.now())


ARCHIVE: RecordList[Filing] = RecordList(
    key="archive",
    title=words("Archive"),
    lead=words("Ended records by body and by the year in which they ended, each under a number without gaps."),
    rows=rows,
    columns=(
        Column("title", words("Matter"), lambda row: row.title, title=True, link=lambda row: row.address),
        Column("matter", words("Number of the matter"), lambda row: row.number, Kind.CODE, beneath="title"),
        Column("number", words("Archive number"), lambda row: row.filing.number, Kind.CODE, sort="serial"),
        Column("year", words("Year"), lambda row: str(row.filing.year), Kind.CODE, beneath="number"),
        Column("body", words("Body"), lambda row: row.filing.issuer.name),
        Column("ended", words("Ended on"), lambda row: row.filing.ended_on, Kind.DATE, sort="ended_on"),
        Column("kept", words("Kept until"), lambda row: row.filing.kept_until, Kind.DATE, sort="kept_until"),
        Column("filed", words("Filed on"), lambda row: row.filing.filed_at, Kind.MOMENT, sort="filed_at"),
        Column("state", words("State"), lambda row: row.state, Kind.STATE),
    ),
    filters=(
        Text("q", lambda text: Q(number__icontains=text.strip())),
        Choice("body", words("Body"), bodies, field="issuer_id"),
        Choice("year", words("Year"), years, field="year"),
        Choice("state", words("State"), STATES, where=in_state),
        DateRange("kept", words("Retention ends"), "kept_until"),
    ),
    tools=(Tool("print", words("Print the register"), "printer", print_register),),
    default_sort="-filed",
    present=with_titles,
    empty=Empty(
        words("Nothing is filed yet"),
        words("Ended cases past the time for reopening are filed from the page of what is ready."),
        "archive",
    ),
)
