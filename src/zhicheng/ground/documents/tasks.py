"""What the worker does for documents."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhicheng.ground import clock
from zhicheng.ground.documents.models import Document
from zhicheng.ground.documents.queue import RENDER
from zhicheng.ground.documents.rendering import pdf_of


@app.task(name=RENDER, queue="documents", retry=RetryStrategy(max_attempts=3, exponential_wait=10))
def render(document_id: int) -> None:
    """Makes and stores the PDF of a document, unless somebody asked for it before."""
    pdf_of(Document.objects.select_related("content").get(id=document_id), now=clock.now())
