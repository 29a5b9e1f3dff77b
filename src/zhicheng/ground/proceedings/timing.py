"""Which clocks a step starts, stops, pauses and lengthens."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from zhicheng.core.clock import LOCAL, Limit, Pause, due_at
from zhicheng.core.clock.due import local
from zhicheng.core.process import ClockRule, DueBy, Effect, Process, Step
from zhicheng.ground.packs.api import limit_for, working_calendar
from zhicheng.ground.proceedings.situation import RunningClock, Situation


@dataclass(frozen=True)
class ClockChanges:
    """What a step does to the clocks: `begun` have no id yet."""

    begun: tuple[RunningClock, ...] = ()
    changed: tuple[RunningClock, ...] = ()
    ended: tuple[int, ...] = ()
    due_at: datetime | None = None
    paused: bool = False


@dataclass(frozen=True)
class LimitSource:
    """Where limits are looked up: the area and the day of opening, whose rules a proceeding keeps."""

    area_path: str
    opened_on: date

    def limit(self, key: str) -> Limit:
        """The limit called `key`: the pack's, else the law's."""
        return limit_for(key=key, area=self.area_path, on=self.opened_on)


def opening_clocks(
    process: Process, area_path: str, opened_at: datetime, data: Mapping[str, Any], since: datetime | None = None
) -> ClockChanges:
    """The clocks that start when a proceeding opens; `data` holds the dates that it was opened with.

    They count from `since`, if the body had the matter before, by the limits of the day of opening.
    """
    source = LimitSource(area_path, local(opened_at).date())
    return _settled((), _begun(process, "", process.initial.key, source, since or opened_at, data), ())


def clocks_after(
    situation: Situation, *, step: Step, to_state: str, now: datetime, data: Mapping[str, Any]
) -> ClockChanges:
    """What `step` does to the running clocks."""
    source = LimitSource(situation.matter.area_path, situation.opened_on)
    rules = {limit_name(rule.limit): rule for rule in situation.process.clocks}
    anew = Effect.RESTART in step.effects
    ended = tuple(
        c.id for c in situation.clocks if to_state not in rules[c.limit_key].states or (anew and not c.is_date)
    )
    kept = [_redated(clock, data) for clock in situation.clocks if clock.id not in ended]
    changed = tuple(_affected(clock, step, source, now) for clock in kept)
    begun = _begun(situation.process, situation.state, to_state, source, now, data, anew=anew)
    return _settled(changed, begun, ended)


def _redated(clock: RunningClock, data: Mapping[str, Any]) -> RunningClock:
    """A clock that runs to a date runs to the new one if the step gives another."""
    given = data.get(clock.limit_key.removeprefix("date:")) if clock.is_date else None
    return replace(clock, due_at=_end_of(given)) if isinstance(given, date) else clock


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, LOCAL)


def limit_name(limit: str | DueBy) -> str:
    """How a clock is stored: the limit's key, or the date need it runs to."""
    return f"date:{limit.need}" if isinstance(limit, DueBy) else limit


def has_lapsed(situation: Situation, step: Step, now: datetime) -> bool:
    """Whether the clock that `step` names runs and its time has passed."""
    name = None if step.within is None else limit_name(step.within)
    return any(clock.limit_key == name and clock.due_at and clock.due_at < now for clock in situation.clocks)


def _begun(
    process: Process, from_state: str, to_state: str, source: LimitSource, now: datetime,
    data: Mapping[str, Any], *, anew: bool = False,
) -> tuple[RunningClock, ...]:  # fmt: skip
    """The clocks that start; `anew` starts the limits again that were running."""
    started = [
        rule
        for rule in process.clocks
        if to_state in rule.states
        and (from_state not in rule.states or (anew and not isinstance(rule.limit, DueBy)))
    ]
    return tuple(
        RunningClock(0, limit_name(rule.limit), now, _first_due(rule, source, now, data), 0, ())
        for rule in started
    )


def _first_due(rule: ClockRule, source: LimitSource, now: datetime, data: Mapping[str, Any]) -> datetime | None:
    if isinstance(rule.limit, DueBy):
        promised = data.get(rule.limit.need)
        if promised is None:
            return None
        on = promised if isinstance(promised, date) else date.fromisoformat(promised)
        return _end_of(on)
    return due_at(now, source.limit(rule.limit), working_calendar())


def _affected(clock: RunningClock, step: Step, source: LimitSource, now: datetime) -> RunningClock:
    if clock.is_date:
        return clock  # a date that was named stays the date
    if Effect.PAUSE in step.effects and not clock.is_paused:
        stopped = replace(clock, pauses=(*clock.pauses, (now, None)))
        return replace(stopped, due_at=_due_again(stopped, source))  # what had lapsed stays overdue
    if Effect.RESUME in step.effects and clock.is_paused:
        *before, (since, _) = clock.pauses
        resumed = replace(clock, pauses=(*before, (since, now)))
        return replace(resumed, due_at=_due_again(resumed, source))
    if Effect.EXTEND in step.effects and not clock.extended_by:
        longer = replace(clock, extended_by=source.limit(f"{clock.limit_key}.extension").amount)
        return replace(longer, due_at=_due_again(longer, source))
    return clock


def _due_again(clock: RunningClock, source: LimitSource) -> datetime | None:
    limit = source.limit(clock.limit_key)
    if clock.extended_by:
        limit = limit.extended(clock.extended_by)
    pauses = [Pause(since, until) for since, until in clock.pauses]
    return due_at(clock.started_at, limit, working_calendar(), pauses)


def _settled(
    changed: tuple[RunningClock, ...], begun: tuple[RunningClock, ...], ended: tuple[int, ...]
) -> ClockChanges:
    running = (*changed, *begun)
    due = min((clock.due_at for clock in running if clock.due_at), default=None)
    paused = any(clock.is_paused for clock in running)
    return ClockChanges(begun, changed, ended, due, paused)
