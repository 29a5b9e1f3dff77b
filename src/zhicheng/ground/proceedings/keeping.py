"""Records that have to stay as they are: whoever keeps them so says it here, and whoever would change one asks.

An open matter is never kept: while somebody has to act on it, it changes. So steps ask only once it has ended.
"""

from collections.abc import Callable

from zhicheng.core.access import Subject
from zhicheng.core.process import Refusal
from zhicheng.core.refused import Refused

Keeper = Callable[[Subject], Refusal | None]
"""Why a record has to stay as it is, or None if this keeper has nothing against a change."""
_keepers: list[Keeper] = []


def keep_unchanged(keeper: Keeper) -> None:
    """Has `keeper` asked before a record that has ended is changed; called from the `ready()` of an app."""
    _keepers.append(keeper)


def why_kept(subject: Subject) -> Refusal | None:
    """Why the record has to stay as it is; None if it may be changed."""
    return next(filter(None, (keeper(subject) for keeper in _keepers)), None)


def refuse_if_kept(subject: Subject) -> None:
    """Raises Refused if the record has to stay as it is."""
    if (refusal := why_kept(subject)) is not None:
        raise Refused(refusal.message, **refusal.params)
