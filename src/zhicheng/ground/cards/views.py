"""The list of cards, with how many each body got in a month."""

from django.http.response import HttpResponseBase

from zhicheng.core.access import Role
from zhicheng.core.clock.due import local
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.cards.lists import CARDS
from zhicheng.ground.cards.queries import count_by_month
from zhicheng.ground.ui.lists import list_view

BODIES = (Role.CLERK, Role.OFFICER, Role.LEADER)


@needs_role(*BODIES)
def cards(request: ActorRequest) -> HttpResponseBase:
    """Every card of a matter that the viewer may see."""
    counts = count_by_month(request.actor, local(clock.now()).date())
    return list_view(request, CARDS, "cards/cards.html", {"counts": counts})
