"""Where a proceeding can stand, and the moves between its states.

>>> from zhicheng.core.access import Role
>>> received, closed = open_("received", Role.CLERK), final("closed")
>>> move = received >> closed
>>> [source.key for source in move.sources], move.target.is_open
(['received'], False)
"""

from dataclasses import dataclass
from enum import StrEnum

from zhicheng.core.access import Role


class Ending(StrEnum):
    """How a state ends, if it does: a resting state is closed but may be reopened."""

    OPEN = "open"
    RESTING = "resting"
    FINAL = "final"


@dataclass(frozen=True)
class State:
    """Where a proceeding can stand; `owner` is the role that has to act next.

    `usual` names by their verbs the one to three steps that usually come next, the likeliest first: a page shows
    them before the others.
    """

    key: str
    owner: Role | None
    ending: Ending
    label: str = ""
    usual: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.ending is Ending.OPEN

    def __rshift__(self, target: "State") -> "Move":
        return Move((self,), target)

    def __or__(self, other: "State") -> "Sources":
        return Sources((self, other))


@dataclass(frozen=True)
class Sources:
    """Several states that one step leaves."""

    states: tuple[State, ...]

    def __or__(self, other: State) -> "Sources":
        return Sources((*self.states, other))

    def __rshift__(self, target: State) -> "Move":
        return Move(self.states, target)


@dataclass(frozen=True)
class Move:
    """From any of `sources` to `target`; without a target the step stays where it is."""

    sources: tuple[State, ...]
    target: State | None


def staying(*sources: State) -> Move:
    """A move that leaves the state as it is: a note, a request, a pause."""
    return Move(sources, None)


def open_(key: str, owner: Role, label: str = "", *, usual: tuple[str, ...] = ()) -> State:
    """A state in which `owner` has to act."""
    return State(key, owner, Ending.OPEN, label or key, usual)


def resting(key: str, label: str = "", *, usual: tuple[str, ...] = ()) -> State:
    """A closed state that a step may reopen."""
    return State(key, None, Ending.RESTING, label or key, usual)


def final(key: str, label: str = "") -> State:
    """A closed state that nothing leaves."""
    return State(key, None, Ending.FINAL, label or key)
