"""Proceedings as data: states, steps, needs, guards and clocks of one kind of work, versioned by date.

A table is frozen and checked when it is made. Everything that a user meets (buttons, forms, API actions,
clocks, inbox rows, diagrams, tests) is derived from it; nothing else decides what may happen.
"""

from zhicheng.core.process.context import Context, Guard, Refusal, Taken
from zhicheng.core.process.needs import Need, NeedKind
from zhicheng.core.process.rules import available, refusal_of
from zhicheng.core.process.table import (
    Automatic,
    ClockRule,
    DueBy,
    Move,
    Process,
    ProcessError,
    State,
    Step,
    final,
    open_,
    resting,
)

__all__ = [
    "Automatic",
    "ClockRule",
    "Context",
    "DueBy",
    "Guard",
    "Move",
    "Need",
    "NeedKind",
    "Process",
    "ProcessError",
    "Refusal",
    "State",
    "Step",
    "Taken",
    "available",
    "final",
    "open_",
    "refusal_of",
    "resting",
]
