"""For whom a command is run: the account that `--by` names, or the command line itself."""

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.access.models import User
from zhicheng.ground.access.queries import actor_for


def actor_named(username: str) -> Actor:
    """Whoever has the open account of this login name, as they may act today. Raises Refused if there is none."""
    user = User.objects.filter(username__iexact=username, is_active=True).first()
    if user is None:
        raise Refused(words("No open account is called “{name}”."), name=username)
    return actor_for(user, clock.today())


def commanding(username: str, organization_id: int | None = None) -> Actor:
    """Whoever a command is run for; without a login name the command line, for the organization if one is given.

    Raises Refused as `actor_named` does.
    """
    if username:
        return actor_named(username)
    return Actor("system:command_line", "command line", organization_id=organization_id)
