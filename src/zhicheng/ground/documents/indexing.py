"""Documents in the search: by number, code and the name of their form. What they say is not searched."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground.documents.models import Document
from zhicheng.ground.search.api import SearchSource, index, register_source, remove

SUBJECT = "document"


def register() -> None:
    """Makes documents findable; called once, when the app is ready."""
    register_source(
        SearchSource(SUBJECT, words("Document"), visible_ids, lambda pk: reverse("documents:document", args=[pk]))
    )


def visible_ids(actor: Actor) -> QuerySet[Any, Any]:
    """The ids of the documents that the actor may read."""
    return Document.objects.visible_to(actor).order_by().values("id")


def index_document(document: Document) -> None:
    """Makes a version findable in place of the one that it supersedes."""
    if document.supersedes_id is not None:
        remove((SUBJECT, document.supersedes_id))
    index(
        subject=(SUBJECT, document.pk),
        title=f"{document.title} {document.number}",
        text=document.title_en,
        numbers=[document.number, document.code],
        subtitle=document.issuer.name,
    )
