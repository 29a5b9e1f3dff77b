"""Columns of tables that people bring: names compared as people read them, and a guess changed in words."""

import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from zhicheng.core.refused import Refused
from zhicheng.core.words import words

AnyField = TypeVar("AnyField", bound=StrEnum)


def fold(name: str) -> str:
    """A column's name without case, width, spaces and punctuation.

    >>> fold(" Replied_At（时间） ")
    'repliedat时间'
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in folded if character.isalnum())


def changed_columns(
    columns: Mapping[AnyField, int], changes: Sequence[str], head: Sequence[str], fields: type[AnyField]
) -> dict[AnyField, int]:
    """Columns after changes such as "title=主题" (by name) or "reply=" (leave it out). Raises Refused.

    >>> class Field(StrEnum):
    ...     TITLE = "title"
    ...     REPLY = "reply"
    >>> changed_columns({Field.REPLY: 1}, ["title=主题", "reply="], ["编号", "答复", "主题"], Field)
    {<Field.TITLE: 'title'>: 2}
    """
    changed = dict(columns)
    for change in changes:
        key, _, name = change.partition("=")
        if key.strip() not in list(fields):
            message = words("“{change}” names no field; expected is one of {fields}, then = and a column")
            raise Refused(message, change=change, fields=", ".join(fields))
        found = [column for column, one in enumerate(head) if fold(one) == fold(name)]
        if name.strip() and len(found) != 1:
            message = words("“{change}”: {count} columns are called “{name}”; expected is exactly one")
            raise Refused(message, change=change, count=len(found), name=name.strip())
        changed.pop(fields(key.strip()), None)
        if name.strip():
            changed[fields(key.strip())] = found[0]
    return changed
