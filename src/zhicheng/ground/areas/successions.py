"""Successions to and from files."""

from collections.abc import Sequence
from datetime import timedelta

from zhicheng.core.codes import Level
from zhicheng.ground.areas.entries import SuccessionEntry
from zhicheng.ground.areas.known import KnownAreas, root_paths
from zhicheng.ground.areas.models import Succession, SuccessionKind
from zhicheng.ground.areas.queries import within

ONE_DAY = timedelta(days=1)


def read_successions(code: str, level: Level) -> list[SuccessionEntry]:
    """The successions whose predecessor lies in the area of that code."""
    inside = within(Succession.objects.all(), root_paths(code, level), field="predecessor")
    return [
        SuccessionEntry(
            predecessor=one.predecessor.code, successor=one.successor.code, level=Level(one.successor.level),
            on=one.on, kind=SuccessionKind(one.kind),
        )
        for one in inside.select_related("predecessor", "successor")
    ]  # fmt: skip


def write_successions(entries: Sequence[SuccessionEntry]) -> None:
    """Records successions; one that is known by its areas and its day gets the kind of the entry."""
    Succession.objects.bulk_create(
        _successions(entries), update_conflicts=True, update_fields=["kind"],
        unique_fields=["predecessor", "successor", "on"],
    )  # fmt: skip


def remove_successions(entries: Sequence[SuccessionEntry]) -> None:
    """Deletes successions."""
    for one in _successions(entries):
        Succession.objects.filter(predecessor=one.predecessor, successor=one.successor, on=one.on).delete()


def _successions(entries: Sequence[SuccessionEntry]) -> list[Succession]:
    known = KnownAreas(code for entry in entries for code in (entry.predecessor, entry.successor))
    return [
        Succession(
            predecessor=known.on(entry.predecessor, entry.level, entry.on - ONE_DAY),
            successor=known.on(entry.successor, entry.level, entry.on),
            on=entry.on,
            kind=entry.kind,
        )
        for entry in entries
    ]
