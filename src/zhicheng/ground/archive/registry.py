"""What apps tell the archive at start-up: which of their records can be filed, and by which rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from zhicheng.ground.proceedings.api import Proceeding


@dataclass(frozen=True)
class File:
    """A record that may be filed: by the body of which matter, on which day it ended, by which limit it is kept.

    Of several limits the one that keeps it longest counts.
    """

    matter: Proceeding
    ended_on: date
    rules: tuple[str, ...]


@dataclass(frozen=True)
class FiledKind:
    """A kind of record that can be filed.

    `file_of` gives what the archive needs of a record, and raises Refused with the reason while it cannot be
    filed; it is asked with the record's turn taken. `ready_page` names the page that lists what can be filed, to
    which `ready_label` leads.
    """

    subject_kind: str
    file_of: Callable[[int, datetime], File]
    ready_page: str
    ready_label: str


_kinds: dict[str, FiledKind] = {}


def register_filed(kind: FiledKind) -> None:
    """Adds a kind of record. Raises ValueError if it was added already."""
    if kind.subject_kind in _kinds:
        raise ValueError(f"{kind.subject_kind!r} is filed twice")
    _kinds[kind.subject_kind] = kind


def list_filed_kinds() -> list[FiledKind]:
    """Every kind of record that can be filed, in the order of registration."""
    return list(_kinds.values())


def filed_kind(subject_kind: str) -> FiledKind:
    """The kind of record called so; raises LookupError."""
    try:
        return _kinds[subject_kind]
    except KeyError:
        raise LookupError(f"no kind of record {subject_kind!r} is filed") from None
