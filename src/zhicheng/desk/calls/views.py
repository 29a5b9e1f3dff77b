"""The lists of the hotline."""

from django.http.response import HttpResponseBase

from zhicheng.core.access import Role
from zhicheng.desk.calls.lists import CALL_BACKS, CALLS
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.ui.lists import list_view


@needs_role(Role.CALLER)
def calls(request: ActorRequest) -> HttpResponseBase:
    """Every call that was taken by the viewer's centre."""
    return list_view(request, CALLS, "desk/calls/calls.html")


@needs_role(Role.CALLER)
def call_backs(request: ActorRequest) -> HttpResponseBase:
    """The cases that wait for a call-back, the most urgent first."""
    return list_view(request, CALL_BACKS)
