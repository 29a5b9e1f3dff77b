"""Finding records by numbers and words, inside what the actor may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext

from zhicheng.core.access import Actor
from zhicheng.ground.search.models import SearchEntry
from zhicheng.ground.search.registry import SearchSource, list_sources
from zhicheng.ground.search.terms import condition, folded

LIMIT = 50
_BY_NUMBER, _TITLE_BEGINS, _IN_TITLE, _ELSEWHERE = range(4)


@dataclass(frozen=True)
class Found:
    """One result: what it is, how it is called, and its page. `label` is a message of the catalogue."""

    subject_kind: str
    subject_id: int
    label: str
    title: str
    subtitle: str
    address: str
    by_number: bool

    @property
    def kind(self) -> str:
        """The kind of record in the reader's language."""
        return gettext(self.label)


def find(text: str, actor: Actor, *, limit: int = LIMIT, kinds: Iterable[str] | None = None) -> list[Found]:
    """What the actor may see and the text names: whole numbers first, then titles, those first that
    begin so, then the latest.

    `kinds` narrows to some kinds of record. A text of one character finds numbers only.
    """
    wanted = condition(text)
    named = None if kinds is None else set(kinds)
    sources = {one.kind: one for one in list_sources() if named is None or one.kind in named}
    if wanted is None or not sources:
        return []
    first, *others = (_of_kind(source, wanted, text, actor, limit) for source in sources.values())
    rows = first.union(*others, all=True) if others else first
    found = sorted(rows, key=lambda row: (row["rank"], -row["updated_at"].timestamp(), row["subject_id"]))
    shown = found[:limit]
    noted = {source.kind: source.notes(_ids(source.kind, shown)) for source in sources.values()}
    return [_found(sources[row["subject_kind"]], row, noted[row["subject_kind"]]) for row in shown]


def matching(subject_kind: str, text: str) -> QuerySet[SearchEntry, int]:
    """The ids of the records of one kind that the text names, as a subquery. Scope is the caller's affair."""
    wanted = condition(text)
    entries = SearchEntry.objects.filter(subject_kind=subject_kind)
    return (entries.filter(wanted) if wanted else entries.none()).values_list("subject_id", flat=True)


def terms_of(subject_kind: str, ids: Iterable[int] | QuerySet[Any, int]) -> dict[int, frozenset[str]]:
    """The terms by which records of one kind are found, by their ids: to compare texts with each other."""
    entries = SearchEntry.objects.filter(subject_kind=subject_kind, subject_id__in=ids)
    return {one: frozenset(terms) for one, terms in entries.values_list("subject_id", "bigrams")}


def _of_kind(source: SearchSource, wanted: Q, text: str, actor: Actor, limit: int) -> QuerySet[SearchEntry, Any]:
    """The best of one kind. Scope is a subquery of the statement: nothing leaves the database to be filtered."""
    rank = Case(
        When(numbers__contains=[folded(text)], then=Value(_BY_NUMBER)),
        When(title__istartswith=text.strip(), then=Value(_TITLE_BEGINS)),
        When(title__icontains=text.strip(), then=Value(_IN_TITLE)),
        default=Value(_ELSEWHERE),
    )
    inside = SearchEntry.objects.filter(wanted, subject_kind=source.kind, subject_id__in=source.visible_ids(actor))
    ranked = inside.annotate(rank=rank).order_by("rank", "-updated_at", "subject_id")
    return ranked.values("subject_kind", "subject_id", "title", "subtitle", "updated_at", "rank")[:limit]


def _ids(kind: str, rows: Iterable[Mapping[str, Any]]) -> list[int]:
    return [row["subject_id"] for row in rows if row["subject_kind"] == kind]


def _found(source: SearchSource, row: Mapping[str, Any], notes: Mapping[int, str]) -> Found:
    return Found(
        subject_kind=source.kind,
        subject_id=row["subject_id"],
        label=source.label,
        title=row["title"],
        subtitle=notes.get(row["subject_id"], row["subtitle"]),
        address=source.address(row["subject_id"]),
        by_number=row["rank"] == _BY_NUMBER,
    )
