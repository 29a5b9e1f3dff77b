"""Who takes tables: each importer says at start-up what it reads and writes, and what its pages are called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zhicheng.core.access import Actor
from zhicheng.ground.importing.problems import Refused
from zhicheng.ground.importing.table import Row, Table
from zhicheng.ground.parties.api import Organization

if TYPE_CHECKING:
    from zhicheng.ground.importing.forms import ColumnsForm


@dataclass(frozen=True)
class Plan:
    """How a file is to be read and for whom: the zero-based column of each field, and what else was chosen.

    `name` says in a word what was chosen, such as the earlier system; it stands in the list of imports.
    """

    organization: Organization | None
    columns: Mapping[str, int]
    options: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of rows, or would: how many are new, how many were known already, and which are refused."""

    new: int
    known: int
    refused: Refused = ()


Batch = Sequence[tuple[Row, Any]]
"""Rows in the order of the file, each with what its importer made of it."""


@dataclass(frozen=True)
class Says:
    """The words of an importer's pages: English sentences to translate. `whose` has a place `{name}`."""

    title: str
    lead: str
    whose: str
    name: str
    """What the list of imports calls the name of a plan."""
    kept: str
    """What became of imported rows, beside their number."""
    above: str
    """The list that its pages stand below."""


@dataclass(frozen=True)
class Importer:
    """One kind of table. `urls` begins the names of its pages; `above` is that of the list above them."""

    key: str
    urls: str
    above: str
    says: Says
    labels: Mapping[str, str]
    """Its fields in their order, with their words."""
    required: frozenset[str]
    form: "Callable[..., ColumnsForm]"
    organization_of: Callable[[Actor], Organization | None]
    """The body that somebody imports for; none, if they may not."""
    guess: Callable[[Table, Organization], tuple[Mapping[str, int], Mapping[str, Any]]]
    """Columns and options as the file and the body suggest them."""
    check: Callable[[Plan, int], None]
    """Raises Refused for columns by which no row of so many cells could be read, or for wrong options."""
    read: Callable[[Table, Plan, datetime], Iterator[tuple[Row, Any]]]
    """What each row becomes by itself."""
    write: Callable[[Batch, Plan, Actor, datetime], Outcome]
    """Writes a batch, in the caller's transaction."""
    try_out: Callable[[Batch, Plan, Actor, datetime], Outcome]
    """What `write` would do; nothing stays."""
    is_personal: Callable[[str], bool] = lambda name: False
    """Whether a column of this name tells who somebody is: its values are not shown."""
    masks: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    """How much of a field's values may stand on a screen; of all others everything."""
    sealed: bool = False
    """Whether rows tell who somebody is: what is kept of refused ones is encrypted."""
    batch: int = 500
    """How many rows one transaction writes."""
    tried: int | None = None
    """How many rows a preview tries out, if not all: where trying a row is as much work as entering it."""


_importers: dict[str, Importer] = {}


def register_importer(importer: Importer) -> None:
    """Adds an importer; called once, when its app is ready."""
    _importers[importer.key] = importer


def importer_of(key: str) -> Importer:
    """The importer of a key; raises LookupError."""
    try:
        return _importers[key]
    except KeyError:
        raise LookupError(f"no importer {key!r} is registered") from None
