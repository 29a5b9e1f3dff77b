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
    """The milestones of `path` (keys of states): those that were reached, where the matter stands, what is ahead.

    What a matter passed by without standing there is left out. Of a state beside the path, an open one has the
    path's end ahead of it, unless it waits for the system; an ended one has nothing. A step that leaves the matter
    where it stands, as the correction of its category does, is no arrival.
    """
    reached = {step.to_state: day(step.at) for step in steps if step.from_state != step.to_state}
    here, on_path = process.state(state), state in path
    behind = path[: path.index(state)] if on_path else path
    ahead = path[path.index(state) + 1 :] if on_path else path[-1:]
    if not here.is_open or (not on_path and here.owner is Role.SYSTEM):
        ahead = ()
    return (
        *(_milestone(process, key, "done", reached[key]) for key in behind if key in reached),
        _milestone(process, state, _standing(here, on_path=on_path), reached.get(state, "")),
        *(_milestone(process, key, "next") for key in ahead),
    )


def _standing(state: State, *, on_path: bool) -> str:
    """How the state is marked in which a matter stands."""
    if state.is_open:
        return "current"
    return "wrong" if state.key in ENDED_BADLY and not on_path else "done"


def _milestone(process: Process, key: str, state: str, when: str = "") -> Milestone:
    return Milestone(gettext(process.state(key).label), state, when)
