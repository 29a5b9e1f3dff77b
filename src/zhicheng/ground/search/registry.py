"""Which kinds of record can be found, and who may see which of them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zhicheng.core.access import Actor


@dataclass(frozen=True)
class SearchSource:
    """One kind of record as the search sees it.

    `label` is the kind in words (a message of the catalogue), `address` gives the page of a record, and
    `visible_ids` a queryset whose one column is the ids that the actor may see: it becomes a subquery, so it
    is the scope policy of the kind itself and never a list of ids. `notes` gives by their ids what stands below
    the titles of several records, where it is not kept with them in the index.
    """

    kind: str
    label: str
    visible_ids: Callable[[Actor], QuerySet[Any, Any]]
    address: Callable[[int], str]
    notes: Callable[[Collection[int]], Mapping[int, str]] = lambda _: {}


_sources: dict[str, SearchSource] = {}


def register_source(source: SearchSource) -> None:
    """Makes a kind of record findable; called from its app's `ready()`."""
    if source.kind in _sources:
        raise ValueError(f"search source {source.kind} is registered twice")
    _sources[source.kind] = source


def list_sources() -> list[SearchSource]:
    """Every registered kind, by its key."""
    return [_sources[kind] for kind in sorted(_sources)]


def search_source(kind: str) -> SearchSource:
    """The kind called `kind`; raises LookupError."""
    try:
        return _sources[kind]
    except KeyError:
        raise LookupError(f"no search source {kind!r} is registered") from None
