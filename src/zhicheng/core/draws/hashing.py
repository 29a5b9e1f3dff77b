"""The hash of a draw: fields joined so that no two lists of fields are hashed alike, by SHA-256 or SM3.

>>> Algorithm.SHA256.joined("seed", "48f1")[:16]
'5fb7491af788e0e5'
"""

import hashlib
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cached_property, partial

from zhicheng.core.draws.showing import shown
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

SEPARATOR = "\x1f"
"""Between two fields: U+001F, the unit separator, which no identifier that people write contains."""
BEFORE = 20
"""So much is shown of what stands before and after a sign that cannot be hashed."""


class Algorithm(StrEnum):
    """The hash functions that a draw may use throughout: FIPS 180-4 SHA-256, or SM3 of GB/T 32905-2016.

    >>> Algorithm.SM3.of_text("abc")[:16]
    '66c7f0f462eeedd9'
    """

    SHA256 = "sha256"
    SM3 = "sm3"

    @property
    def tag(self) -> str:
        """What a commitment begins with; it names every hash but SHA-256, so that none can be exchanged."""
        return "verifiable-draw-v1" if self is Algorithm.SHA256 else f"verifiable-draw-v1-{self}"

    def of_text(self, text: str) -> str:
        """The hash of a text's UTF-8, as 64 lower-case hexadecimal digits. Raises Refused: see `utf8`."""
        return self._hash(utf8(text)).hexdigest()

    def joined(self, *fields: str) -> str:
        """The hash of `fields` joined by the separator, as 64 hexadecimal digits. Raises Refused: see `utf8`."""
        return self.of_text(SEPARATOR.join(fields))

    def digests(self, fields: Sequence[str], last: Sequence[str]) -> list[bytes]:
        """The 32 bytes of `joined(*fields, each)` for each in `last`; a million take about a second.

        >>> [digest.hex()[:8] for digest in Algorithm.SHA256.digests(["seed"], ["48f1"])]
        ['5fb7491a']
        """
        start, hash_of = utf8(SEPARATOR.join((*fields, ""))), self._hash
        try:
            return [hash_of(start + each.encode()).digest() for each in last]
        except UnicodeEncodeError as error:
            raise _half_a_character(error) from None

    @cached_property
    def _hash(self) -> Callable[[bytes], "hashlib._Hash"]:
        if self is Algorithm.SHA256:
            return hashlib.sha256
        if self not in hashlib.algorithms_available:
            raise Refused(
                words("this Python's OpenSSL has no {hash}; expected is OpenSSL 1.1.1 or later"), hash=self.upper()
            )
        return partial(hashlib.new, str(self))


def utf8(text: str) -> bytes:
    """UTF-8 of `text`; raises Refused if it holds half of a surrogate pair, which UTF-8 cannot write.

    >>> utf8("a\\ud800")
    Traceback (most recent call last):
    zhicheng.core.refused.Refused: “a\\ud800” holds half of a surrogate pair, which is no character
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise _half_a_character(error) from None


def _half_a_character(error: UnicodeEncodeError) -> Refused:
    before = error.object[max(0, error.start - BEFORE) : error.start].rpartition(SEPARATOR)[2]
    around = before + error.object[error.start : error.start + BEFORE]
    return Refused(words("“{text}” holds half of a surrogate pair, which is no character"), text=shown(around))
