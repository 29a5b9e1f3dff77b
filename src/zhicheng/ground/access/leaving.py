"""Ending what somebody may do in a body that they leave: their leader may take roles there away, and give none."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from zhicheng.core.access import HOLDING, Actor, Role
from zhicheng.core.words import words
from zhicheng.ground.access.models import Delegation, Grant, User
from zhicheng.ground.access.queries import in_force
from zhicheng.ground.access.refusals import AccessRefused
from zhicheng.ground.access.services import end_grant
from zhicheng.ground.ledger.api import record


@transaction.atomic
def end_roles_in(*, user: User, organizations: Collection[int], last_on: date, by: Actor, now: datetime) -> int:
    """Ends a person's roles in some bodies with a day, and takes back at once what others delegated to them there.

    What they delegated ends with their own roles. Returns how many roles were ended: those that have ended by then
    stay as they are. Raises AccessRefused for one's own roles, and unless the actor leads every one of the bodies.
    """
    led = {one for reach in by.reaches if reach.role is Role.LEADER for one in reach.organizations}
    if not set(organizations) <= led:
        raise AccessRefused(words("Only the leader of a body ends the roles of somebody who leaves it."))
    lasting = Grant.objects.filter(in_force(last_on), user=user, organization__in=organizations, role__in=HOLDING)
    ended = [grant for grant in lasting.order_by("pk") if grant.valid_to is None or grant.valid_to > last_on]
    for grant in ended:
        end_grant(grant=grant, last_on=last_on, by=by, now=now)
    lent = Delegation.objects.select_for_update(of=("self",)).filter(
        to_user=user, grant__organization__in=organizations, ended_at__isnull=True, valid_to__gte=last_on
    )
    for one in lent.select_related("grant").order_by("pk"):
        one.ended_at = now
        one.save(update_fields=["ended_at"])
        body = {"grant": one.grant_id, "to": user.pk}
        record(subject=("user", one.grant.user_id), act="end_delegation", by=by, now=now, body=body)
    return len(ended)
