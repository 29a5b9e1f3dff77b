"""Personal values sealed for storage, and the keyed hashes by which they are found and proved.

The keys come from the deployment's secrets file, one for each use, so that none has to serve two. Sealing
is Fernet (AES-128-CBC with HMAC-SHA256): the first key seals, every key opens, which is what lets keys be
replaced while people work.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from zhicheng.core.keyed_hash import keyed_hash
from zhicheng.core.phones import Phone


class SealBroken(Exception):
    """A sealed value opens with none of the keys: it was changed, or its key was removed too early."""


def seal(text: str) -> str:
    """The sealed form of `text`; the empty text stays empty, so that a missing value is seen as missing."""
    return _ring(settings.SECRETS.field_encryption_keys).encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """The text that was sealed. Raises SealBroken."""
    if not sealed:
        return ""
    try:
        return _ring(settings.SECRETS.field_encryption_keys).decrypt(sealed).decode()
    except InvalidToken as error:
        raise SealBroken("a personal value opens with none of the field encryption keys") from error


def resealed(sealed: str) -> str:
    """The same value under the newest key; unchanged if it is so already. Raises SealBroken."""
    newest = settings.SECRETS.field_encryption_keys[:1]
    if not sealed or _opens(_ring(newest), sealed):
        return sealed
    return seal(unseal(sealed))


def phone_index(phone: Phone) -> str:
    """The blind index of a number: 64 hexadecimal digits, the same for every spelling of it."""
    key = _key(settings.SECRETS.blind_index_key)
    return keyed_hash(key, phone.number.encode(), purpose="phone.index").hex()


def keyed_hash_of(text: str) -> str:
    """What a step or ledger entry keeps of a text that can be deleted: 64 hexadecimal digits."""
    return keyed_hash(_key(settings.SECRETS.ledger_key), text.encode(), purpose="text").hex()


@lru_cache(maxsize=8)
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _opens(ring: MultiFernet, sealed: str) -> bool:
    try:
        ring.decrypt(sealed)
    except InvalidToken:
        return False
    return True


def _key(encoded: str) -> bytes:
    return base64.urlsafe_b64decode(encoded)
