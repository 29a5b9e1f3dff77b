"""Where a record stands: its state as a mark, and the milestones from the first state to the last."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from zhicheng.core.access import Role
from zhicheng.core.process import Process, State
from zhicheng.ground.proceedings.api import Step
from zhicheng.ground.ui.marks import StateMark, Tone
from zhicheng.ground.ui.templatetags.house import day

ENDED_BADLY = frozenset({"rejected", "unfounded", "withdrawn"})


@dataclass(frozen=True)
class Milestone:
    """One place on the way: `state` is done, current, next or wrong; `when` the day it was reached."""

    label: str
    state: str
    when: str = ""


def state_mark(process: Process, state: str) -> StateMark:
    """A state as word, icon and colour."""
    found = process.state(state)
    if state in ENDED_BADLY:
        return StateMark(gettext(found.label), Tone.NEUTRAL, "circle-slash")
    if not found.is_open:
        return StateMark(gettext(found.label), Tone.DONE)
    waiting = found.owner is not None and found.owner not in ("clerk", "officer", "caller", "system")
    return StateMark(gettext(found.label), Tone.WAITING if waiting else Tone.ACTIVE)


def progress_of(process: Process, path: Sequence[str], state: str, steps: Sequence[Step]) -> tuple[Milestone, ...]:
    """The milestones of `path` (keys of states), the current one marked; a state beside the path stands last."""
    reached = {step.to_state: day(step.at) for step in steps}
    if state not in path:
        passed = [key for key in path if key in reached]
        ended = Milestone(
            gettext(process.state(state).label), _beside(process.state(state)), reached.get(state, "")
        )
        return (*(_passed(process, key, reached) for key in passed), ended)
    here = path.index(state)
    finished = not process.state(state).is_open
    milestones = []
    for place, key in enumerate(path):
        if place < here or (place == here and finished):
            milestones.append(_passed(process, key, reached))
        else:
            label = gettext(process.state(key).label)
            milestones.append(Milestone(label, "current" if place == here else "next", reached.get(key, "")))
    return tuple(milestones)


def _beside(state: State) -> str:
    """How a state beside the path is marked; to wait for the system is nothing wrong."""
    if state.is_open:
        return "current" if state.owner is Role.SYSTEM else "wrong"
    return "wrong" if state.key in ENDED_BADLY else "done"


def _passed(process: Process, key: str, reached: dict[str, str]) -> Milestone:
    return Milestone(gettext(process.state(key).label), "done", reached.get(key, ""))
