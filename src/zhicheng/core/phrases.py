"""Sentences with places to fill, for words that an office writes itself: no loops, no code, nothing to escape.

A place is a name in braces. What stands in brackets is left out if a place within it has no value.

>>> fill("{number} is yours.[ Act before {due}.]", {"number": "TS-1", "due": "2026-11-30"})
'TS-1 is yours. Act before 2026-11-30.'
>>> fill("{number} is yours.[ Act before {due}.]", {"number": "TS-1", "due": None})
'TS-1 is yours.'
"""

import re
from collections.abc import Iterator, Mapping

from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Value = str | int | None
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_MARKS = re.compile(r"[{}\[\]]")


class PhraseError(Refused):
    """A sentence cannot be read; the message says what was expected."""


def places(text: str) -> frozenset[str]:
    """The names of the places of a sentence. Raises PhraseError if it cannot be read.

    >>> sorted(places("{number}[ until {due}]"))
    ['due', 'number']
    """
    if _MARKS.search(_PLACE.sub("", _OPTIONAL.sub(r"\1", text))):
        raise PhraseError(
            words("places like {example} and brackets that close, not one within another"), example="{number}"
        )
    for part in _OPTIONAL.finditer(text):
        if not _PLACE.search(part[1]):
            raise PhraseError(
                words("a place between the brackets, since “{part}” would never be left out"), part=part[1]
            )
    return frozenset(_PLACE.findall(text))


def fill(text: str, values: Mapping[str, Value]) -> str:
    """The sentence with its places filled; a place that has no value is empty, and with it its brackets."""
    return "".join(_filled(text, values))


def _filled(text: str, values: Mapping[str, Value]) -> Iterator[str]:
    at = 0
    for part in _OPTIONAL.finditer(text):
        yield _plain(text[at : part.start()], values)
        if all(_shown(values.get(name)) for name in _PLACE.findall(part[1])):
            yield _plain(part[1], values)
        at = part.end()
    yield _plain(text[at:], values)


def _plain(text: str, values: Mapping[str, Value]) -> str:
    return _PLACE.sub(lambda found: _shown(values.get(found[1])), text)


def _shown(value: Value) -> str:
    return "" if value is None else str(value)
