"""A document as an HTTP response. Who may have it is decided here, and that it was read is in the ledger."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.documents.models import Document
from zhicheng.ground.documents.rendering import paper_of, pdf_of
from zhicheng.ground.documents.typesetting import merged, write_docx
from zhicheng.ground.ledger.api import record

PDF_TYPE = "application/pdf"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_TOGETHER = 200
"""How many documents are printed as one file: some seconds of work and a few megabytes."""


def readable(document_id: int, actor: Actor) -> Document:
    """The document, if the actor may read it; else it does not exist for them."""
    found = Document.objects.visible_to(actor).select_related("content").filter(id=document_id).first()
    if found is None:
        raise Http404
    return found


def serve_pdf(document: Document, *, by: Actor, now: datetime) -> HttpResponse:
    """The PDF, shown in the browser. Raises Http404 if the content was erased."""
    return _served(document, lambda: pdf_of(document, now=now), PDF_TYPE, "pdf", by, now)


def serve_docx(document: Document, *, by: Actor, now: datetime) -> HttpResponse:
    """The DOCX, to be saved. Raises Http404 if the content was erased."""
    return _served(document, lambda: write_docx(paper_of(document)), DOCX_TYPE, "docx", by, now)


def serve_together(documents: Sequence[Document], *, by: Actor, now: datetime) -> HttpResponse:
    """The PDF of many documents as one file to print; what was erased is left out.

    Raises Refused if there is nothing to print or too much.
    """
    if len(documents) > MOST_TOGETHER:
        raise Refused(
            words("At most {limit} documents can be printed together; narrow the list."), limit=MOST_TOGETHER
        )
    kept = [one for one in documents if one.content.erased_at is None]
    if not kept:
        raise Refused(words("There is no document to print here."))
    for one in kept:
        _note(one, "pdf", by, now)
    together = merged((one.number, pdf_of(one, now=now)) for one in kept)
    return _response(together.content, PDF_TYPE, f"{len(kept)}.pdf")


def _served(
    document: Document, make: Callable[[], bytes], content_type: str, suffix: str, by: Actor, now: datetime
) -> HttpResponse:
    try:
        content = make()
    except Refused as gone:
        raise Http404 from gone
    _note(document, suffix, by, now)
    return _response(content, content_type, f"{document.number}{document.title}.{suffix}")


def _note(document: Document, form: str, by: Actor, now: datetime) -> None:
    """Reading a document is a sensitive read: it may name a person in full."""
    body = {"code": document.code, "format": form}
    record(subject=(document.subject_kind, document.subject_id), act="document.read", by=by, now=now, body=body)


def _response(content: bytes, content_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(content_type != PDF_TYPE, name) or ""
    headers = {
        "Content-Disposition": disposition, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
    }  # fmt: skip
    return HttpResponse(content, content_type=content_type, headers=headers)
