"""Whether a step that comes too late is one that was taken already: a form sent twice has one effect."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.ground.proceedings.data import check_data
from zhicheng.ground.proceedings.kept import hashes_of
from zhicheng.ground.proceedings.situation import Situation


def is_repeated(
    situation: Situation, *, seen: int, verb: str, by: Actor, now: datetime, data: Mapping[str, Any]
) -> bool:
    """Whether the step after the one that the person saw is this very one: by the same person, with the same data.

    Another text under the same button is another step, and must not be lost.
    """
    if not 0 < seen < len(situation.history):
        return False
    before, taken = situation.history[seen - 1 : seen + 1]
    step = situation.process.step(before.to, verb)
    if step is None or (taken.verb, taken.by) != (verb, by.key):
        return False
    checked = check_data(
        needs=step.needs, data=data, matter=situation.matter, today=local(now).date(),
        opened_on=situation.opened_on,
    )  # fmt: skip
    recalled = {need.key for need in step.recalls}
    given = {key: value for key, value in taken.data.items() if key not in recalled}
    return not checked.refusals and given == checked.stored | hashes_of(step.needs, checked.values)
