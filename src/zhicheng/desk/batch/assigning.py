"""Hands many chosen matters to one colleague, and says of each what became of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext

from zhicheng.core.access import HOLDING, Actor
from zhicheng.core.clock.due import local
from zhicheng.desk.batch.chosen import Chosen
from zhicheng.desk.batch.taking import Outcome
from zhicheng.ground.access.api import User, list_users_acting
from zhicheng.ground.proceedings.api import Proceeding, Wish, assign_many, may_assign


def colleagues_for(chosen: Iterable[Chosen], by: Actor, now: datetime) -> list[User]:
    """Who may handle at least one of the chosen matters that the actor may hand on, by name.

    Asked once for each body and domain, not for each matter; what is narrower is found out when it is handed.
    """
    own = [one.proceeding for one in chosen if may_assign(one.proceeding, by)]
    alike: dict[tuple[int | None, str], Proceeding] = {(one.holder_id, one.domain): one for one in own}
    today = local(now).date()
    found = {user for one in alike.values() for user in list_users_acting(one.matter(), HOLDING, today)}
    return sorted(found, key=lambda user: (user.name, user.pk))


def hand_to(*, chosen: Sequence[Chosen], to: User, by: Actor, now: datetime) -> list[Outcome]:
    """Makes every chosen matter the colleague's; sent again, none is moved twice."""
    wishes = {one.proceeding.pk: Wish(to.pk, one.proceeding.assignee_id) for one in chosen}
    refused = assign_many(wishes=wishes, by=by, now=now) if wishes else {}
    return [
        Outcome(one, (gettext(refused[one.proceeding.pk]),) if one.proceeding.pk in refused else ())
        for one in chosen
    ]
