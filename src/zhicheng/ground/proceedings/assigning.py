"""Who in a body handles a matter: taken, handed to a colleague, given back.

It ends when the matter leaves the body: the trigger that moves a proceeding to another holder sees to that.
"""

from datetime import datetime

from django.db import transaction

from zhicheng.core.access import COVERING, HOLDING, Actor, Role
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.access.api import User, list_users_acting
from zhicheng.ground.ledger.api import record
from zhicheng.ground.notices.api import Recipient, notify
from zhicheng.ground.proceedings.locking import lock_proceeding
from zhicheng.ground.proceedings.models import Proceeding
from zhicheng.ground.proceedings.registry import subject_kind

NOBODYS = COVERING | {Role.SYSTEM}
"""Whose turn it is in matters that no single person of the body handles."""


class AssignedMeanwhile(Refused):
    """Somebody else took the matter, or was handed it, after the person last saw whose it was."""


def may_assign(proceeding: Proceeding, by: Actor) -> bool:
    """Whether the actor is a clerk, an officer or a leader of the body that has this open matter.

    A call-back is nobody's in that body: whoever covers the place makes it. What waits for the system is nobody's
    either: the loop of a case, while departments have it.
    """
    open_here = proceeding.is_open and proceeding.owner_role not in NOBODYS
    return open_here and not HOLDING.isdisjoint(by.roles_on(proceeding.matter()))


def list_assignable(proceeding: Proceeding, now: datetime) -> list[User]:
    """Everybody who may handle the matter where it now lies, by name: whom it can be handed to."""
    found = list_users_acting(proceeding.matter(), HOLDING, local(now).date())
    return sorted(found, key=lambda user: (user.name, user.pk))


@transaction.atomic
def assign(*, proceeding: int, to: int | None, seen: int | None, by: Actor, now: datetime) -> None:
    """Makes a matter somebody's, or nobody's if `to` is None; `seen` is whose it was when the person looked.

    An entry in the record's chain, and no step. Whoever is handed a matter is told. Assigning it to whom it
    belongs already changes nothing. Raises Proceeding.DoesNotExist if the actor does not see the matter, Refused
    if they may not assign it or the other may not handle it, and AssignedMeanwhile.
    """
    current = lock_proceeding(proceeding)
    matter = current.matter()
    if not by.sees(matter):
        raise Proceeding.DoesNotExist(f"proceeding {proceeding}")
    if not may_assign(current, by):
        raise Refused(
            words("Only clerks, officers and leaders of the body that has the matter say who handles it.")
        )
    if current.assignee_id == to:
        return
    if current.assignee_id != seen:
        raise AssignedMeanwhile(
            words("Somebody else changed meanwhile who handles this matter; look at it again.")
        )
    if to is not None and to not in {user.pk for user in list_assignable(current, now)}:
        raise Refused(words("This person cannot handle the matter: they have no role in the body that has it."))
    givers = {by.on_behalf_of(role, matter) for role in HOLDING & by.roles_on(matter)}
    body = {
        "proceeding_id": current.pk,
        "from": current.assignee_id,
        "to": to,
        "on_behalf_of": None if None in givers else min(one for one in givers if one),
    }
    current.assignee_id = to
    current.save(update_fields=["assignee"])
    record(subject=(current.subject_kind, current.subject_id), act="assign", by=by, now=now, body=body)
    if to is not None and to != by.user_id:
        _tell(current, to, now)


def _tell(proceeding: Proceeding, user_id: int, now: datetime) -> None:
    kind = subject_kind(proceeding.subject_kind)
    number, _ = kind.titles([proceeding.subject_id])[proceeding.subject_id]
    notify(
        recipients=[Recipient.user(user_id)],
        template="matter_handed",
        params={
            "number": number,
            "due": local(proceeding.due_at).date().isoformat() if proceeding.due_at else None,
        },
        subject=(proceeding.subject_kind, proceeding.subject_id),
        now=now,
        link=kind.address(proceeding.subject_id),
        area=proceeding.area,
    )
