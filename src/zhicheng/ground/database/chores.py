"""What is done once a night so that nothing personal stays longer than it is needed.

An app registers what it has to clear away; the worker does it all, and `zhicheng upkeep` does it now.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog

Clear = Callable[[datetime], int]
"""Clears what is over at a moment; returns how much that was. Doing it again clears nothing more."""
log = structlog.get_logger("zhicheng.upkeep")


@dataclass(frozen=True)
class Done:
    """What became of a chore; `cleared` is None if it failed, which the log explains."""

    chore: str
    cleared: int | None


_chores: dict[str, Clear] = {}


def register_chore(chore: str, clear: Clear) -> None:
    """Has `clear` called every night; `chore` names what it clears away. Called from an app's `ready()`."""
    if chore in _chores:
        raise ValueError(f"the chore {chore} is there already")
    _chores[chore] = clear


def do_chores(now: datetime) -> Iterator[Done]:
    """Does every chore; one that fails is written down and does not keep the others from being done."""
    for chore, clear in sorted(_chores.items()):
        try:
            yield Done(chore, clear(now))
        except Exception:
            log.exception("a chore failed", chore=chore)
            yield Done(chore, None)
