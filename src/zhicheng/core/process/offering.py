"""What usually comes next, and what each of the other steps is for: the order in which a page offers them.

A state names the one to three steps that usually follow it, the likeliest first. A step that asks for approval
stands there under its own verb: its request, its approval and its refusal take the same place.

>>> from datetime import date
>>> from zhicheng.core.access import Role
>>> from zhicheng.core.process.states import final, open_
>>> received, closed = open_("received", Role.CLERK, usual=("answer",)), final("closed")
>>> letter = Process(key="letter", label="Letter", in_force=date(2020, 1, 1), states=(received, closed), steps=(
...     Step("answer", received >> closed, Role.CLERK), Step("drop", received >> closed, Role.CLERK, grave=True)))
>>> [usual_place(letter, received.key, step) for step in letter.steps]
[0, None]
>>> [purpose_of(letter, received.key, step).value for step in letter.steps]
['forward', 'ending']
"""

from enum import StrEnum

from zhicheng.core.process.steps import Effect, Step
from zhicheng.core.process.table import Process

_ANSWERS = ("request_", "decline_")
_OTHERS = frozenset({Effect.TRANSFER, Effect.RETURN, Effect.INVOLVE, Effect.INVITE, Effect.REFILE})
_TIME = frozenset({Effect.PAUSE, Effect.RESUME, Effect.EXTEND, Effect.RESTART})


class Purpose(StrEnum):
    """What a step is for, in the order in which a page groups them."""

    FORWARD = "forward"
    """Brings the matter into its next state."""
    OTHERS = "others"
    """Hands the matter on, or brings somebody else in."""
    TIME = "time"
    """Stops its clocks, lets them run on, or gives more time."""
    RECORD = "record"
    """Leaves the matter where it is and writes something down."""
    ENDING = "ending"
    """Ends or refuses something."""
    INSIDE = "inside"
    """Is read by the bodies alone."""


def purpose_of(process: Process, state: str, step: Step) -> Purpose:
    """What a step is for when it is taken in `state`, read from the table; a request is for what it asks for."""
    step = process.step(state, step.verb.removeprefix("request_")) or step
    if step.grave and Effect.REFILE not in step.effects:
        return Purpose.ENDING
    if step.effects & _OTHERS:
        return Purpose.OTHERS
    if step.effects & _TIME:
        return Purpose.TIME
    if step.internal:
        return Purpose.INSIDE
    return Purpose.RECORD if step.target_from(state) == state else Purpose.FORWARD


def usual_place(process: Process, state: str, step: Step) -> int | None:
    """The place of a step among those that usually come next, from 0; None if it is none of them.

    What answers a standing request comes first: it can be taken only while one stands.
    """
    verb = next((step.verb.removeprefix(one) for one in _ANSWERS if step.verb.startswith(one)), step.verb)
    if step.approves or step.verb.startswith("decline_"):
        return 0
    usual = process.state(state).usual
    return usual.index(verb) if verb in usual else None
