"""The areas that the entries of a file refer to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from zhicheng.core.codes import Level
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.areas.entries import Address
from zhicheng.ground.areas.models import Area


class AreaRefused(Refused):
    """An entry contradicts the areas that are already there."""


class KnownAreas:
    """Areas by code and level, found by their first day or by a day on which they exist."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._areas: defaultdict[tuple[str, Level], list[Area]] = defaultdict(list)
        for area in Area.objects.filter(code__in=set(codes)):
            self.add(area)

    def add(self, area: Area) -> None:
        """Makes a new area findable."""
        self._areas[area.code, Level(area.level)].append(area)

    def at(self, address: Address) -> Area | None:
        """The area with exactly this code, level and first day, if it is there."""
        code, level, valid_from = address
        return next((area for area in self._areas[code, level] if area.valid_from == valid_from), None)

    def on(self, code: str, level: Level, day: date) -> Area:
        """The area that bears the code on that day. Raises AreaRefused."""
        for area in self._areas[code, level]:
            if area.is_valid_on(day):
                return area
        raise AreaRefused(words("There is no {level} {code} on {on}"), level=level.name.lower(), code=code, on=day)


def root_paths(code: str, level: Level) -> list[str]:
    """The paths of the area of that code, one for each of its periods."""
    return list(Area.objects.filter(code=code, level=level).values_list("path", flat=True))
