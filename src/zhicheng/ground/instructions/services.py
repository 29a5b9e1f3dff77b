"""Writing an instruction, and what follows from its steps."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhicheng.core.access import Actor, Domain, Role, Subject
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.access.api import list_users_acting, superior_body
from zhicheng.ground.instructions.models import SUBJECT, Instruction
from zhicheng.ground.instructions.queries import instructed_matter, titles_of
from zhicheng.ground.instructions.rules import ESCALATION, INSTRUCTION, LATE
from zhicheng.ground.notices.api import Recipient, notify
from zhicheng.ground.proceedings.api import (
    SYSTEM,
    Proceeding,
    Taking,
    open_proceeding,
    open_together,
    proceeding_of,
    settle,
    subject_kind,
)


@transaction.atomic
def instruct(*, about: Subject, told: Mapping[str, Any], key: UUID, by: Actor, now: datetime) -> Instruction:
    """Writes an instruction on the record's open matter, and tells the officers who have to answer it.

    The same `key` writes one. Raises StepRefused with one refusal per answer that is missing or wrong, and
    Refused if the actor leads no body that has an open matter of the record.
    """
    matter = instructed_matter(about, by)
    if matter is None:
        raise Refused(words("Only a leader of the body that has the open matter writes an instruction on it."))
    instruction, fresh = Instruction.objects.get_or_create(
        key=key, defaults={"about_kind": about[0], "about_id": about[1], "matter": matter, "written_at": now}
    )
    if not fresh:
        return instruction
    assert matter.holder_id is not None
    open_together(
        processes=[INSTRUCTION], subject=(SUBJECT, instruction.pk), area=matter.area, holder=matter.holder_id,
        domain=Domain(matter.domain), told=told, by=by, now=now, simulated=matter.simulated,
    )  # fmt: skip
    _tell(instruction.pk, Role.OFFICER, "instruction_written", now)
    return instruction


def follow(taking: Taking) -> None:
    """An instruction that fell late goes to the superior body; one that is answered is no longer late there."""
    if taking.step.verb == "fall_late":
        _raise(taking)
    elif taking.before.process.key == INSTRUCTION.key:
        settle(taking.before.subject, now=taking.now)


def facts_of(instruction: int) -> Mapping[str, Any]:
    """What guards may know: whether the instruction is late and unanswered."""
    current = proceeding_of((SUBJECT, instruction), INSTRUCTION.key)
    return {"late": current is not None and current.state == LATE.key}


def _raise(taking: Taking) -> None:
    current = Proceeding.objects.select_related("area").get(id=taking.before.id)
    assert current.holder_id is not None
    superior = superior_body(
        holder=current.holder_id, area_path=current.area.path, domain=Domain(current.domain),
        on=local(taking.now).date(),
    )  # fmt: skip
    if superior is None:
        return
    open_proceeding(
        process=ESCALATION, subject=taking.before.subject, area=current.area, holder=superior, by=SYSTEM,
        now=taking.now, domain=Domain(current.domain), simulated=current.simulated,
    )  # fmt: skip
    _tell(taking.before.subject[1], Role.LEADER, "instruction_late", taking.now, kind=ESCALATION.key)


def _tell(instruction: int, role: Role, template: str, now: datetime, kind: str = INSTRUCTION.key) -> None:
    """Tells whoever acts in the role on one of the instruction's proceedings."""
    subject: Subject = (SUBJECT, instruction)
    current = proceeding_of(subject, kind)
    assert current is not None
    number, _ = titles_of([instruction])[instruction]
    due = local(current.due_at).date().isoformat() if current.due_at else None
    notify(
        recipients=[Recipient.user(u.pk) for u in list_users_acting(current.matter(), role, local(now).date())],
        template=template, params={"number": number, "due": due}, subject=subject, now=now,
        occasion=f"{current.pk}.{current.last_step}", link=subject_kind(SUBJECT).address(instruction),
        area=current.area,
    )  # fmt: skip
