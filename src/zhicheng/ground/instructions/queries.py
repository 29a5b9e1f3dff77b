"""Reads of instructions."""

from collections.abc import Iterable

from zhicheng.core.access import Actor, Role, Subject
from zhicheng.ground.instructions.models import SUBJECT, Instruction
from zhicheng.ground.instructions.rules import INSTRUCTION
from zhicheng.ground.proceedings.api import Proceeding, list_proceedings, subject_kind


def instructed_matter(about: Subject, actor: Actor) -> Proceeding | None:
    """The open matter of a record on which the actor may write: as a leader of the body that has it."""
    if about[0] == SUBJECT:
        return None  # nobody writes an instruction on an instruction
    open_ones = (one for one in reversed(list_proceedings(about)) if one.is_open and one.holder_id is not None)
    return next((one for one in open_ones if Role.LEADER in actor.roles_on(one.matter())), None)


def list_instructions(about: Subject, actor: Actor) -> list[tuple[Instruction, Proceeding]]:
    """The instructions on a record that the actor may see, the latest first, each with where it stands."""
    found = list(
        Instruction.objects.visible_to(actor).filter(about_kind=about[0], about_id=about[1]).order_by("-id")
    )
    standing = _standing(one.pk for one in found)
    return [(one, standing[one.pk]) for one in found]


def _standing(ids: Iterable[int]) -> dict[int, Proceeding]:
    found = Proceeding.objects.filter(subject_kind=SUBJECT, subject_id__in=list(ids), kind=INSTRUCTION.key)
    return {one.subject_id: one for one in found}


def list_text_subjects(about: Subject) -> list[Subject]:
    """Where the texts of a record's instructions are kept: for whoever empties what the record says of people."""
    instructions = Instruction.objects.filter(about_kind=about[0], about_id=about[1]).values("id")
    found = Proceeding.objects.filter(subject_kind=SUBJECT, subject_id__in=instructions)
    return [("proceeding", pk) for pk in found.order_by("id").values_list("id", flat=True)]


def titles_of(ids: list[int]) -> dict[int, tuple[str, str]]:
    """Number and title of the records that the instructions are about, a query for each kind of record."""
    found = list(Instruction.objects.filter(id__in=ids))
    titles: dict[int, tuple[str, str]] = {}
    for kind in {one.about_kind for one in found}:
        own = [one for one in found if one.about_kind == kind]
        known = subject_kind(kind).titles([one.about_id for one in own])
        titles |= {one.pk: known[one.about_id] for one in own}
    return titles
