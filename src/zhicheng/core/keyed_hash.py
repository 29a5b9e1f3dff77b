"""Keyed hashes of personal data: the ledger can prove what was said without keeping it.

Without the key a hash cannot be reversed by trying telephone numbers, and when the data are deleted nothing
of them is left. `purpose` keeps hashes apart that must not be joined: the same number hashed for the blind
index and for a ledger entry gives two unrelated values.

>>> key = bytes(range(32))
>>> index = keyed_hash(key, b"13800000000", purpose="phone.index")
>>> len(index), index == keyed_hash(key, b"13800000000", purpose="step.reason")
(32, False)
"""

from hashlib import sha256
from hmac import digest

KEY_BYTES = 32


def keyed_hash(key: bytes, value: bytes, *, purpose: str) -> bytes:
    """HMAC-SHA256 of `value` under a key derived from `key` (32 bytes or more) for `purpose`: 32 bytes.

    The purpose is the message of a first HMAC whose result is the key of the second, so no value can be
    chosen that runs into another purpose. Raises ValueError on a short key or an empty purpose.
    """
    if len(key) < KEY_BYTES:
        raise ValueError(f"the key has {len(key)} bytes, expected {KEY_BYTES} or more")
    if not purpose:
        raise ValueError("a purpose was expected, such as “phone.index”")
    return digest(digest(key, purpose.encode(), sha256), value, sha256)
