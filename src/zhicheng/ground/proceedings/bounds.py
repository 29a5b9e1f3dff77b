"""Limits that allow a step for a while only, such as the return of what was transferred."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise

from zhicheng.core.clock import due_at
from zhicheng.core.clock.due import local
from zhicheng.core.process import Process, Taken
from zhicheng.core.refused import Unprepared
from zhicheng.ground.packs.api import limit_for, working_calendar

_HANDED_OVER = ("transfer", "return")


def bounds_over(
    process: Process, state: str, history: Sequence[Taken], *, area: str, opened_on: date, now: datetime
) -> Mapping[str, date]:
    """The last days of those limits that steps of the state name as `until` and that have run out, by key.

    A limit that nobody can work out bounds nothing: the step stays open.
    """
    keys = {step.until for step in process.steps_from(state) if step.until}
    over = {}
    for key in sorted(keys) if history else ():
        try:
            limit = limit_for(key=key, area=area, on=opened_on)
            ends = due_at(_arrived_at(history), limit, working_calendar())
        except Unprepared:
            continue
        if ends is not None and now > ends:
            over[key] = local(ends).date()
    return over


def _arrived_at(history: Sequence[Taken]) -> datetime:
    """When the matter came into its state, or to the body that has it."""
    arrivals = [
        after for before, after in pairwise(history) if after.to != before.to or after.verb in _HANDED_OVER
    ]
    return arrivals[-1].at if arrivals else history[0].at
