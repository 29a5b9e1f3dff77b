"""Asks the worker for the PDF, in the transaction that issues the document."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from procrastinate.contrib.django import app

RENDER = "documents.render"
_later: ContextVar[bool] = ContextVar("render_later", default=True)


def render_later(document_id: int) -> None:
    """Queues the PDF in the current transaction: rolled back with it, made after it."""
    if _later.get():
        app.configure_task(RENDER).defer(document_id=document_id)


@contextmanager
def on_demand() -> Iterator[None]:
    """Within the block no PDF is made ahead: each when somebody first asks for it."""
    token = _later.set(False)
    try:
        yield
    finally:
        _later.reset(token)
