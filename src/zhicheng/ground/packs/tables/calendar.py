"""calendar.toml: years that the library of holidays does not know, or knows wrongly. National only."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pydantic import Field

from zhicheng.core.clock import CalendarYear as CalendarDays
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Entry
from zhicheng.ground.packs.models import CalendarYear
from zhicheng.ground.packs.problems import Problem
from zhicheng.ground.packs.sections import Contents, Scope, Section, Store, deleted


class CalendarRow(Entry):
    """A year's holidays (off, make-up days apart) and the weekend days that are worked."""

    year: int = Field(ge=1949, le=9999)
    holidays: list[date] = Field(min_length=1)
    workdays: list[date] = Field(default_factory=list)

    def as_days(self) -> CalendarDays:
        """The year as working days count it. Raises Refused if its days contradict each other."""
        return CalendarDays(self.year, frozenset(self.holidays), frozenset(self.workdays))


def _check(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """Days lie in their year and are not both off and worked; working days are the whole country's."""
    for line in contents.of(section.name):
        try:
            line.row.as_days()
        except Refused as error:
            expected = words("days of this year, each of them off or worked and not both")
            yield Problem(section.file, line.place, "", str(error), expected)
    if contents.manifest.area is not None:
        yield Problem(section.file, found=section.file, expected=words("calendar years in the national pack only"))


def _read(scope: Scope) -> list[CalendarRow]:
    if not scope.is_national:
        return []
    years = CalendarYear.objects.all()
    return [CalendarRow(year=one.year, holidays=one.holidays, workdays=one.workdays) for one in years]


def _save(scope: Scope, rows: Sequence[CalendarRow]) -> None:
    CalendarYear.objects.bulk_create(
        [CalendarYear(**row.model_dump(mode="json")) for row in rows],
        update_conflicts=True, update_fields=["holidays", "workdays"], unique_fields=["year"],
    )  # fmt: skip


def _remove(scope: Scope, rows: Sequence[CalendarRow]) -> None:
    CalendarYear.objects.filter(year__in=[row.year for row in rows]).delete()


CALENDAR = Section(
    name="calendar", file="calendar.toml", row=CalendarRow, key=("year",), table="calendar", keyed=True,
    checks=(_check,), store=Store(read=_read, save=_save, remove=_remove, end=deleted),
)  # fmt: skip
