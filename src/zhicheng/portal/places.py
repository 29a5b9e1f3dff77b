"""Choosing a place step by step: county, township, village. Works as plain selects that the server fills."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.areas.api import Area, City, list_children
from zhicheng.ground.kept import kept

LEVELS = (
    ("county", words("County")),
    ("township", words("Township or subdistrict")),
    ("village", words("Village or community")),
)
REQUIRED = ("county", "township")


@dataclass(frozen=True)
class LevelChoice:
    """One select: its options, what is chosen, and what is wrong with it."""

    name: str
    label: str
    options: tuple[Area, ...]
    chosen: int | None
    error: str = ""

    @property
    def required(self) -> bool:
        """Whether a body needs it to find the place."""
        return self.name in REQUIRED


@dataclass(frozen=True)
class PlaceChoice:
    """All selects, and the deepest area that was chosen."""

    levels: tuple[LevelChoice, ...]
    area: Area | None


def read_place(city: City, data: Mapping[str, str], *, checked: bool) -> PlaceChoice:
    """What was chosen so far. An area that is not below the one before is no choice.

    With `checked`, a missing county or township is an error in its level.
    """
    above: Area | None = city.area
    levels: list[LevelChoice] = []
    deepest: Area | None = None
    for name, label in LEVELS:
        options = _below(above.id, clock.today()) if above else {}
        chosen = options.get(data.get(name, ""))
        missing = checked and chosen is None and name in REQUIRED
        error = gettext("Choose “%(label)s”.") % {"label": gettext(label)} if missing else ""
        levels.append(
            LevelChoice(name, gettext(label), tuple(options.values()), chosen.id if chosen else None, error)
        )
        above, deepest = chosen, chosen or deepest
    return PlaceChoice(tuple(levels), deepest)


@kept
def _below(area_id: int, day: date) -> dict[str, Area]:
    """The areas directly below one on a day, by their ids as a form sends them."""
    return {str(area.id): area for area in list_children(Area(id=area_id), day)}
