"""Who is told of a step: the roles that the table names, found where the matter now is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime

from zhicheng.core.access import HOLDING, Matter, Part, Role
from zhicheng.core.clock.due import local
from zhicheng.core.process import Effect
from zhicheng.ground.access.api import list_users_acting
from zhicheng.ground.notices.api import Recipient, notify
from zhicheng.ground.proceedings.models import Proceeding
from zhicheng.ground.proceedings.registry import list_processes, process_version, subject_kind
from zhicheng.ground.proceedings.situation import Taking

_silent: ContextVar[bool] = ContextVar("silent", default=False)


@contextmanager
def silenced() -> Iterator[None]:
    """Within the block nobody is told of anything: for invented and for historical matters."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def is_silenced() -> bool:
    """Whether this is within `silenced()`: whoever tells others of steps tells nobody."""
    return _silent.get()


def tell(taking: Taking) -> None:
    """Writes the notices of a step, in its transaction."""
    if _silent.get() or not taking.step.notify:
        return
    moved = Proceeding.objects.select_related("area").get(id=taking.before.id)
    kind = subject_kind(moved.subject_kind)
    number, _ = kind.titles([moved.subject_id])[moved.subject_id]
    state = taking.before.process.state(taking.to_state).label
    for role in taking.step.notify:
        outside = role is Role.REPORTER
        notify(
            recipients=list(_recipients(role, moved, taking)),
            template="reported_moved"
            if outside
            else "matter_yours"
            if moved.owner_role == role
            else "matter_moved",
            params={
                "number": number,
                "step": taking.step.label,
                "state": state,
                "due": _due(moved),
            },
            subject=taking.before.subject,
            now=taking.now,
            occasion=f"{moved.id}.{taking.number}",
            link=kind.public_address(moved.subject_id) if outside else kind.address(moved.subject_id),
            area=moved.area,
            process=moved.kind,
            step=taking.step.verb,
            obliged=outside and taking.step.is_owed,
        )


def tell_owner(proceeding: int, *, now: datetime) -> None:
    """Tells whoever has to act first in a matter that was opened for their body: it is theirs."""
    if _silent.get():
        return
    opened = Proceeding.objects.select_related("area").get(id=proceeding)
    kind, subject = subject_kind(opened.subject_kind), (opened.subject_kind, opened.subject_id)
    number, _ = kind.titles([opened.subject_id])[opened.subject_id]
    state = process_version(opened.kind, opened.version).state(opened.state).label
    owners = list_users_acting(opened.matter(), Role(opened.owner_role), local(now).date())
    notify(
        recipients=[Recipient.user(one.id) for one in owners], template="matter_yours",
        params={"number": number, "state": state, "due": _due(opened)}, subject=subject, now=now,
        occasion=f"{opened.id}.1", link=kind.address(opened.subject_id), area=opened.area, process=opened.kind,
    )  # fmt: skip


def _due(proceeding: Proceeding) -> str | None:
    return local(proceeding.due_at).date().isoformat() if proceeding.due_at else None


def _recipients(role: Role, moved: Proceeding, taking: Taking) -> Iterator[Recipient]:
    if role is Role.REPORTER:
        contact = subject_kind(moved.subject_kind).contact(moved.subject_id)
        if contact is not None:
            yield Recipient.contact(contact)
        return
    for user in list_users_acting(_matter(role, moved, taking), role, local(taking.now).date()):
        yield Recipient.user(user.id)


def _matter(role: Role, moved: Proceeding, taking: Taking) -> Matter:
    """The matter as it stands after the step; of assisting bodies only the one that the step involves.

    The company that a step releases is told of that, though it no longer takes part.
    """
    matter = moved.matter()
    if role is Role.COMPANY and Effect.RELEASE in taking.step.effects:
        return replace(matter, parts=taking.before.matter.parts)
    if role is Role.ASSISTING:
        return replace(matter, parts={int(taking.data["body"]): Part.ASSISTING})
    if role in HOLDING:
        handler = subject_kind(moved.subject_kind).handler(moved.subject_id)
        return replace(matter, holder=handler or matter.holder)
    return matter


def steps_told() -> dict[str, dict[str, str]]:
    """The label of every step that tells somebody, by process and verb."""
    told: dict[str, dict[str, str]] = {}
    for process in list_processes():
        for step in process.steps:
            if step.notify:
                told.setdefault(process.key, {})[step.verb] = step.label
    return told
