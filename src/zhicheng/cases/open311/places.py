"""Where a request lies: found by coordinates, by the number of a place, or by the names in an address."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Length, Replace

from zhicheng.cases.open311.schemas import RequestIn
from zhicheng.core.codes import Level
from zhicheng.core.codes.area import LENGTH
from zhicheng.core.outlines import holds
from zhicheng.core.refused import Refused
from zhicheng.core.typed import read_id
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area, City, list_boundaries
from zhicheng.ground.kept import kept
from zhicheng.ground.objects.api import Site, find_sites

_NUMBERS = re.compile(r"(?<=\D)(?=\d)|(?<=[\s,，、])")
_COMMITTEES = {"居民委员会": "", "村民委员会": "", "居委会": "", "村委会": "村"}
"""What stands in the official names of villages and in no address: 王沟村委会 is 王沟村."""


@dataclass(frozen=True)
class Place:
    """The area, the building if it is known, and the words that say more than these."""

    area: Area
    site: Site | None = None
    text: str = ""


def place_of(sent: RequestIn, city: City, on: date) -> Place:
    """The place of a request; raises Refused if it is not said, unknown, or not in the city."""
    text = sent.address_string or ""
    if sent.address_id:
        return _numbered(sent.address_id, text, city, on)
    if sent.lat is not None and sent.long is not None:
        return _named(text, _around(sent.long, sent.lat, city, on), on)
    if sent.lat is not None or sent.long is not None:
        raise Refused(words("“lat” and “long” belong together: send both."))
    if not text:
        raise Refused(words("Say where it is: by “lat” and “long”, “address_id” or “address_string”."))
    return _named(text, city.area, on)


def _numbered(number: str, text: str, city: City, on: date) -> Place:
    """A building by its number, an area by its code: what a list of requests gives as `address_id`."""
    site, area = None, None
    if len(number) == LENGTH:
        area = Area.objects.valid_on(on).filter(code=number).order_by("level").first()
    else:
        site = Site.objects.select_related("area", "parent").filter(id=read_id(number) or 0).first()
        area = site.area if site else None
    if area is None or not area.path.startswith(city.area.path):
        raise Refused(
            words("There is no place with the address_id {value} in {city}."), value=number, city=city.name
        )
    return Place(area, site, text)


def _around(longitude: float, latitude: float, city: City, on: date) -> Area:
    """The county whose outline holds the point; the city itself where its own outline does and no county's."""
    for area, geometry in _outlines(city.area.path, on):
        if holds(geometry, longitude, latitude):
            return area
    raise Refused(
        words("The point {lat}, {long} does not lie in {city}."), lat=latitude, long=longitude, city=city.name
    )


@kept
def _outlines(path: str, on: date) -> tuple[tuple[Area, Mapping[str, Any]], ...]:
    found = (*list_boundaries((path,), Level.COUNTY, on), *list_boundaries((path,), Level.CITY, on))
    return tuple((one.area, one.geometry) for one in found)


def _named(text: str, above: Area, on: date) -> Place:
    """The deepest area below `above` that the address names without doubt, and the building if only one fits."""
    area, rest = above, text
    for level in (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE):
        found = _only(one for one in _mentioned(text, above, on) if one[0].level == level and _lies(one[0], area))
        if found is not None:
            area, name = found
            rest = rest.rpartition(name)[2]
    site = _building(rest, area)
    return Place(site.area if site else area, site, text)


def _mentioned(text: str, above: Area, on: date) -> list[tuple[Area, str]]:
    """The areas below one whose names stand in the text, each with the name as it stands there."""
    if not text:
        return []
    spoken: Any = F("name")
    for official, short in _COMMITTEES.items():
        spoken = Replace(spoken, Value(official), Value(short))
    below = Area.objects.valid_on(on).filter(path__startswith=above.path).exclude(id=above.id)
    known = below.annotate(spoken=spoken, said=Value(text, output_field=CharField()), letters=Length("spoken"))
    return [(area, area.spoken) for area in known.filter(letters__gte=2, said__contains=F("spoken"))]  # type: ignore[attr-defined]


def _lies(area: Area, above: Area) -> bool:
    return area.path.startswith(above.path)


def _only(found: Iterable[tuple[Area, str]]) -> tuple[Area, str] | None:
    """The one with the longest name, if no other has as long a one."""
    ranked = sorted(found, key=lambda one: len(one[1]), reverse=True)
    if not ranked or (len(ranked) > 1 and len(ranked[1][1]) == len(ranked[0][1])):
        return None
    return ranked[0]


def _building(text: str, area: Area) -> Site | None:
    """The building that the end of an address names, if only one fits: 阳光花园3号楼2单元 is 阳光花园 3号楼."""
    parts = [part for part in _NUMBERS.split(text) if part.strip(" ,，、")]
    for count in range(len(parts), 0, -1):
        found = find_sites(" ".join(parts[:count]), (area.path,), limit=2)
        if found:
            return found[0] if len(found) == 1 else None
    return None
