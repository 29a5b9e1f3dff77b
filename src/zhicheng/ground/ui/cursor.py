"""Where a page of a list begins: the sort value and the id of the last row seen, as one signed word for a URL.

It is signed so that what comes back is what was sent: a cursor cannot be made up, changed, or carried from one
list or sort to another (`scope` names both).

>>> key = bytes(range(32))
>>> word = encode(Cursor(date(2026, 11, 23), 17), "cases:-opened", key)
>>> decode(word, "cases:-opened", key)
Cursor(value=datetime.date(2026, 11, 23), id=17)
>>> decode(word, "cases:number", key)
Traceback (most recent call last):
zhicheng.ground.ui.cursor.BadCursor: This address of a page was changed or is out of date. \
Start from the first page.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hmac import compare_digest
from typing import Any

from zhicheng.core.keyed_hash import keyed_hash
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

SIGNATURE_BYTES = 16

SortValue = None | bool | int | float | str | Decimal | date | datetime
"""What a list may be sorted by; None is a missing value."""

_TAGS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    type(None): ("n", lambda value: value),
    bool: ("b", lambda value: value),
    int: ("i", str),
    float: ("f", float.hex),
    str: ("s", lambda value: value),
    Decimal: ("d", str),
    date: ("o", date.isoformat),
    datetime: ("a", datetime.isoformat),
}
_READERS: dict[str, Callable[[Any], SortValue]] = {
    "n": lambda text: text,
    "b": lambda text: text,
    "i": int,
    "f": float.fromhex,
    "s": lambda text: text,
    "d": Decimal,
    "o": date.fromisoformat,
    "a": datetime.fromisoformat,
}


class BadCursor(Refused):
    """A cursor that this product did not write for this list and this sort."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a sorted list: the row with this sort value and this id."""

    value: SortValue
    id: int


def encode(cursor: Cursor, scope: str, key: bytes) -> str:
    """The cursor as a word of URL-safe letters, signed with `key` (32 bytes or more) for `scope`.

    Raises TypeError if the sort value is of a kind that lists cannot be sorted by.
    """
    kind = type(cursor.value) if type(cursor.value) in _TAGS else _known_base(cursor.value)
    tag, write = _TAGS[kind]
    body = json.dumps([tag, write(cursor.value), cursor.id], separators=(",", ":")).encode()
    return urlsafe_b64encode(_signature(body, scope, key) + body).decode().rstrip("=")


def decode(word: str, scope: str, key: bytes) -> Cursor:
    """The cursor that `encode` wrote for the same scope; raises BadCursor for anything else."""
    try:
        raw = urlsafe_b64decode((word + "=" * (-len(word) % 4)).encode("ascii"))
    except (NotBase64, UnicodeEncodeError):
        raise _bad() from None
    signature, body = raw[:SIGNATURE_BYTES], raw[SIGNATURE_BYTES:]
    if not compare_digest(signature, _signature(body, scope, key)):
        raise _bad()
    tag, text, id_ = json.loads(body)
    return Cursor(_READERS[tag](text), id_)


def _known_base(value: object) -> type:
    """The plain kind of an enumeration's member and the like: a `StrEnum` sorts as text."""
    for base in type(value).__mro__:
        if base in _TAGS:
            return base
    raise TypeError(f"a list cannot be sorted by {type(value).__name__}: {value!r}")


def _signature(body: bytes, scope: str, key: bytes) -> bytes:
    return keyed_hash(key, body, purpose=f"cursor:{scope}")[:SIGNATURE_BYTES]


def _bad() -> BadCursor:
    return BadCursor(words("This address of a page was changed or is out of date. Start from the first page."))
