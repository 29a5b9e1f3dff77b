"""Working days in China: Monday to Friday, less the holidays, plus the make-up days (调休).

The years the library `chinesecalendar` knows are taken from it; further years, and corrections of known
ones, are data of the pack. A year that neither knows is refused: a guess would miss half of it.

>>> calendar = ChineseCalendar()
>>> calendar.is_working_day(date(2026, 10, 1)), calendar.is_working_day(date(2026, 10, 10))
(False, True)
>>> calendar.is_working_day(date(2003, 1, 2))
Traceback (most recent call last):
zhicheng.core.clock.calendar.UnknownYear: The working days of 2003 are unknown: \
give its holidays and make-up days as [calendar.2003] in the pack
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chinese_calendar.constants import holidays as library_holidays
from chinese_calendar.constants import workdays as library_workdays

from zhicheng.core.refused import Refused, Unprepared
from zhicheng.core.words import words

SATURDAY = 5
ANNOUNCED_IN_MONTH = 10
"""From this month on the next year is missed; its holidays are usually announced in November."""


class CalendarError(Refused):
    """The data of a year contradict themselves."""


class UnknownYear(Unprepared):
    """Nobody has said which days of that year are working days."""


class WorkingCalendar(Protocol):
    """What clocks need to know of a calendar."""

    def is_working_day(self, day: date) -> bool:
        """Whether public bodies work on that day. Raises UnknownYear."""
        ...

    def knows(self, year: int) -> bool:
        """Whether the working days of that year are known."""
        ...


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year's departures from the week: `holidays` are off, `workdays` are worked though at a weekend.

    Naming a weekend day among the holidays is allowed and changes nothing, as official notices do so.
    Raises CalendarError.
    """

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]

    def __post_init__(self) -> None:
        for day in sorted(self.holidays | self.workdays):
            if day.year != self.year:
                raise CalendarError(words("Calendar {year}: {day} is in another year"), year=self.year, day=day)
            if day in self.holidays and day in self.workdays:
                raise CalendarError(
                    words("Calendar {year}: {day} is both off and worked"), year=self.year, day=day
                )

    def is_working_day(self, day: date) -> bool:
        """Whether that day of this year is worked."""
        return day in self.workdays or (day.weekday() < SATURDAY and day not in self.holidays)


def _by_year(days: Iterable[date]) -> dict[int, frozenset[date]]:
    years = defaultdict(set)
    for day in days:
        years[day.year].add(day)
    return {year: frozenset(found) for year, found in years.items()}


def _library_years() -> dict[int, CalendarYear]:
    """The library's table; each call of its functions would search all of it for the first and last year."""
    holidays, workdays = _by_year(library_holidays), _by_year(library_workdays)
    return {year: CalendarYear(year, holidays[year], workdays.get(year, frozenset())) for year in holidays}


_LIBRARY_YEARS = _library_years()


def last_known_day(calendar: WorkingCalendar, today: date) -> date:
    """The last day that can be counted to from today without a gap.

    >>> last_known_day(ChineseCalendar(), date(2025, 5, 1)) >= date(2026, 12, 31)
    True
    """
    year = today.year
    while calendar.knows(year + 1):
        year += 1
    return date(year, 12, 31)


def missing_year(calendar: WorkingCalendar, today: date) -> int | None:
    """The first of the wanted years that nobody has added yet; None if none is missing.

    >>> year = max(ChineseCalendar().years)
    >>> missing_year(ChineseCalendar(), date(year, 10, 1)) == year + 1
    True
    """
    return next((year for year in wanted_years(today) if not calendar.knows(year)), None)


def wanted_years(today: date) -> tuple[int, ...]:
    """The years that have to be known today: this one, and from 1 October on the next."""
    return (today.year, today.year + 1) if today.month >= ANNOUNCED_IN_MONTH else (today.year,)


class ChineseCalendar:
    """The library's years and the pack's; where both know a year, the pack's replaces the library's.

    Of several overrides of one year the last counts.
    """

    def __init__(self, overrides: Iterable[CalendarYear] = ()) -> None:
        self._years = _LIBRARY_YEARS | {year.year: year for year in overrides}

    def knows(self, year: int) -> bool:
        """Whether the working days of `year` are known."""
        return year in self._years

    @property
    def years(self) -> frozenset[int]:
        """The years whose working days are known."""
        return frozenset(self._years)

    def is_working_day(self, day: date) -> bool:
        """Whether public bodies work on that day. Raises UnknownYear."""
        if isinstance(day, datetime):
            raise TypeError("a date was expected: which day a moment belongs to depends on where one is")
        year = self._years.get(day.year)
        if year is None:
            raise UnknownYear(
                words(
                    "The working days of {year} are unknown: "
                    "give its holidays and make-up days as [calendar.{year}] in the pack"
                ),
                year=day.year,
            )
        return year.is_working_day(day)
