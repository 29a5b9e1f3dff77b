"""Handing over what somebody had who leaves: shown beforehand, then done, with what cannot move said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from zhicheng.core.access import COVERING, Actor, Role
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.core.sharing import shared_out
from zhicheng.core.words import words
from zhicheng.ground.access.api import User, end_roles_in
from zhicheng.ground.ledger.api import record
from zhicheng.ground.personal.api import keep_text
from zhicheng.ground.proceedings.models import Proceeding
from zhicheng.ground.proceedings.sharing_out import MOST_RECEIVERS, Wish, able_to_handle, assign_many


@dataclass(frozen=True)
class Plan:
    """What would move to whom, and what cannot: of the matters that are the leaver's in bodies that one leads."""

    leaver: User
    shares: dict[int, int]
    """The receiver of each matter that moves, by its id."""
    left: tuple[int, ...]
    """The matters that none of the receivers may handle."""
    matters: tuple[Proceeding, ...]


@dataclass(frozen=True)
class HandedOver:
    """What became of a plan; `refused` says of a matter why it stays, in words to translate."""

    moved: int
    refused: dict[int, str]
    ended: int
    """How many roles were ended."""


def bodies_led_by(actor: Actor) -> frozenset[int]:
    """The bodies that the actor leads, with their departments."""
    return frozenset(one for reach in actor.reaches if reach.role is Role.LEADER for one in reach.organizations)


def plan_handover(*, leaver: User, receivers: Sequence[User], by: Actor, now: datetime) -> Plan:
    """What would move, found without writing anything; the most urgent matters are shared out first.

    Raises Refused for whoever leads no body, without a receiver, with too many, or if the leaver is among them.
    """
    led = bodies_led_by(by)
    if not led:
        raise Refused(words("Only a leader of a body hands over what somebody of it had."))
    if not receivers or len(receivers) > MOST_RECEIVERS:
        raise Refused(words("Choose from 1 to {limit} colleagues; you chose {count}."),
                      limit=MOST_RECEIVERS, count=len(receivers))  # fmt: skip
    if leaver.pk in {user.pk for user in receivers}:
        raise Refused(words("Whoever leaves cannot be handed their own matters."))
    held = Proceeding.objects.visible_to(by).filter(assignee=leaver, ending="open", holder__in=led)
    matters = held.exclude(owner_role__in=sorted(COVERING)).select_related("area", "holder")
    found = list(matters.prefetch_related("participants").order_by("due_at", "pk"))
    shares, left = shared_out(able_to_handle(found, receivers, now), [user.pk for user in receivers])
    return Plan(leaver, shares, tuple(left), tuple(found))


@transaction.atomic
def hand_over(
    *,
    leaver: User,
    receivers: Sequence[User],
    last_on: date,
    reason: str,
    end_roles: bool,
    by: Actor,
    now: datetime,
) -> HandedOver:
    """Shares out the leaver's open matters, and ends their roles in the bodies led, if asked, with `last_on`.

    Done again, it moves what was left and is now possible, and nothing twice. Raises Refused like `plan_handover`,
    without a reason, and for oneself.
    """
    if leaver.pk == by.user_id:
        raise Refused(words("Nobody hands themselves over; ask another leader."))
    if not reason.strip():
        raise Refused(words("Give the reason"))
    if last_on < local(now).date():
        raise Refused(words("The last day {last} has passed."), last=last_on.isoformat())
    plan = plan_handover(leaver=leaver, receivers=receivers, by=by, now=now)
    kept = keep_text(subject=("user", leaver.pk), key="handover.reason", text=reason.strip(), now=now)
    wishes = {matter: Wish(to, leaver.pk) for matter, to in plan.shares.items()}
    refused = assign_many(wishes=wishes, by=by, now=now, reason=kept.hash) if wishes else {}
    bodies = bodies_led_by(by)
    ended = end_roles_in(user=leaver, organizations=bodies, last_on=last_on, by=by, now=now) if end_roles else 0
    moved = len(wishes) - len(refused)
    body = {
        "to": sorted({user.pk for user in receivers}), "moved": moved, "left": len(plan.left) + len(refused),
        "last_on": last_on.isoformat(), "roles_ended": ended, "reason": kept.hash,
    }  # fmt: skip
    record(subject=("user", leaver.pk), act="hand_over", by=by, now=now, body=body)
    return HandedOver(moved, refused, ended)


def list_staff_of(actor: Actor, on: date) -> list[User]:
    """The people with a role in the bodies that the actor leads, by name; whose account is locked too."""
    in_force = Q(grants__valid_to__isnull=True) | Q(grants__valid_to__gte=on)
    found = User.objects.filter(in_force, grants__organization__in=bodies_led_by(actor), is_program=False)
    assigned = Proceeding.objects.filter(ending="open", holder__in=bodies_led_by(actor)).values("assignee")
    had = User.objects.filter(pk__in=assigned, is_program=False)
    return sorted({*found, *had}, key=lambda user: (user.name, user.pk))
