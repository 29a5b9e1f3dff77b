"""When programs are told, and how long it is tried: as this administration decided."""

from datetime import timedelta
from enum import StrEnum

from zhicheng.core.words import words


class Event(StrEnum):
    """What a program can be told of."""

    OPENED = "case.opened"
    STEP = "case.step"
    CLOSED = "case.closed"


FIRST_PAUSE = timedelta(seconds=30)
GROWTH = 3
MOST_ATTEMPTS = 8
"""With pauses of 30 s, 1 min 30, 4 min 30 … the last attempt is about nine hours after the first."""
MOST_FAILURES = 5
"""So many deliveries given up one after another disable a subscription."""
MOST_SUBSCRIPTIONS = 10
TIMEOUT_S = 10.0
KEPT = timedelta(days=30)
GIVEN_UP = words("Given up after repeated failures.")
NOT_THEIRS = words("The key ended, or the case is no longer its to see.")
DISABLED = words("The subscription was disabled.")


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts (1 or more).

    >>> [str(pause_after(attempts)) for attempts in (1, 2, 7)]
    ['0:00:30', '0:01:30', '6:04:30']
    """
    return FIRST_PAUSE * int(GROWTH ** (attempts - 1))
