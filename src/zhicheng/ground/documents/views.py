"""Documents on the desk: the register, one document, its files, and what may be done to it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.documents.forms import CorrectForm, RevokeForm
from zhicheng.ground.documents.lists import DOCUMENTS
from zhicheng.ground.documents.marks import mark_of
from zhicheng.ground.documents.models import Document
from zhicheng.ground.documents.navigation import READERS
from zhicheng.ground.documents.queries import read_paper
from zhicheng.ground.documents.services import correct, revoke
from zhicheng.ground.documents.serving import readable, serve_docx, serve_pdf
from zhicheng.ground.documents.states import PaperState
from zhicheng.ground.proceedings.api import subject_kind
from zhicheng.ground.ui.lists import list_view
from zhicheng.ground.ui.templatetags.house import sentence

MANAGING = frozenset({Role.OFFICER, Role.LEADER})


@needs_role(*READERS)
def documents(request: ActorRequest) -> HttpResponseBase:
    """The register of documents that the viewer may read."""
    return list_view(request, DOCUMENTS)


@never_cache
@needs_role(*READERS)
@require_safe
def document(request: ActorRequest, document_id: int) -> HttpResponseBase:
    """One document: what it is, how it stands, its files and versions."""
    found = _found(request, document_id)
    versions = Document.objects.visible_to(request.actor).filter(
        issuer=found.issuer_id, mark=found.mark, year=found.year, serial=found.serial
    )
    kind = subject_kind(found.subject_kind)
    number, title = kind.titles([found.subject_id])[found.subject_id]
    context = {
        "document": found, "state": mark_of(found), "manages": _manages(request, found),
        "erased": found.content.erased_at is not None,
        "versions": versions.order_by("-version"),
        "record": {"number": number, "title": title, "url": kind.address(found.subject_id)},
        "pages": settings.PAGES,
        "crumbs": [
            {"label": gettext("Papers"), "url": reverse("documents:documents")},
            {"label": found.number, "url": ""},
        ],
    }  # fmt: skip
    return render(request, "documents/document.html", context)


@never_cache
@needs_role(*READERS)
@require_POST
def pdf(request: ActorRequest, document_id: int) -> HttpResponseBase:
    """The PDF of a document. Sent as a form, because that somebody read it is written down."""
    return serve_pdf(readable(document_id, request.actor), by=request.actor, now=clock.now())


@never_cache
@needs_role(*READERS)
@require_POST
def docx(request: ActorRequest, document_id: int) -> HttpResponseBase:
    """The DOCX of a document, asked for in the same way."""
    return serve_docx(readable(document_id, request.actor), by=request.actor, now=clock.now())


@never_cache
@needs_role(*MANAGING)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_document(request: ActorRequest, document_id: int) -> HttpResponseBase:
    """Issues a corrected version; what was typed is kept when it is refused."""
    found = _managed(request, document_id)
    paper = read_paper(found)
    if paper is None:
        raise Http404
    form = CorrectForm(request.POST if request.method == "POST" else None, paper=paper)
    if form.is_valid():
        try:
            fresh = correct(
                document=found, addressee=form.cleaned_data["addressee"], blocks=form.blocks(),
                reason=form.cleaned_data["reason"], by=request.actor, now=clock.now(),
            )  # fmt: skip
            messages.success(request, gettext("The corrected version is issued."))
            return redirect("documents:document", fresh.id)
        except Refused as refused:
            form.add_error(None, sentence(refused.message, refused.params))
    status = 422 if form.is_bound else 200
    return render(request, "documents/correct.html", {"document": found, "form": form}, status=status)


@never_cache
@needs_role(*MANAGING)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_document(request: ActorRequest, document_id: int) -> HttpResponseBase:
    """Takes a document back for a reason."""
    found = _managed(request, document_id)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            revoke(document=found, reason=form.cleaned_data["reason"], by=request.actor, now=clock.now())
            messages.success(request, gettext("The document is revoked; the public page says so."))
            return redirect("documents:document", found.id)
        except Refused as refused:
            form.add_error(None, sentence(refused.message, refused.params))
    status = 422 if form.is_bound else 200
    return render(request, "documents/revoke.html", {"document": found, "form": form}, status=status)


def _found(request: ActorRequest, document_id: int) -> Document:
    found = readable(document_id, request.actor)
    return Document.objects.select_related(
        "revocation", "superseded_by", "content", "issuer", "proceeding__area", "supersedes"
    ).get(id=found.id)


def _managed(request: ActorRequest, document_id: int) -> Document:
    """The document, if the actor may correct or revoke it; else it does not exist for them."""
    found = _found(request, document_id)
    if not _manages(request, found):
        raise Http404
    return found


def _manages(request: ActorRequest, found: Document) -> bool:
    """Whether the document is in force, and the actor an officer or leader of the body that issued it."""
    if found.state is not PaperState.VALID:
        return False
    return any(
        reach.role in MANAGING and found.issuer_id in reach.organizations for reach in request.actor.reaches
    )
