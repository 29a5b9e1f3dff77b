"""The terms, limits and calendar years of the database, kept in this process for a short while.

They are few and asked for at every step, so they are read whole. A pack applied by this process is seen at
once, one applied by another process after half a minute at most.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhicheng.core.clock import CalendarYear as CalendarDays
from zhicheng.core.clock import ChineseCalendar, Citation, InForce, Limit, Roll, Unit
from zhicheng.ground.kept import forget_kept, kept
from zhicheng.ground.packs.models import CalendarYear, LimitRow, Term


@dataclass(frozen=True)
class Loaded:
    """Limits by key and area id, terms by catalogue and area id; the id is `None` for the whole country."""

    limits: Mapping[tuple[str, int | None], Sequence[Limit]]
    terms: Mapping[tuple[str, int | None], Sequence[Term]]
    calendar: ChineseCalendar


@kept
def loaded() -> Loaded:
    """What the database said half a minute ago at most."""
    return Loaded(_limits(), _terms(), _calendar())


def forget_loaded() -> None:
    """Makes the next question read the database again."""
    forget_kept()


def _limits() -> Mapping[tuple[str, int | None], Sequence[Limit]]:
    found = defaultdict(list)
    for row in LimitRow.objects.order_by("valid_from"):
        found[row.key, row.area_id].append(_limit(row))
    return dict(found)


def _limit(row: LimitRow) -> Limit:
    until_on = row.valid_to + timedelta(days=1) if row.valid_to else None
    return Limit(
        key=row.key, amount=row.amount, unit=Unit(row.unit), roll=Roll(row.roll),
        citation=Citation(row.citation, row.verified), in_force=InForce(row.valid_from, until_on),
    )  # fmt: skip


def _terms() -> Mapping[tuple[str, int | None], Sequence[Term]]:
    found = defaultdict(list)
    for term in Term.objects.order_by("sort", "code"):
        found[term.catalogue, term.area_id].append(term)
    return dict(found)


def _calendar() -> ChineseCalendar:
    years = CalendarYear.objects.order_by("year")
    return ChineseCalendar(CalendarDays(one.year, _days(one.holidays), _days(one.workdays)) for one in years)


def _days(written: Sequence[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, written))
