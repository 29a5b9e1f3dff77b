"""What is complained of most, where, and whether it grows: counts of the cases that the viewer may see.

Historical cases are not counted: they were never in the loop and carry no category.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import BigIntegerField, Count, F, Func, QuerySet, Value
from django.db.models.functions import Cast, TruncMonth

from zhicheng.cases.models import Case
from zhicheng.core.access import Actor
from zhicheng.core.clock import LOCAL
from zhicheng.ground.areas.api import Area, standing_ids, standing_paths, within
from zhicheng.ground.packs.api import Term

MONTHS_SHOWN = 6
EARLIEST_YEAR = 1900


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, typed: str) -> "Month":
        """A month written 2026-11; raises ValueError, also for one too early to have months before it."""
        day = date.fromisoformat(f"{typed}-01")
        if day.year < EARLIEST_YEAR:
            raise ValueError(f"{typed} is before {EARLIEST_YEAR}")
        return cls.of(day)

    def back(self, months: int) -> "Month":
        """The month that lies `months` before this one."""
        count = self.year * 12 + self.number - 1 - months
        return Month(count // 12, count % 12 + 1)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        following = self.back(-1).first
        return date.fromordinal(following.toordinal() - 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"


@dataclass(frozen=True)
class Cell:
    """A count and the month that it is of."""

    month: Month
    count: int


@dataclass(frozen=True)
class CategoryRow:
    """One category: its counts by month, the latest last."""

    term: Term | None
    cells: tuple[Cell, ...]

    @property
    def latest(self) -> int:
        """The count of the latest month."""
        return self.cells[-1].count

    @property
    def change(self) -> int:
        """The latest month against the one before."""
        return self.cells[-1].count - self.cells[-2].count


def category_rows(actor: Actor, month: Month, area: Area | None = None) -> list[CategoryRow]:
    """Every category complained of in the six months up to `month`, the most frequent first.

    Each city has terms of its own; those of one code are one category, here as in the list of cases.
    """
    months = [month.back(n) for n in reversed(range(MONTHS_SHOWN))]
    counts: Counter[tuple[str | None, Month]] = Counter()
    terms: dict[str | None, int | None] = {}
    found = (
        _within(actor, area, months[0], month)
        .annotate(month=TruncMonth("received_at"))
        .values_list("category__code", "category", "month")
        .annotate(count=Count("id"))
        .order_by("category")
    )
    for code, term, start, count in found:
        counts[code, Month.of(start)] += count
        terms.setdefault(code, term)
    named = Term.objects.in_bulk([term for term in terms.values() if term is not None])
    rows = [
        CategoryRow(named[term] if term else None, tuple(Cell(one, counts[code, one]) for one in months))
        for code, term in terms.items()
    ]
    return sorted(rows, key=lambda row: (-row.latest, -sum(cell.count for cell in row.cells), str(row.term)))


@dataclass(frozen=True)
class PlaceRow:
    """A place: its count of the month and of the month before."""

    area: Area
    count: int
    before: int

    @property
    def change(self) -> int:
        """The month against the one before."""
        return self.count - self.before


def county_counts(actor: Actor, month: Month, category: str = "") -> dict[int, int]:
    """How many cases each county had in the month, of one category or of all, by its id; those of a county that
    ended are its heir's.
    """
    found = _within(actor, None, month, month, category).values_list("county").annotate(count=Count("id"))
    return _with_heirs({county: count for county, count in found.order_by() if county is not None})


def township_rows(actor: Actor, month: Month, category: str = "") -> list[PlaceRow]:
    """Every township that had cases in the month or in the one before, the most first."""
    counts, before = (_township_counts(actor, one, category) for one in (month, month.back(1)))
    areas: Iterable[Area] = Area.objects.filter(id__in=counts | before).select_related("parent")
    rows = [PlaceRow(area, counts.get(area.pk, 0), before.get(area.pk, 0)) for area in areas]
    return sorted(rows, key=lambda row: (-row.count, -row.before, row.area.code))


def _township_counts(actor: Actor, month: Month, category: str) -> dict[int, int]:
    township = Cast(
        Func(F("area__path"), Value("/"), Value(5), function="split_part"), output_field=BigIntegerField()
    )
    found = (
        _within(actor, None, month, month, category)
        .filter(area__level__gte=4)
        .annotate(township=township)
        .values_list("township")
        .annotate(count=Count("id"))
        .order_by()
    )
    return _with_heirs(dict(found))


def _with_heirs(counts: dict[int, int]) -> dict[int, int]:
    """Counts by area, with those of every ended area that has one heir added to the heir's."""
    heirs = standing_ids()
    together: Counter[int] = Counter()
    for area, count in counts.items():
        together[heirs.get(area, area)] += count
    return dict(together)


def _within(actor: Actor, area: Area | None, first: Month, last: Month, category: str = "") -> QuerySet[Case]:
    """The cases of the loop received in these months that the actor may see, in an area or everywhere."""
    begin, end = (datetime.combine(day, time.min, LOCAL) for day in (first.first, last.back(-1).first))
    seen = Case.objects.counted_for(actor, since=begin).filter(historical=False)
    inside = seen.filter(received_at__gte=begin, received_at__lt=end)
    if category:
        inside = inside.filter(category__code=category)
    return within(inside, standing_paths([area.path])) if area else inside
