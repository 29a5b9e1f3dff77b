"""Time that stands still, and more time: once, and with a leader's approval."""

from zhicheng.core.access import Role
from zhicheng.core.process import NOTE, REASON, Effect, Need, NeedKind, State, Step, staying
from zhicheng.core.words import words

WHY_PAUSED = Need("why", NeedKind.CODE, words("Reason"), catalogue="case.pause")


def pausing(*states: State) -> tuple[Step, Step]:
    """The limits stand still for a stated reason, and run on."""
    return (
        Step(
            "pause", staying(*states), Role.OFFICER, words("Let the time stand still"), needs=(WHY_PAUSED, NOTE),
            effects=frozenset({Effect.PAUSE}), notify=(Role.REPORTER,),
        ),
        Step(
            "resume", staying(*states), Role.OFFICER, words("Let the time run on"), needs=(NOTE,),
            effects=frozenset({Effect.RESUME}), notify=(Role.REPORTER,),
        ),
    )  # fmt: skip


def extending(*states: State) -> Step:
    """The limit that runs is lengthened: once."""
    return Step(
        "extend", staying(*states), Role.OFFICER, words("Extend the limit"), needs=(REASON,),
        approval=Role.LEADER, effects=frozenset({Effect.EXTEND}), notify=(Role.OFFICER, Role.REPORTER),
    )  # fmt: skip
