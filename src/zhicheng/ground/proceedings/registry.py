"""What features tell proceedings at start-up: their tables, what guards may know, and what follows a step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhicheng.core.access import Actor, Subject
from zhicheng.core.process import Process

if TYPE_CHECKING:
    from zhicheng.ground.proceedings.situation import Taking


@dataclass(frozen=True)
class SubjectKind:
    """What proceedings need to know of one kind of record.

    `facts` gives the values that guards see. `after_step` runs in the step's transaction: it may write the
    record's own rows and take further steps. `address` gives the page of a record on the desk,
    `public_address` where its reporter follows it, `titles` number and title of many, and `contact` the id of
    the contact through whom the reporter is told, if one was left, and `handler` the body that handles the
    record now.
    """

    key: str
    facts: Callable[[int], Mapping[str, Any]]
    after_step: Callable[["Taking"], None]
    address: Callable[[int], str]
    titles: Callable[[list[int]], dict[int, tuple[str, str]]]
    public_address: Callable[[int], str]
    contact: Callable[[int], int | None]
    handler: Callable[[int], int | None]


_processes: dict[str, list[Process]] = {}
_subjects: dict[str, SubjectKind] = {}
_followers: list[Callable[["Taking"], None]] = []


def register_process(process: Process) -> None:
    """Adds one version of a kind of proceeding."""
    versions = _processes.setdefault(process.key, [])
    if any(known.version == process.version for known in versions):
        raise ValueError(f"process {process.key} version {process.version} is registered twice")
    versions.append(process)
    versions.sort(key=lambda one: one.in_force)


def register_subject(subject: SubjectKind) -> None:
    """Adds a kind of record that proceedings can be about."""
    if subject.key in _subjects:
        raise ValueError(f"subject kind {subject.key} is registered twice")
    _subjects[subject.key] = subject


def process_version(kind: str, version: str) -> Process:
    """The table a proceeding was opened under; raises LookupError naming kind and version."""
    for process in _processes.get(kind, ()):
        if process.version == version:
            return process
    raise LookupError(f"no process {kind!r} of version {version!r} is registered")


def process_in_force(kind: str, on: date) -> Process:
    """The table that applies to a proceeding opened on `on`; raises LookupError."""
    for process in reversed(_processes.get(kind, ())):
        if process.in_force <= on and (process.until is None or on < process.until):
            return process
    raise LookupError(f"no process {kind!r} is in force on {on}")


def list_processes() -> list[Process]:
    """Every registered version, by kind and date."""
    return [process for kind in sorted(_processes) for process in _processes[kind]]


def subject_kind(key: str) -> SubjectKind:
    """The kind of record called `key`; raises LookupError."""
    try:
        return _subjects[key]
    except KeyError:
        raise LookupError(f"no subject kind {key!r} is registered") from None


def list_subject_kinds() -> list[SubjectKind]:
    """Every registered kind of record."""
    return list(_subjects.values())


def follow_steps(follower: Callable[["Taking"], None]) -> None:
    """Has `follower` called for every step, in its transaction, after the record's own `after_step`."""
    _followers.append(follower)


def list_followers() -> list[Callable[["Taking"], None]]:
    """Whoever follows steps, in the order of registration."""
    return list(_followers)


SYSTEM = Actor(key="system:rules", name="system")
"""Takes the steps that a table marks automatic."""

__all__ = [
    "SYSTEM",
    "Subject",
    "SubjectKind",
    "follow_steps",
    "list_followers",
    "list_processes",
    "list_subject_kinds",
    "process_in_force",
    "process_version",
    "register_process",
    "register_subject",
    "subject_kind",
]
