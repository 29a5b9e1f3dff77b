"""Which key a client of Open311 shows, and where it may show it.

The standard sends `api_key` with what it posts, and nothing with what it asks. Most clients can say who they are
with every request nevertheless: by a header, by `api_key`, or by the address: `https://:zck_…@…` is HTTP Basic.
"""

import binascii
from base64 import b64decode
from typing import Any

from ninja.security.base import AuthBase

from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.access.api import actor_for
from zhicheng.ground.interface.api import SCOPES, Key, Refusal, Scope, key_of

PARAMETER = "api_key"


class AnyKey(AuthBase):
    """A key with the scope that an operation asks for, wherever it is shown."""

    openapi_type = "apiKey"

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: Any) -> Key | None:
        """The key; the request's actor becomes its account. Raises Refusal for one that does not work."""
        text = shown_key(request)
        if not text:
            return None
        key = working_key(text)
        if self.scope not in key.scopes:
            raise Refusal(403, "scope", words("This key is not for “{label}”."), label=SCOPES[self.scope])
        request.user, request.key = key.user, key
        request.actor = actor_for(key.user, clock.today())
        return key


def working_key(text: str) -> Key:
    """The key with this text; raises Refusal."""
    key = key_of(text, clock.now())
    if key is None:
        raise Refusal(403, "key", words("This key is unknown, expired or revoked."))
    return key


def shown_key(request: Any) -> str:
    """The key's text, or nothing: of the header, else of what was posted, else of the address."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return str(value.strip())
    if kind.lower() == "basic":
        return _password(value)
    return str(request.POST.get(PARAMETER) or request.GET.get(PARAMETER) or "").strip()


def _password(encoded: str) -> str:
    """The password of HTTP Basic (RFC 7617); the user's name is not asked for."""
    try:
        return b64decode(encoded, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return "?"
