"""Finding the area that a table names, by its code or by the names of county and township, within one area."""

from collections import defaultdict
from datetime import date

from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area

COUNTY, VILLAGE = 3, 5
_LENGTHS = (2, 4, 6, 9, 12)


class Places:
    """The areas of a city or county as they are today."""

    def __init__(self, within: Area, on: date) -> None:
        self.within = within
        found = Area.objects.valid_on(on).filter(path__startswith=within.path, level__lte=VILLAGE)
        areas = list(found.order_by("level", "code"))
        self._by_code = {area.code: area for area in areas}
        self._below: dict[int, list[Area]] = defaultdict(list)
        for area in areas:
            if area.parent_id is not None:
                self._below[area.parent_id].append(area)

    def find(self, text: str) -> Area:
        """The area that a code or names such as 枣庄市滕州市北辛街道 mean: the narrowest that is certain.

        Raises Refused if there is none, or several.
        """
        if text.isascii() and text.isdecimal():
            return self._coded(text)
        here = self.within
        while (inside := self._named(self._below[here.pk], text)) is not None:
            here = inside
        if here.level < COUNTY:
            townships = [one for county in self._below[here.pk] for one in self._below[county.pk]]
            found = self._named(townships, text)
            if found is None:
                message = words("No county or township of {place} is called so; expected is a name or a code")
                raise Refused(message, place=self.within.name)
            here = found
        return here

    def _coded(self, text: str) -> Area:
        found = self._by_code.get(text.ljust(12, "0")) if len(text) in _LENGTHS else None
        if found is None:
            raise Refused(words("No area of {place} has this code today"), place=self.within.name)
        return found

    def _named(self, areas: list[Area], text: str) -> Area | None:
        """The one of these areas that a text names; of names that hold each other the longest. Raises Refused."""
        named = [area for area in areas if area.name in text]
        longest = max((len(area.name) for area in named), default=0)
        found = [area for area in named if len(area.name) == longest]
        if len(found) > 1:
            message = words("{count} areas in {place} are called so; expected is one name or code")
            raise Refused(message, count=len(found), place=self.within.name)
        return found[0] if found else None
