"""Who asks over HTTP: a program by its key, or a person by the session of their browser."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, django_auth

from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.access.api import User, actor_for
from zhicheng.ground.interface.keys import key_of
from zhicheng.ground.interface.models import Key
from zhicheng.ground.interface.problems import Refusal
from zhicheng.ground.interface.rules import SCOPES, Scope


class KeyRequest(HttpRequest):
    """A request to the interface that was let in; `key` is None for a browser's."""

    actor: Actor
    user: User
    key: Key | None = None


class Bearer(HttpBearer):
    """`Authorization: Bearer zck_…`, with the scope that an operation asks for. A key needs no CSRF token."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: Any, token: str) -> Key:
        """The key; the request's actor becomes its account. Raises Refusal: a wrong key is never overlooked."""
        now = clock.now()
        key = key_of(token, now)
        if key is None:
            raise Refusal(401, "key", words("This key is unknown, expired or revoked."))
        if self.scope not in key.scopes:
            raise Refusal(403, "scope", words("This key is not for “{label}”."), label=SCOPES[self.scope])
        request.user, request.key = key.user, key
        request.actor = actor_for(key.user, clock.today())
        return key


READ = [Bearer(Scope.READ), django_auth]
WRITE = [Bearer(Scope.WRITE), django_auth]
WEBHOOKS = [Bearer(Scope.WEBHOOKS)]
"""Webhooks belong to a key: a person has none."""
