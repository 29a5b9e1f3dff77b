"""Who held a matter before, read from its history.

>>> from datetime import UTC, datetime
>>> at = datetime(2026, 11, 23, 9, tzinfo=UTC)
>>> history = (Taken("open", "reporter:1", at, {"holder": 7}), Taken("transfer", "user:3", at, {"body": 8}))
>>> former_holder(history)
7
"""

from zhicheng.core.process.context import Context, Refusal, Taken
from zhicheng.core.words import words


def former_holder(history: tuple[Taken, ...]) -> int | None:
    """The body that transferred the matter last and has not had it back; None if nobody has."""
    givers: list[int | None] = []
    holder: int | None = None
    for taken in history:
        if taken.verb == "open":
            holder = taken.data.get("holder")
        elif taken.verb == "transfer":
            givers.append(holder)
            holder = taken.data["body"]
        elif taken.verb == "return" and givers:
            holder = givers.pop()
    return givers[-1] if givers else None


def was_transferred(context: Context) -> Refusal | None:
    """Guard: only what was transferred here can be returned."""
    if former_holder(context.history) is None:
        return Refusal(words("Nobody has transferred this matter, so it cannot be returned."))
    return None
