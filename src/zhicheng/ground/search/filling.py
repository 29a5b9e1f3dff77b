"""Making records findable that were entered before their kind was: for migrations."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from zhicheng.core.search import bigrams
from zhicheng.ground import clock
from zhicheng.ground.search.terms import number_terms

BATCH = 1000
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Findable:
    """A record as `index` would be told of it."""

    id: int
    title: str
    subtitle: str = ""
    text: str = ""
    numbers: tuple[str, ...] = ()


def fill(entries: Any, kind: str, records: Iterable[Findable]) -> None:
    """Adds the records of one kind to `entries`, a queryset; those that can be found already are left."""
    at = clock.now()
    rows = (
        entries.model(
            subject_kind=kind, subject_id=one.id, title=one.title[:LONGEST_TITLE],
            subtitle=one.subtitle[:LONGEST_TITLE], bigrams=bigrams(one.title, one.subtitle, one.text),
            numbers=number_terms(one.numbers), updated_at=at,
        )
        for one in records
    )  # fmt: skip
    for some in _portions(rows):
        entries.bulk_create(some, ignore_conflicts=True)


def _portions(rows: Iterable[Any]) -> Iterable[list[Any]]:
    portion: list[Any] = []
    for row in rows:
        portion.append(row)
        if len(portion) == BATCH:
            yield portion
            portion = []
    yield portion
