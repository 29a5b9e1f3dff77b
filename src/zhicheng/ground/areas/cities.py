"""The cities of this installation, each with the name that its addresses carry."""

import re
from dataclasses import dataclass
from datetime import date

from zhicheng.core.codes import Level
from zhicheng.core.pinyin import sort_key
from zhicheng.ground import clock
from zhicheng.ground.areas.models import Area
from zhicheng.ground.kept import kept


@dataclass(frozen=True)
class City:
    """One city: `slug` stands in addresses (`zaozhuang`), `name` is the area's name."""

    slug: str
    name: str
    area: Area


def list_cities() -> list[City]:
    """Every city that is valid today, in the order of the codes."""
    return list(_cities_on(clock.today()))


def find_city(slug: str) -> City | None:
    """The city whose addresses carry this name."""
    return next((city for city in list_cities() if city.slug == slug), None)


@kept
def _cities_on(day: date) -> tuple[City, ...]:
    cities = Area.objects.valid_on(day).filter(level=Level.CITY).order_by("code")
    return tuple(City(_slug(area), area.name, area) for area in cities)


def _slug(area: Area) -> str:
    """The name in letters, without tones: 枣庄市 is `zaozhuang`."""
    return re.sub("[^a-z]", "", sort_key(area.name.removesuffix("市")))
