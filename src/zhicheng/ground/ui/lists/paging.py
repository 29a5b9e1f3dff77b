"""Paging by key: a page begins after the last row of the one before, however deep it lies in the list.

Rows are ordered by (sort value, id); missing values come last. Rows that appear or vanish elsewhere never shift
a page, so nothing is seen twice or passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.ui.cursor import Cursor, decode, encode
from zhicheng.ground.ui.lists.sorting import SORT_VALUE, Sort

COUNTED = 200
"""Matches are counted up to this number: more than that says “more”, and costs no more."""
SomeModel = TypeVar("SomeModel", bound=Model)


class BadPage(Refused):
    """The address asks for two pages at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after or before a cursor, or at the start of the list."""

    cursor: Cursor | None = None
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The records of one page, and the cursors of its neighbours, empty where there is none."""

    records: list[Any]
    previous: str
    next: str


def read_place(params: Mapping[str, str], scope: str) -> Place:
    """The place that an address asks for. Raises BadCursor and BadPage."""
    after, before = params.get("after", ""), params.get("before", "")
    if after and before:
        raise BadPage(words("A page begins after one row or ends before another, not both."))
    word = after or before
    return Place(decode(word, scope, _key()), bool(before)) if word else Place()


def read_page(rows: "QuerySet[SomeModel]", sort: Sort, place: Place, scope: str, size: int) -> Page:
    """One page with one query."""
    found = sort.apply(rows, backward=place.backward)
    if place.cursor:
        found = found.filter(_beyond(sort, place.cursor, backward=place.backward))
    records = list(found[: size + 1])
    more = len(records) > size
    records = records[:size]
    if place.backward:
        records.reverse()
    return Page(
        records,
        previous=_word(records, 0, scope) if (more if place.backward else place.cursor) else "",
        next=_word(records, -1, scope) if place.backward or more else "",
    )


def count_up_to(rows: "QuerySet[SomeModel]", limit: int) -> int:
    """How many rows there are; `limit` + 1 stands for anything more. Reads no further."""
    return rows.order_by().values("pk")[: limit + 1].count()


def _beyond(sort: Sort, cursor: Cursor, *, backward: bool) -> Q:
    """The condition for the rows that follow the cursor's row in the direction of reading."""
    side = "lt" if sort.descending is not backward else "gt"
    further = Q(**{f"pk__{side}": cursor.id})
    missing = Q(**{f"{SORT_VALUE}__isnull": True})
    if cursor.value is None:
        return (missing & further) | (~missing if backward else Q())
    at_least, past = Q(**{f"{SORT_VALUE}__{side}e": cursor.value}), Q(**{f"{SORT_VALUE}__{side}": cursor.value})
    beyond = at_least & (past | further)  # the first half is what an index can serve
    return beyond | missing if sort.nullable and not backward else beyond


def _word(records: list[Any], place: int, scope: str) -> str:
    if not records:
        return ""
    record = records[place]
    return encode(Cursor(getattr(record, SORT_VALUE), record.pk), scope, _key())


def _key() -> bytes:
    return settings.SECRET_KEY.encode()
