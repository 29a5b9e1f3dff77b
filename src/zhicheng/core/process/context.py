"""What a guard may look at, and how it says no.

>>> second = Context(now=datetime(2026, 11, 23, 9, tzinfo=UTC), actor_key="user:4", state="rectified",
...     history=(Taken("accept", "user:3", datetime(2026, 11, 20, 9, tzinfo=UTC), {}),))
>>> second.last("accept").by
'user:3'
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

__all__ = ["UTC", "Clocks", "Context", "Guard", "Refusal", "Taken"]


@dataclass(frozen=True)
class Refusal:
    """Why a step may not be taken: an English message that the shell translates, with its parameters."""

    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""

    def __str__(self) -> str:
        return self.message.format(**self.params)


@dataclass(frozen=True)
class Taken:
    """A step that was taken; `to` is the state it left the matter in, empty where that is not asked."""

    verb: str
    by: str
    at: datetime
    data: Mapping[str, Any]
    to: str = ""


@dataclass(frozen=True)
class Clocks:
    """How the clocks stand, as far as steps depend on it.

    `running` counts the limits that run, `paused` those of them that stand still, and `extended` those that have
    been extended. `over` gives the last days, now past, of limits that only allowed a step for a while.
    """

    running: int = 0
    paused: int = 0
    extended: int = 0
    over: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """Everything a guard knows. `facts` come from the record that the proceeding is about.

    `data` is what the step was given; it is empty while a screen asks which steps are open to somebody.
    """

    now: datetime
    actor_key: str
    state: str
    history: tuple[Taken, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    clocks: "Clocks" = field(default_factory=lambda: Clocks())

    def last(self, *verbs: str) -> Taken | None:
        """The latest step with one of these verbs, if any was taken."""
        return next((taken for taken in reversed(self.history) if taken.verb in verbs), None)


Guard = Callable[[Context], Refusal | None]
"""A pure function of the context: `None` lets the step pass."""
