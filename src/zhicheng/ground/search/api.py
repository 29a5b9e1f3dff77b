"""What other apps may use of the search."""

from zhicheng.ground.search.filling import Findable, fill
from zhicheng.ground.search.queries import Found, find, matching, terms_of
from zhicheng.ground.search.registry import SearchSource, list_sources, register_source, search_source
from zhicheng.ground.search.services import index, indexing, remove

__all__ = [
    "Findable",
    "Found",
    "SearchSource",
    "fill",
    "find",
    "index",
    "indexing",
    "list_sources",
    "matching",
    "register_source",
    "remove",
    "search_source",
    "terms_of",
]
