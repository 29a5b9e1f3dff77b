"""terms.csv: the catalogues that records choose from."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area, Entry
from zhicheng.ground.packs.checks import check_periods
from zhicheng.ground.packs.models import Term
from zhicheng.ground.packs.problems import Problem
from zhicheng.ground.packs.sections import Contents, Scope, Section, Store, ended

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", max_length=60)]
"""A name that programs use: small letters, digits and underscores, in parts joined by dots."""


class TermRow(Entry):
    """One term. `parent` is a code of the same catalogue; `sort` orders the terms under one parent."""

    catalogue: Key
    sort: int = 0
    code: Key
    parent: Key | None = None
    zh: str = Field(min_length=1, max_length=200)
    en: str = Field(min_length=1, max_length=300)
    sample: bool = False
    note: str = Field(default="", max_length=500)
    valid_from: date
    valid_to: date | None = None


def _totals(rows: Sequence[TermRow]) -> Mapping[str, int]:
    """How many terms without a last day and without terms below them each catalogue has."""
    present = [row for row in rows if row.valid_to is None]
    above = {(row.catalogue, row.parent) for row in present}
    return Counter(row.catalogue for row in present if (row.catalogue, row.code) not in above)


def _check_parents(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """A parent is a term of the same catalogue, and no term lies below itself."""
    if section.name in contents.broken:
        return
    parents = {(line.row.catalogue, line.row.code): line.row.parent for line in contents.of(section.name)}
    for line in contents.of(section.name):
        row: TermRow = line.row
        if row.parent is not None and (row.catalogue, row.parent) not in parents:
            expected, params = words("a code of the catalogue {catalogue}"), {"catalogue": row.catalogue}
            yield Problem(section.file, line.place, "parent", row.parent, expected, params)
        elif _is_below_itself(row, parents):
            yield Problem(
                section.file,
                line.place,
                "parent",
                row.parent or "—",
                words("a term that does not lie below this one"),
            )


def _is_below_itself(row: TermRow, parents: Mapping[tuple[str, str], str | None]) -> bool:
    above, steps = row.parent, 0
    while above is not None and above != row.code and steps <= len(parents):
        above, steps = parents.get((row.catalogue, above)), steps + 1
    return above is not None


def _read(scope: Scope) -> list[TermRow]:
    area = scope.find_area()
    if area is None and not scope.is_national:
        return []
    return [
        TermRow(
            catalogue=term.catalogue, code=term.code, parent=term.parent.code if term.parent else None,
            zh=term.zh, en=term.en, note=term.note, sample=term.sample, sort=term.sort,
            valid_from=term.valid_from, valid_to=term.valid_to,
        )
        for term in Term.objects.filter(area=area).select_related("parent")
    ]  # fmt: skip


def _save(scope: Scope, rows: Sequence[TermRow]) -> None:
    """Writes the terms from the top of the trees down, because a parent may be new itself."""
    area = scope.find_area()
    known = {(term.catalogue, term.code): term for term in Term.objects.filter(area=area)}
    waiting = {(row.catalogue, row.code): row for row in rows}
    while waiting:
        ready = [row for row in waiting.values() if (row.catalogue, row.parent) not in waiting]
        terms = [_term(row, area, known.get((row.catalogue, row.parent or ""))) for row in ready]
        columns = ("parent", "zh", "en", "note", "sample", "sort", "valid_from", "valid_to")
        for term in Term.objects.bulk_create(
            terms, update_conflicts=True, update_fields=columns, unique_fields=("catalogue", "code", "area")
        ):
            known[term.catalogue, term.code] = term
            del waiting[term.catalogue, term.code]


def _term(row: TermRow, area: Area | None, parent: Term | None) -> Term:
    return Term(area=area, parent=parent, **row.model_dump(exclude={"parent"}))


def _remove(scope: Scope, rows: Sequence[TermRow]) -> None:
    going = {(row.catalogue, row.code) for row in rows}
    terms = [t for t in Term.objects.filter(area=scope.find_area()) if (t.catalogue, t.code) in going]
    Term.objects.filter(pk__in=[term.pk for term in terms]).delete()


TERMS = Section(
    name="terms", file="terms.csv", row=TermRow, key=("catalogue", "code"), totals=_totals,
    order=lambda row: (row.catalogue, row.sort, row.code), checks=(check_periods, _check_parents),
    store=Store(read=_read, save=_save, remove=_remove, end=ended),
)  # fmt: skip
