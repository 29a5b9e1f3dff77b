"""Finding areas and saying where they lie."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from zhicheng.core.codes import Level
from zhicheng.core.codes.area import LENGTH
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.areas.models import Area, Boundary, Succession
from zhicheng.ground.clock import today

SomeModel = TypeVar("SomeModel", bound=Model)
_LEVEL_OF_LENGTH = {level.digits: level for level in Level if level != Level.VILLAGE}


class UnknownArea(Refused, LookupError):
    """No area has this code on that day."""


def find_area(code: str, on: date | None = None, level: Level | None = None) -> Area | None:
    """The area called `code` on a day (default: today), or `None`.

    `code` has 12 digits, or 2, 4, 6 or 9 of them for a province, city, county or township. Twelve digits can
    name a city and, in a city without counties, the one county-level area in it: then the city is found,
    unless `level` says otherwise.
    """
    level = level or _LEVEL_OF_LENGTH.get(len(code))
    named = Area.objects.valid_on(on or today()).filter(code=code.ljust(LENGTH, "0"))
    return (named.filter(level=level) if level else named).order_by("level").first()


def get_area(code: str, on: date | None = None, level: Level | None = None) -> Area:
    """Like `find_area`, but raises UnknownArea, which names the code and the day."""
    area = find_area(code, on, level)
    if area is None:
        raise UnknownArea(words("No area has the code {code} on {on}"), code=code, on=on or today())
    return area


def list_children(area: Area, on: date | None = None) -> list[Area]:
    """The areas directly below on a day (default: today), in the official order of their codes."""
    return list(area.children.valid_on(on or today()).order_by("code"))


def area_label(area: Area) -> str:
    """The full name from the province down, as in an address: 山东省济宁市任城区许庄街道."""
    return area_labels([area])[area.pk]


def area_labels(areas: Iterable[Area]) -> dict[int, str]:
    """The full names of many areas by id, with one query."""
    wanted = list(areas)
    above = {pk for area in wanted for pk in area.ancestor_ids}
    names = dict(Area.objects.filter(pk__in=above).values_list("pk", "name"))
    return {area.pk: "".join(names[pk] for pk in area.ancestor_ids) + area.name for area in wanted}


def within(queryset: QuerySet[SomeModel], paths: Iterable[str], field: str = "area") -> QuerySet[SomeModel]:
    """The rows whose `field` is an area in or below one of the paths; without paths, none."""
    below = list(paths)
    return queryset.filter(lies_within(below, field)) if below else queryset.none()


def lies_within(paths: Iterable[str], field: str = "area") -> Q:
    """The condition that `field` is an area in or below one of the paths; without paths, of no row."""
    prefix = f"{field}__path__startswith" if field else "path__startswith"
    inside = Q()
    for path in paths:
        inside |= Q(**{prefix: path})
    return inside or Q(pk__in=())


def current_successor(area: Area, on: date | None = None) -> Area | None:
    """The area that now stands for `area`: itself while it lasts, else what its succession leads to.

    `None` where that is not one area: it was split among several, or nothing is recorded.
    """
    day = on or today()
    seen: set[int] = set()
    while not area.is_valid_on(day):
        seen.add(area.pk)
        heirs = Succession.objects.filter(predecessor=area, on__lte=day).select_related("successor")[:2]
        if len(heirs) != 1 or heirs[0].successor_id in seen:
            return None
        area = heirs[0].successor
    return area


def list_boundaries(paths: Iterable[str], level: Level, on: date | None = None) -> list[Boundary]:
    """The outlines of the areas of one level inside `paths` on a day (default: today), in code order."""
    day = on or today()
    outlines = within(Boundary.objects.select_related("area"), paths).filter(area__level=level)
    return [outline for outline in outlines.order_by("area__code") if outline.area.is_valid_on(day)]
