"""Entering a record by a form, once: however often the form is sent, and whoever else enters at that moment."""

import json
from typing import Any
from uuid import UUID, uuid5

from django.db import connection


def entry_key(request_key: UUID | None, *content: Any) -> UUID | None:
    """The key of what one form was sent with: the same for the same content, another for another.

    So that a form that is sent again makes nothing new, and one that was changed in between does.
    """
    if request_key is None:
        return None
    return uuid5(request_key, json.dumps(content, ensure_ascii=False, default=str))


def lock_entering(kind: str) -> None:
    """Until the transaction ends, nobody else enters a record of this kind: what is there already stays so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"enter:{kind}"])
