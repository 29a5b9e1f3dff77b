"""The register of documents: every one that the viewer may read."""

from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest
from zhicheng.ground.documents.marks import mark_of
from zhicheng.ground.documents.models import Document
from zhicheng.ground.documents.queries import with_state
from zhicheng.ground.documents.registry import list_sources
from zhicheng.ground.documents.serving import MOST_TOGETHER, serve_together
from zhicheng.ground.documents.states import LABELS, PaperState
from zhicheng.ground.ui.lists import Choice, Column, DateRange, Empty, Kind, RecordList, Text, Tool
from zhicheng.ground.ui.lists.reading import Reading

IN_STATE = {
    PaperState.VALID: Q(revocation__isnull=True, superseded_by__isnull=True),
    PaperState.SUPERSEDED: Q(revocation__isnull=True, superseded_by__isnull=False),
    PaperState.REVOKED: Q(revocation__isnull=False),
}


def rows(actor: Actor) -> QuerySet[Document]:
    """Every document that the actor may read."""
    return with_state(Document.objects.visible_to(actor))


def address(document: Document) -> str:
    """The page of a document."""
    return reverse("documents:document", args=[document.id])


def in_state(value: str, actor: Actor) -> Q:
    """The papers in this state."""
    return IN_STATE[PaperState(value)]


def forms_in_use(actor: Actor) -> list[tuple[str, str]]:
    """The forms of which there are documents, by their names in the language of the page."""
    known = [source.form for source in list_sources()]
    latest = Document.objects.filter(form__in=known).order_by("form", "-id").distinct("form")
    return [(one.form, one.label) for one in latest]


def print_together(request: ActorRequest, reading: Reading) -> HttpResponseBase:
    """The filtered register as one PDF, in the order of the list. Raises Refused."""
    if reading.form.errors:
        raise Refused(words("Put the filters right first."))
    found = list(reading.sort.apply(reading.rows)[: MOST_TOGETHER + 1])
    return serve_together(found, by=request.actor, now=clock.now())


DOCUMENTS: RecordList[Document] = RecordList(
    key="documents",
    title=words("Papers"),
    lead=words("Every document that was issued, in the order of issue; the filtered list can be printed at once."),
    rows=rows,
    columns=(
        Column("number", words("Document number"), lambda one: one.number, Kind.CODE, link=address, title=True),
        Column("form", words("Form"), lambda one: one.label, link=address),
        Column("state", words("State"), mark_of, Kind.STATE),
        Column("version", words("Version"), lambda one: one.version, Kind.NUMBER),
        Column("issuer", words("Issued by"), lambda one: one.issuer.name),
        Column("issued", words("Issued"), lambda one: one.issued_at, Kind.MOMENT, sort="issued_at"),
    ),
    filters=(
        Text("q", lambda text: Q(number__icontains=text)),
        Choice("form", words("Form"), forms_in_use, field="form"),
        Choice("state", words("State"), tuple(LABELS.items()), where=in_state),
        DateRange("issued", words("Issued"), "issued_at"),
    ),
    tools=(Tool("print", words("Print all of them"), "printer", print_together),),
    default_sort="-issued",
    empty=Empty(words("No paper yet"), words("Papers appear here when a step issues one.")),
)
