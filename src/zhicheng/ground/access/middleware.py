"""Puts the actor on every request, resolved when it is first asked for."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from structlog.contextvars import bind_contextvars

from zhicheng.core.access import Actor
from zhicheng.ground import clock
from zhicheng.ground.access.queries import actor_for

ANONYMOUS = Actor(key="public", name="public")


class ActorMiddleware:
    """Sets `request.actor`: the signed-in user with every reach in force today, or the public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Adds the actor and goes on."""
        request.actor = cast(Actor, SimpleLazyObject(lambda: _actor(request)))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    actor = actor_for(user, clock.today()) if user.is_authenticated else ANONYMOUS
    bind_contextvars(actor=actor.key)  # from here on, lines of the log say whose request it is
    return actor
