"""Answers that this process keeps for a short while: what packs state is asked for at every request.

An answer changed by this process is forgotten with `forget_kept`, one changed by another process after half
a minute at most. Only what seldom changes and is the same for everybody may be kept.
"""

import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

KEPT_SECONDS = 30.0
MOST_ANSWERS = 5_000
_answers: dict[Hashable, tuple[float, Any]] = {}


def kept(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """A function that asks again only after `KEPT_SECONDS`; its arguments must be hashable.

    Everybody is given the same answer: it must not be changed.
    """

    @wraps(ask)
    def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        return keep((ask, args, *kwargs.items()), lambda: ask(*args, **kwargs))

    return answer


def keep(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer kept under `key`, else what `ask` says now: for questions that need more than their key."""
    known = _answers.get(key)
    now = time.monotonic()
    if known is not None and now - known[0] <= KEPT_SECONDS:
        return known[1]  # type: ignore[no-any-return]
    fresh = ask()
    if len(_answers) >= MOST_ANSWERS:
        _answers.clear()
    _answers[key] = (now, fresh)
    return fresh


def forget_kept() -> None:
    """Makes the next question of each kind ask again."""
    _answers.clear()
