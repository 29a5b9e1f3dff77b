"""Proceedings as data: states, steps, needs, guards and clocks of one kind of work, versioned by date.

A table is frozen and checked when it is made. Everything that a user meets (buttons, forms, API actions,
clocks, inbox rows, diagrams, tests) is derived from it; nothing else decides what may happen.
"""

from zhicheng.core.process.approval import awaited_approver
from zhicheng.core.process.asking import catalogues_asked, limits_asked
from zhicheng.core.process.context import Clocks, Context, Guard, Refusal, Taken
from zhicheng.core.process.dates import not_before
from zhicheng.core.process.money import MOST_YUAN, NO_AMOUNT, read_yuan
from zhicheng.core.process.needs import AMONG_BODIES, NOTE, REASON, Need, NeedKind
from zhicheng.core.process.offering import Purpose, purpose_of, usual_place
from zhicheng.core.process.rules import available, refusal_of
from zhicheng.core.process.states import Ending, Move, Sources, State, final, open_, resting, staying
from zhicheng.core.process.steps import WAS, Automatic, ClockRule, DueBy, Effect, Step
from zhicheng.core.process.table import Process, ProcessError
from zhicheng.core.process.transfers import former_holder, was_transferred

__all__ = [
    "AMONG_BODIES",
    "MOST_YUAN",
    "NOTE",
    "NO_AMOUNT",
    "REASON",
    "WAS",
    "Automatic",
    "ClockRule",
    "Clocks",
    "Context",
    "DueBy",
    "Effect",
    "Ending",
    "Guard",
    "Move",
    "Need",
    "NeedKind",
    "Process",
    "ProcessError",
    "Purpose",
    "Refusal",
    "Sources",
    "State",
    "Step",
    "Taken",
    "available",
    "awaited_approver",
    "catalogues_asked",
    "final",
    "former_holder",
    "limits_asked",
    "not_before",
    "open_",
    "purpose_of",
    "read_yuan",
    "refusal_of",
    "resting",
    "staying",
    "usual_place",
    "was_transferred",
]
