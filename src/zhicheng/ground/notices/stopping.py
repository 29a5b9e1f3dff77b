"""Links by which somebody stops notices without signing in: signed, short enough for a text message.

>>> read_code("c-1z-0000000000000000") is None
True
"""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from hmac import compare_digest

from django.conf import settings

from zhicheng.core.keyed_hash import keyed_hash
from zhicheng.ground.notices.models import RecipientKind
from zhicheng.ground.notices.registry import TOPICS, Topic

SAMPLE_STOP = "/stop/c-2s0f-5hw1k9q0m3c7xz4t/"
_CODE = re.compile(r"(c|u[a-z]+)-([0-9a-z]{1,13})-([0-9a-v]{16})")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SIGNED_BYTES = 10


@dataclass(frozen=True)
class Stoppable:
    """What a link stops: progress told to a contact, or e-mail to an account about a topic."""

    kind: RecipientKind
    id: int
    topic: Topic | None = None


def stop_path(what: Stoppable) -> str:
    """The address of the page that stops it."""
    return f"/stop/{code_of(what)}/"


def code_of(what: Stoppable) -> str:
    """The code, which nobody can make who does not know the installation's key."""
    opening = f"{'c' if what.kind == RecipientKind.CONTACT else f'u{what.topic}'}-{_written(what.id)}"
    return f"{opening}-{_signature(opening)}"


def read_code(code: str) -> Stoppable | None:
    """What a code stops; None if it was not made here."""
    found = _CODE.fullmatch(code)
    if found is None or not compare_digest(found[3], _signature(f"{found[1]}-{found[2]}")):
        return None
    if found[1] == "c":
        return Stoppable(RecipientKind.CONTACT, int(found[2], 36))
    topic = found[1][1:]
    return Stoppable(RecipientKind.USER, int(found[2], 36), Topic(topic)) if topic in set(TOPICS) else None


def _signature(opening: str) -> str:
    key = urlsafe_b64decode(settings.SECRETS.ledger_key)
    number = int.from_bytes(keyed_hash(key, opening.encode(), purpose="notices.stop")[:_SIGNED_BYTES], "big")
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(16)))


def _written(number: int) -> str:
    written = ""
    while number:
        number, digit = divmod(number, 36)
        written = _DIGITS[digit] + written
    return written or "0"
