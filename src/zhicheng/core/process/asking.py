"""What a table asks of the law and of a city: the limits of its clocks, and the catalogues that its steps offer.

>>> from datetime import date
>>> from zhicheng.core.access import Role
>>> from zhicheng.core.process.states import final, open_, staying
>>> received, closed = open_("received", Role.CLERK), final("closed")
>>> letter = Process(key="letter", label="Letter", in_force=date(2020, 1, 1), states=(received, closed), steps=(
...     Step("answer", received >> closed, Role.CLERK, within="letter.answer"),
...     Step("extend", staying(received), Role.LEADER, effects=frozenset({Effect.EXTEND}))))
>>> sorted(limits_asked(letter)), catalogues_asked(letter)
(['letter.answer', 'letter.answer.extension'], frozenset())
"""

from zhicheng.core.process.needs import NeedKind
from zhicheng.core.process.steps import ClockRule, Effect, Step
from zhicheng.core.process.table import Process

EXTENSION = ".extension"
"""What the key of a limit's extension ends with."""


def limits_asked(process: Process) -> frozenset[str]:
    """The keys of its limits, of their extensions where a step can extend them, and of those that bound a step."""
    stated = [rule for rule in process.clocks if isinstance(rule.limit, str)]
    longer = [step for step in process.steps if Effect.EXTEND in step.effects]
    extended = {f"{rule.limit}{EXTENSION}" for rule in stated for step in longer if _runs_in(rule, step)}
    bounds = {step.until for step in process.steps if step.until}
    return frozenset(str(rule.limit) for rule in stated) | extended | bounds


def catalogues_asked(process: Process) -> frozenset[str]:
    """The catalogues from which its opening and its steps take terms."""
    asked = (process.opening, *(step.needs for step in process.steps))
    codes = (need for needs in asked for need in needs if need.kind is NeedKind.CODE)
    return frozenset(catalogue for need in codes for catalogue in need.catalogues)


def _runs_in(rule: ClockRule, step: Step) -> bool:
    return any(source.key in rule.states for source in step.move.sources)
