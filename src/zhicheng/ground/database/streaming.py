"""Reading many rows without holding them: a cursor on the server, values in binary form."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

_FETCHED_AT_ONCE = 2_000


def stream(statement: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query in one snapshot, a few thousand at a time; call it inside a transaction.

    Binary values skip the text of bytes and times, which costs more than all else when a million rows pass.
    """
    connection.ensure_connection()
    if not connection.in_atomic_block:
        raise RuntimeError("a server-side cursor lives as long as its transaction: call stream() inside atomic()")
    with connection.connection.cursor(name="zhicheng_stream", binary=True) as cursor:
        cursor.itersize = _FETCHED_AT_ONCE
        cursor.execute(statement)
        yield from cursor
