"""One instruction on one page."""

from dataclasses import dataclass
from datetime import datetime

from zhicheng.core.access import Actor
from zhicheng.ground.instructions.models import SUBJECT, Instruction
from zhicheng.ground.instructions.queries import titles_of
from zhicheng.ground.instructions.rules import INSTRUCTION
from zhicheng.ground.packs.api import working_calendar
from zhicheng.ground.proceedings.api import (
    Proceeding,
    list_history,
    list_proceedings,
    read_situation,
    steps_offered,
    subject_kind,
)
from zhicheng.ground.ui.marks import ClockMark, StateMark, clock_mark
from zhicheng.ground.ui.offers import offer_label
from zhicheng.ground.ui.record import Audience, Happening, list_happenings, state_mark
from zhicheng.ground.ui.step_form import StepForm


@dataclass(frozen=True)
class Action:
    """A step that the viewer may take, with its form."""

    label: str
    form: StepForm
    open: bool


@dataclass(frozen=True)
class InstructionPage:
    """Everything that the page shows to one viewer."""

    number: str
    title: str
    address: str
    state: StateMark
    clock: ClockMark | None
    holder: str
    actions: tuple[Action, ...]
    happenings: tuple[Happening, ...]


def build_page(
    instruction: Instruction, actor: Actor, *, now: datetime, refused: StepForm | None
) -> InstructionPage:
    """The page as `actor` may see it; a form that was refused stands in the place of its fresh one."""
    proceedings = [one for one in list_proceedings((SUBJECT, instruction.pk)) if actor.sees(one.matter())]
    shown = {one.id for one in proceedings}
    main = next((one for one in proceedings if one.kind == INSTRUCTION.key), proceedings[0])
    steps = [step for step in list_history((SUBJECT, instruction.pk)) if step.proceeding_id in shown]
    number, title = titles_of([instruction.pk])[instruction.pk]
    return InstructionPage(
        number=number,
        title=title,
        address=subject_kind(instruction.about_kind).address(instruction.about_id),
        state=state_mark(INSTRUCTION, main.state),
        clock=clock_mark(main.due_at, now, working_calendar()),
        holder=main.holder.name if main.holder else "",
        actions=tuple(_actions(proceedings, actor, now, refused)),
        happenings=tuple(list_happenings(steps, Audience.STAFF, main.area.path)),
    )


def _actions(proceedings: list[Proceeding], actor: Actor, now: datetime, refused: StepForm | None) -> list[Action]:
    actions = [] if refused is None else [Action(offer_label(refused.step), refused, open=True)]
    for proceeding in proceedings:
        situation = read_situation(proceeding.id) if proceeding.is_open else None
        if situation is None:
            continue
        for step in steps_offered(situation, actor, now):
            form = StepForm(situation, step, now=now)
            if refused is None or form.prefix != refused.prefix:
                actions.append(Action(offer_label(step), form, open=not actions and not step.grave))
    return actions
