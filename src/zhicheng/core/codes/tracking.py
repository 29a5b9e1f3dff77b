"""Tracking codes: random bytes in an alphabet that survives handwriting and the telephone.

Crockford's base 32 (https://www.crockford.com/base32.html): digits and capitals without I, L, O and U. What
a person types is forgiven case, width, dashes and spaces, and O for 0, I or L for 1.

>>> make_tracking_code(bytes(range(10)))
'000G-40R4-0M30-E209'
>>> parse_tracking_code("ooog 40r4 0m30 e2o9")
'000G-40R4-0M30-E209'
"""

from zhicheng.core.codes.typed import CodeError, plain
from zhicheng.core.words import words

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FORGIVEN = str.maketrans("OIL", "011", "-")
_BLOCK_BYTES, _BLOCK_CHARACTERS = 5, 8
_GROUP = 4


def make_tracking_code(random: bytes) -> str:
    """`random` as groups of four characters; its length must be a multiple of 5 bytes (8 characters).

    The caller draws the bytes from a secure source: 10 bytes are 80 bits, beyond guessing.
    """
    if not random or len(random) % _BLOCK_BYTES:
        raise ValueError(f"{len(random)} bytes given, expected a multiple of {_BLOCK_BYTES}")
    number = int.from_bytes(random, "big")
    length = len(random) // _BLOCK_BYTES * _BLOCK_CHARACTERS
    return _grouped("".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length))))


def parse_tracking_code(typed: str, *, random_bytes: int = 10) -> str:
    """The one printed form of a code made of `random_bytes` bytes. Raises CodeError on anything else."""
    text = plain(typed).translate(_FORGIVEN)
    for character in text:
        if character not in ALPHABET:
            raise CodeError(words("“{typed}”: “{found}” does not occur in a secret"), typed=typed, found=character)
    expected = random_bytes // _BLOCK_BYTES * _BLOCK_CHARACTERS
    if len(text) != expected:
        raise CodeError(
            words("“{typed}” has {count} characters, expected {expected}"),
            typed=typed,
            count=len(text),
            expected=expected,
        )
    return _grouped(text)


def _grouped(text: str) -> str:
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))
