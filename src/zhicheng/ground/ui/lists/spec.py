"""What a feature says of a list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http.response import HttpResponseBase

from zhicheng.core.access import Actor
from zhicheng.ground.access.api import ActorRequest
from zhicheng.ground.ui.lists.filters import Filter

if TYPE_CHECKING:
    from zhicheng.ground.ui.lists.reading import Reading

Record = TypeVar("Record", bound=Model)
RESERVED = frozenset({"sort", "after", "before"})


class Kind(StrEnum):
    """How a value is shown and exported; what the column's `value` returns is named in brackets."""

    TEXT = "text"
    """[str]"""
    CODE = "code"
    """[str] A number or code that must not be broken."""
    NUMBER = "number"
    """[int, Decimal, float]"""
    DATE = "date"
    """[date]"""
    MOMENT = "moment"
    """[aware datetime]"""
    STATE = "state"
    """[StateMark]"""
    CLOCK = "clock"
    """[ClockMark]"""


@dataclass(frozen=True)
class Column:
    """One column. `value` and `link` are given the row; an empty value leaves the cell empty.

    `sort` is the database expression (a field's path or an annotation) to sort by; without it the column does
    not sort. Missing values come last in either direction; a large table that is sorted downwards by a nullable
    field needs an index with NULLS LAST. `title` marks the column that names the row: the first, if none is.
    `beneath` is the key of the column in whose cells this one stands on the screen, to keep a wide table in sight;
    it does not sort then, and has its own column in exports.
    """

    key: str
    label: str
    value: Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    sort: str = ""
    link: Callable[[Any], str] | None = None
    title: bool = False
    beneath: str = ""


@dataclass(frozen=True)
class Empty:
    """What an empty list says: a title, and what to do next."""

    title: str
    advice: str = ""
    icon: str = "inbox"


@dataclass(frozen=True)
class Tool:
    """A button under the list that does something with all of its filtered rows, such as printing them.

    `act` is given the request and what the address asks for; a `Refused` that it raises is said on the list.
    """

    key: str
    label: str
    icon: str
    act: "Callable[[ActorRequest, Reading], HttpResponseBase]"


@dataclass(frozen=True)
class Choosing:
    """Rows of the list can be chosen, to do one thing with all of them.

    `page` is a key of `settings.PAGES`: the page that is sent what `value` gives of every chosen row, as `row`.
    A row whose value is empty cannot be chosen.
    """

    page: str
    value: Callable[[Any], str]


@dataclass(frozen=True)
class RecordList(Generic[Record]):
    """A list, declared. Raises ValueError if it contradicts itself.

    `rows` gives everything that the actor may see: the list, its counts and its exports never reach further.
    `default_sort` is a column's key, with a minus for downwards. `present` turns the records of one page (or of
    one portion of an export) into what columns and links are given, in the same order and for this actor: the
    place to add what would otherwise be one query a row.
    """

    key: str
    title: str
    rows: Callable[[Actor], "QuerySet[Record]"]
    columns: tuple[Column, ...]
    default_sort: str
    empty: Empty
    filters: tuple[Filter, ...] = ()
    present: Callable[[Sequence[Record], Actor], Sequence[Any]] | None = None
    lead: str = ""
    tools: tuple[Tool, ...] = ()
    choosing: Choosing | None = None
    page_size: int = 50

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        names = [name for one in self.filters for name in one.names]
        if len(set(keys)) != len(keys) or len(set(names)) != len(names):
            raise ValueError(f"list {self.key}: two columns or two filters have the same name")
        if taken := RESERVED.intersection(names):
            raise ValueError(f"list {self.key}: a filter cannot be called {sorted(taken)}")
        heads = [column.key for column in self.shown]
        if wrong := [one.key for one in self.columns if one.beneath and (one.sort or one.beneath not in heads)]:
            raise ValueError(f"list {self.key}: {wrong} sort, or stand beneath no column that is shown")
        if self.default_sort.removeprefix("-") not in self.sorts:
            raise ValueError(f"list {self.key}: the default sort {self.default_sort!r} is no column that sorts")

    @cached_property
    def sorts(self) -> dict[str, str]:
        """The database expression of every column that sorts, by the column's key."""
        return {column.key: column.sort for column in self.columns if column.sort}

    @cached_property
    def shown(self) -> tuple[Column, ...]:
        """The columns that have a head on the screen."""
        return tuple(column for column in self.columns if not column.beneath)

    @cached_property
    def title_column(self) -> Column:
        """The column that names the row."""
        return next((column for column in self.columns if column.title), self.columns[0])

    def presented(self, records: Sequence[Record], actor: Actor) -> Sequence[Any]:
        """What the columns are given for these records when the actor reads them."""
        return self.present(records, actor) if self.present else records
