"""Areas to and from files: read as entries, written in bulk, a level at a time."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db import connection

from zhicheng.core.codes import Level
from zhicheng.core.pinyin import sort_key
from zhicheng.core.words import words
from zhicheng.ground.areas.entries import AreaEntry
from zhicheng.ground.areas.kinds import AreaKind
from zhicheng.ground.areas.known import AreaRefused, KnownAreas
from zhicheng.ground.areas.models import Area
from zhicheng.ground.areas.queries import within

CHANGEABLE = ("name", "sort_key", "kind", "valid_to", "longitude", "latitude", "statistical_only")
"""The columns of an area that may change while it lasts."""
_ENDING = re.compile("(社区|村)?(居民|村民|居|村)(委员会|委会)$|街道$|镇$")


def read_areas(code: str, level: Level) -> list[AreaEntry]:
    """The area of that code in all its periods, everything below it, and what lies above it."""
    roots = Area.objects.filter(code=code, level=level)
    above = Area.objects.filter(pk__in={pk for root in roots for pk in root.ancestor_ids})
    inside = within(Area.objects.all(), [root.path for root in roots], field="")
    return [_entry(area) for areas in (above, inside) for area in areas.select_related("parent")]


def write_areas(entries: Sequence[AreaEntry]) -> None:
    """Creates areas and changes existing ones. A parent may be among the entries or be there already.

    Raises AreaRefused if a parent is missing or differs from that of the existing area.
    """
    known = KnownAreas(code for entry in entries for code in (entry.code, entry.parent) if code)
    by_level: defaultdict[Level, list[AreaEntry]] = defaultdict(list)
    for entry in entries:
        by_level[entry.level].append(entry)
    for level in sorted(by_level):
        fresh = [entry for entry in by_level[level] if known.at(entry.address) is None]
        stored = [entry for entry in by_level[level] if known.at(entry.address) is not None]
        Area.objects.bulk_update([_updated(entry, known) for entry in stored], CHANGEABLE, batch_size=500)
        areas = _new_areas(fresh, known)
        _copy(areas)
        for area in areas:
            known.add(area)


def remove_areas(entries: Iterable[AreaEntry]) -> None:
    """Deletes areas that never came to exist, the lowest first; the database refuses those in use."""
    for entry in sorted(entries, key=lambda entry: -entry.level):
        code, level, valid_from = entry.address
        Area.objects.filter(code=code, level=level, valid_from=valid_from).delete()


def _new_areas(entries: Sequence[AreaEntry], known: KnownAreas) -> list[Area]:
    areas = []
    for pk, entry in zip(_next_ids(len(entries)), entries, strict=True):
        parent = _parent(entry, known)
        path = f"{parent.path if parent else '/'}{pk}/"
        area = Area(
            pk=pk, code=entry.code, level=entry.level.value, parent=parent, path=path, valid_from=entry.valid_from
        )
        areas.append(_describe(area, entry))
    return areas


def _updated(entry: AreaEntry, known: KnownAreas) -> Area:
    area = known.at(entry.address)
    assert area is not None, entry
    parent = _parent(entry, known)
    if area.parent_id != (parent.pk if parent else None):
        raise AreaRefused(
            words(
                "{name} {code} cannot move to {parent}: an area that changes its parent ends, and its "
                "successor begins"
            ),
            name=entry.name, code=entry.code, parent=entry.parent,
        )  # fmt: skip
    return _describe(area, entry)


def _describe(area: Area, entry: AreaEntry) -> Area:
    area.name, area.sort_key, area.kind = entry.name, _sort_key(entry.name), entry.kind.value
    area.valid_to, area.statistical_only = entry.valid_to, entry.statistical_only
    area.longitude, area.latitude = entry.longitude, entry.latitude
    return area


def _sort_key(name: str) -> str:
    """`sort_key` of a name, with that of the few endings kept: it halves the time for a city's villages."""
    ending = _ENDING.search(name)
    if ending is None or not ending.start():
        return sort_key(name)
    return f"{sort_key(name[: ending.start()])} {_sort_key_of_ending(ending[0])}"


_sort_key_of_ending = lru_cache(sort_key)


def _parent(entry: AreaEntry, known: KnownAreas) -> Area | None:
    if entry.parent is None:
        return None
    return known.on(entry.parent, Level(entry.level - 1), entry.valid_from)


def _next_ids(count: int) -> list[int]:
    """Reserves ids, because an area's own id is the end of its path."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Area._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _copy(areas: Sequence[Area]) -> None:
    """Inserts many areas with COPY, several times faster than INSERT; triggers and checks run all the same."""
    fields = Area._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    statement = f"COPY {connection.ops.quote_name(Area._meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for area in areas:
            copy.write_row([getattr(area, field.attname) for field in fields])


def _entry(area: Area) -> AreaEntry:
    return AreaEntry(
        code=area.code, level=Level(area.level), name=area.name, kind=AreaKind(area.kind),
        parent=area.parent.code if area.parent else None, valid_from=area.valid_from, valid_to=area.valid_to,
        longitude=area.longitude, latitude=area.latitude, statistical_only=area.statistical_only,
    )  # fmt: skip
