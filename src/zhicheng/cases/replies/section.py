"""replies.toml: the reply templates that a pack shares with every body of its area."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pydantic import Field

from zhicheng.cases.replies.fields import text_fields
from zhicheng.cases.replies.models import ReplyTemplate
from zhicheng.cases.replies.rules import BLANKS, LONGEST_TEXT, LONGEST_TITLE, Spot, room_in
from zhicheng.core.blanks import names_in
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Entry
from zhicheng.ground.packs.api import Contents, Problem, Scope, Section, Store


class ReplyRow(Entry):
    """One template. `spot` is a kind, a step and a need with colons between, as far as they matter."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)
    spot: str = Field(default="", pattern=r"^[a-z0-9_:]*$", max_length=130)
    category: str = Field(default="", max_length=60)
    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    sample: bool = False
    retired_on: date | None = None


def _check(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """A template is for a field that some table has, fits into it, and has no blank that no case fills."""
    known = ", ".join(f"{{{one}}}" for one in BLANKS)
    for line in contents.of(section.name):
        row: ReplyRow = line.row
        room = room_in(Spot.read(row.spot), text_fields())
        if not room:
            expected = words("a kind, step and need of a table of cases, such as market_complaint:reject:reason")
            yield Problem(section.file, line.place, "spot", row.spot, expected)
        elif len(row.text) > room:
            yield Problem(section.file, line.place, "text", f"{len(row.text)}",
                          words("at most {max_length} characters"), {"max_length": room})  # fmt: skip
        for name in names_in(row.text):
            if name not in BLANKS:
                yield Problem(section.file, line.place, "text", f"{{{name}}}",
                              words("places among {names}"), {"names": known})  # fmt: skip


def _read(scope: Scope) -> list[ReplyRow]:
    area = scope.find_area()
    if area is None and not scope.is_national:
        return []
    return [
        ReplyRow(
            key=one.key, spot=one.spot.code, category=one.category, title=one.title, text=one.text,
            sample=one.sample, retired_on=one.retired_on,
        )
        for one in ReplyTemplate.objects.filter(organization__isnull=True, area=area)
    ]  # fmt: skip


def _save(scope: Scope, rows: Sequence[ReplyRow]) -> None:
    area = scope.find_area()
    for row in rows:
        spot = Spot.read(row.spot)
        given = {
            "kind": spot.kind, "verb": spot.verb, "need": spot.need, "category": row.category, "title": row.title,
            "text": row.text, "sample": row.sample, "retired_on": row.retired_on, "saved_on": scope.on,
        }  # fmt: skip
        ReplyTemplate.objects.update_or_create(organization=None, area=area, key=row.key, defaults=given)


def _remove(scope: Scope, rows: Sequence[ReplyRow]) -> None:
    """Nothing comes here: what a pack no longer has is retired."""
    raise AssertionError("a reply template is retired, never deleted")


def _retired(row: ReplyRow, on: date) -> ReplyRow:
    return row if row.retired_on is not None else row.model_copy(update={"retired_on": on})


REPLIES = Section(
    name="replies", file="replies.toml", row=ReplyRow, key=("key",), table="reply", checks=(_check,),
    store=Store(read=_read, save=_save, remove=_remove, end=_retired),
)  # fmt: skip
