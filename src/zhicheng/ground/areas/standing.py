"""What stands for an area that has ended, so that what happened in it is lost to nobody.

A record keeps the area that it happened in. Whoever is competent for the one area that succeeded it, is for the
record too. An area that was split among several falls to whoever is competent for all of it: the area above.
"""

from collections.abc import Iterable
from datetime import date

from zhicheng.ground.areas.models import Area, Succession
from zhicheng.ground.clock import today
from zhicheng.ground.kept import kept


def standing_paths(paths: Iterable[str], on: date | None = None) -> tuple[str, ...]:
    """The paths, what succeeded those that ended, and every ended area that one of these succeeded; sorted."""
    day = on or today()
    given = {one for path in paths for one in (path, current_path(path, day))}
    earlier = {old for old, new in _heirs(day) if any(new.startswith(path) for path in given)}
    return tuple(sorted(given | earlier))


def current_path(path: str, on: date | None = None) -> str:
    """The path of the area that stands for the one at `path`: its own, unless it ended and has one heir."""
    found = [(old, new) for old, new in _heirs(on or today()) if path.startswith(old)]
    return max(found, key=lambda pair: len(pair[0]))[1] if found else path


def areas_around(path: str, on: date | None = None) -> frozenset[int]:
    """The ids of the areas that the place at `path` lies in today, lay in, or that one of these succeeded."""
    day = on or today()
    now = current_path(path, day)
    lines = [path, now, *(old for old, new in _heirs(day) if now.startswith(new))]
    return frozenset(int(part) for line in lines for part in line.strip("/").split("/") if part)


def standing_ids(on: date | None = None) -> dict[int, int]:
    """By the id of every ended area that has one heir: the id of that one."""
    return {_last(old): _last(new) for old, new in _heirs(on or today())}


@kept
def _heirs(on: date) -> tuple[tuple[str, str], ...]:
    """The paths of the areas that have ended, each with that of the one area that stands for all of it."""
    following: dict[int, set[int]] = {}
    for before, after in Succession.objects.filter(on__lte=on).values_list("predecessor", "successor"):
        following.setdefault(before, set()).add(after)
    named = following.keys() | {one for heirs in following.values() for one in heirs}
    areas = Area.objects.in_bulk(list(named))
    found = ((areas[one], _heir(areas[one], areas, following, on)) for one in following)
    pairs = [(area.path, heir.path) for area, heir in found if heir is not None and heir != area]
    return tuple(pair for pair in pairs if not _goes_apart(pair, pairs))


def _heir(area: Area, areas: dict[int, Area], following: dict[int, set[int]], on: date) -> Area | None:
    seen: set[int] = set()
    while not area.is_valid_on(on):
        heirs = following.get(area.pk, set())
        if area.pk in seen or len(heirs) != 1:
            return None
        seen.add(area.pk)
        area = areas[next(iter(heirs))]
    return area


def _goes_apart(pair: tuple[str, str], pairs: list[tuple[str, str]]) -> bool:
    """Whether a part of the ended area went elsewhere: then each part is followed by itself."""
    whole, heir = pair
    return any(old != whole and old.startswith(whole) and not new.startswith(heir) for old, new in pairs)


def _last(path: str) -> int:
    return int(path.strip("/").rpartition("/")[2])
