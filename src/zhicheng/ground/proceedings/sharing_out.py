"""Handing many matters over at once: what goes to whom, and what cannot; a bounded number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhicheng.core.access import HOLDING, Actor
from zhicheng.core.clock.due import local
from zhicheng.core.words import words
from zhicheng.ground.access.api import User, actor_for
from zhicheng.ground.ledger.api import record_many
from zhicheng.ground.notices.api import Recipient, notify
from zhicheng.ground.proceedings.assigning import may_assign
from zhicheng.ground.proceedings.locking import lock_proceedings
from zhicheng.ground.proceedings.models import Proceeding

MOST_RECEIVERS = 10
NOT_YOURS = words("Only clerks, officers and leaders of the body that has the matter say who handles it.")
NOT_ABLE = words("This person cannot handle the matter: they have no role in the body that has it.")
MEANWHILE = words("Somebody else changed meanwhile who handles this matter; look at it again.")
UNSEEN = words("You can no longer see it.")


@dataclass(frozen=True)
class Wish:
    """Whose a matter shall be; `seen` is whose it was when the person looked."""

    to: int
    seen: int | None


def able_to_handle(
    matters: Sequence[Proceeding], receivers: Sequence[User], now: datetime
) -> list[tuple[int, frozenset[int]]]:
    """Of each matter, who of the receivers may handle it today: as many statements as there are receivers."""
    today = local(now).date()
    actors = [(user.pk, actor_for(user, today)) for user in receivers if user.is_active and not user.is_program]
    able = []
    for matter in matters:
        value = matter.matter()
        able.append(
            (matter.pk, frozenset(pk for pk, one in actors if not HOLDING.isdisjoint(one.roles_on(value))))
        )
    return able


@transaction.atomic
def assign_many(*, wishes: Mapping[int, Wish], by: Actor, now: datetime, reason: str = "") -> dict[int, str]:
    """Gives each matter to whom it shall go; returns why not, in words to translate, of those that stay.

    What is refused for one changes nothing for the others; what is somebody's already is no refusal. `reason` is
    the keyed hash of a text that is kept elsewhere. Each receiver is told once, of how many matters.
    """
    found = {one.pk: one for one in lock_proceedings(wishes)}
    receivers = list(User.objects.filter(pk__in={wish.to for wish in wishes.values()}))
    able = dict(able_to_handle(list(found.values()), receivers, now))
    refused, moved = {}, []
    for pk, wish in wishes.items():
        current = found.get(pk)
        if current is None or not by.sees(current.matter()):
            refused[pk] = UNSEEN
        elif not may_assign(current, by):
            refused[pk] = NOT_YOURS
        elif current.assignee_id == wish.to:
            continue
        elif current.assignee_id != wish.seen:
            refused[pk] = MEANWHILE
        elif wish.to not in able[pk]:
            refused[pk] = NOT_ABLE
        else:
            moved.append((current, wish))
    _write(moved, by, now, reason)
    return refused


def _write(moved: Sequence[tuple[Proceeding, Wish]], by: Actor, now: datetime, reason: str) -> None:
    ids: dict[int, list[int]] = {}
    for current, wish in moved:
        ids.setdefault(wish.to, []).append(current.pk)
    for to, own in ids.items():
        Proceeding.objects.filter(pk__in=own).update(assignee=to)
    record_many(entries=[_entry(*one, by, reason) for one in moved], act="assign", by=by, now=now)
    first = {wish.to: current for current, wish in reversed(moved)}
    for to, own in ids.items():
        if to != by.user_id:
            notify(
                recipients=[Recipient.user(to)], template="matters_handed", params={"count": len(own)},
                subject=(first[to].subject_kind, first[to].subject_id), now=now, link="/desk/?assignee=mine",
            )  # fmt: skip


def _entry(current: Proceeding, wish: Wish, by: Actor, reason: str) -> tuple[tuple[str, int], dict[str, object]]:
    matter = current.matter()
    givers = {by.on_behalf_of(role, matter) for role in HOLDING & by.roles_on(matter)}
    body: dict[str, object] = {
        "proceeding_id": current.pk, "from": wish.seen, "to": wish.to,
        "on_behalf_of": None if None in givers else min(one for one in givers if one),
    }  # fmt: skip
    if reason:
        body["reason"] = reason
    return (current.subject_kind, current.subject_id), body
