"""Reads of forms and documents."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from zhicheng.core.access import Actor, Subject
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.documents.layouts import Layout
from zhicheng.ground.documents.models import Document, FormLayout, Prefix
from zhicheng.ground.documents.paper import Paper
from zhicheng.ground.documents.states import PaperState
from zhicheng.ground.kept import kept
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import keyed_hash_of, unseal


class ContentChanged(Exception):
    """What is stored is not what was issued: somebody changed it past the application."""


@kept
def _layouts() -> dict[tuple[str, int | None], list[FormLayout]]:
    """Every layout by key and area, as of half a minute ago at most."""
    found: dict[tuple[str, int | None], list[FormLayout]] = {}
    for row in FormLayout.objects.order_by("valid_from"):
        found.setdefault((row.key, row.area_id), []).append(row)
    return found


def layout_in_force(form: str, area_path: str, on: date) -> Layout:
    """The form as it is printed at a place on a day: the nearest area's own, else the law's. Raises Refused."""
    layouts = _layouts()
    nearest = [int(part) for part in reversed(area_path.strip("/").split("/")) if part]
    for area in (*nearest, None):
        for row in layouts.get((form, area), ()):
            if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
                return Layout.model_validate(row.layout)
    raise Refused(words("No layout of the form “{form}” is in force on {on}"), form=form, on=on)


def prefix_of(organization: Organization) -> str:
    """The letters of a body's documents, or its short name or name where no pack states any."""
    letters = Prefix.objects.filter(organization=organization).values_list("letters", flat=True).first()
    return letters or organization.short_name or organization.name


def read_paper(document: Document) -> Paper | None:
    """What the document says; None if that was erased. Raises ContentChanged if it is not what was issued."""
    content = document.content
    if content.erased_at is not None:
        return None
    canonical = unseal(content.sealed)
    if keyed_hash_of(canonical) != document.content_hash:
        raise ContentChanged(f"document {document.id}")
    return Paper.model_validate_json(canonical)


def list_papers(subject: Subject, actor: Actor) -> QuerySet[Document]:
    """The documents of a record that the actor may read, the latest first."""
    found = Document.objects.visible_to(actor).filter(subject_kind=subject[0], subject_id=subject[1])
    return with_state(found).order_by("-issued_at", "-id")


def list_issued(subject: Subject, *, form: str, proceeding: int) -> list[Document]:
    """The documents of one form that a proceeding has issued, the latest first: for what refers to them."""
    found = Document.objects.filter(
        subject_kind=subject[0], subject_id=subject[1], form=form, proceeding=proceeding
    )
    return list(with_state(found).order_by("-issued_at", "-id"))


def list_standing(subject: Subject, *, form: str, proceeding: int) -> list[Document]:
    """Of those, the documents that hold: neither revoked nor corrected since."""
    return [one for one in list_issued(subject, form=form, proceeding=proceeding) if one.state is PaperState.VALID]


def with_state(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents with what their state and a list row need, in one query."""
    return documents.select_related("revocation", "superseded_by", "content", "issuer")


def list_valid_papers(proceedings: Sequence[int], actor: Actor) -> QuerySet[Document]:
    """The papers of these proceedings that are in force and that the actor may read, the earliest first."""
    found = Document.objects.visible_to(actor).filter(
        proceeding__in=proceedings, revocation__isnull=True, superseded_by__isnull=True
    )
    return with_state(found).order_by("issued_at", "id")


def find_by_code(code: str) -> Document | None:
    """The document that a verification code names, whoever asks: the public page shows nothing personal of it."""
    return with_state(Document.objects.filter(code=code)).first()
