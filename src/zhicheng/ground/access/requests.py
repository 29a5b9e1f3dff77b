"""A request whose actor is known: the type that views of the desk take."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zhicheng.core.access import Actor, Role
from zhicheng.ground.access.models import User


class ActorRequest(HttpRequest):
    """A request of a signed-in person that has passed ActorMiddleware."""

    actor: Actor
    user: User


View = Callable[..., HttpResponseBase]


def needs_role(*roles: Role) -> Callable[[View], View]:
    """Opens a view only to people who hold one of `roles`; signed-out people are asked to sign in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(reach.role in roles for reach in request.actor.reaches):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]
        return login_required(guarded)

    return decorate
