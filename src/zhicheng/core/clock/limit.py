"""Limits as data: an amount, its unit, what it rests on, and the dates between which it is in force.

>>> old = Limit(key="complaint.accept", amount=7, unit=Unit.WORKING_DAYS,
...     citation=Citation("令20号 §14", verified=True),
...     in_force=InForce(date(2020, 1, 1), date(2026, 4, 15)))
>>> limit_in_force([old], "complaint.accept", date(2026, 4, 14)).amount
7
>>> limit_in_force([old], "complaint.accept", date(2026, 4, 15))
Traceback (most recent call last):
zhicheng.core.clock.limit.MissingLimit: No limit “complaint.accept” is in force on 2026-04-15; \
expected exactly one in the law or the pack
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zhicheng.core.refused import Refused, Unprepared
from zhicheng.core.words import words


class LimitError(Refused):
    """A limit contradicts itself or the others, or is not there."""


class MissingLimit(LimitError, Unprepared):
    """Nobody has said how long something may take."""


class Unit(StrEnum):
    """What a limit counts. Laws differ in what 日 means, so the unit is stated limit by limit."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    YEARS = "years"
    """For what is kept and not for what is done: years do not stand still."""
    TIMES = "times"
    """For how often or by how many something is told before somebody is alerted; it runs to no day."""


class Roll(StrEnum):
    """What happens if the last of a number of calendar days is a day off."""

    NONE = "none"
    FORWARD = "forward"
    """The limit ends with the next working day."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The provision a limit rests on. `verified` is true only if it was read in the text itself."""

    text: str
    verified: bool

    @property
    def printable(self) -> str | None:
        """The words an official document may print; None if the provision is only recalled.

        >>> Citation("令18号 §38", verified=False).printable is None
        True
        """
        return self.text if self.verified else None


@dataclass(frozen=True, slots=True)
class InForce:
    """The days from `from_on` up to, and not including, `until_on`; without end if `until_on` is None."""

    from_on: date
    until_on: date | None = None

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on <= self.from_on:
            raise LimitError(
                words("In force from {from_on} until {until_on}: the end must be later"),
                from_on=self.from_on,
                until_on=self.until_on,
            )

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long something may take: `amount` (1 or more) of `unit`, in force on some days.

    Only calendar days can roll: a number of working days ends on a working day by itself, and hours do not
    know days. Raises LimitError.
    """

    key: str
    amount: int
    unit: Unit
    roll: Roll = Roll.NONE
    citation: Citation
    in_force: InForce

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise LimitError(
                words("Limit “{key}” has the amount {amount}; expected 1 or more"),
                key=self.key,
                amount=self.amount,
            )
        if self.roll is Roll.FORWARD and self.unit is not Unit.CALENDAR_DAYS:
            raise LimitError(
                words("Limit “{key}” counts {unit} and rolls forward; only calendar days can"),
                key=self.key,
                unit=self.unit,
            )

    def extended(self, by: int) -> "Limit":
        """The same limit with `by` (1 or more) of its unit added."""
        if by < 1:
            raise LimitError(
                words("Limit “{key}” cannot be extended by {by}; expected 1 or more"), key=self.key, by=by
            )
        return replace(self, amount=self.amount + by)


def limit_in_force(limits: Iterable[Limit], key: str, on: date) -> Limit:
    """The one limit called `key` in force on that day. Raises LimitError if there are none or several."""
    found = [limit for limit in limits if limit.key == key and on in limit.in_force]
    if not found:
        raise MissingLimit(
            words("No limit “{key}” is in force on {on}; expected exactly one in the law or the pack"),
            key=key,
            on=on,
        )
    if len(found) > 1:
        raise LimitError(
            words("{count} limits “{key}” are in force on {on} ({citations}); expected exactly one"),
            key=key,
            on=on,
            count=len(found),
            citations="; ".join(limit.citation.text for limit in found),
        )
    return found[0]
