"""Areas as files state them: codes instead of ids; one class for each of the three files of a pack."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from zhicheng.core.codes import Level
from zhicheng.ground.areas.kinds import AreaKind
from zhicheng.ground.areas.models import SuccessionKind

LEVEL_NAMES = tuple(level.name.lower() for level in Level)


def _level(given: object) -> object:
    if isinstance(given, str):
        if given not in LEVEL_NAMES:
            raise PydanticCustomError("level", "one of {names}", {"names": ", ".join(LEVEL_NAMES)})
        return Level[given.upper()]
    return given


LevelName = Annotated[Level, BeforeValidator(_level), PlainSerializer(lambda level: level.name.lower())]
"""A level, written as a word in files."""
FullCode = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
"""All 12 digits of an area code."""
Degrees = Annotated[Decimal, Field(decimal_places=6, ge=-180, le=180)]

Address = tuple[str, Level, date]
"""What tells one area from every other in files: its code, its level and its first day."""


class Entry(BaseModel):
    """A row of a file."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class AreaEntry(Entry):
    """One area. `parent` is the code of the area above on the first day; `valid_to` is the last day."""

    code: FullCode
    level: LevelName
    name: str = Field(min_length=1, max_length=60)
    kind: AreaKind
    parent: FullCode | None = None
    valid_from: date
    valid_to: date | None = None
    longitude: Degrees | None = None
    latitude: Annotated[Degrees, Field(ge=-90, le=90)] | None = None
    statistical_only: bool = False

    @property
    def address(self) -> Address:
        """The area's identity in files."""
        return self.code, self.level, self.valid_from

    def is_valid_on(self, day: date) -> bool:
        """Whether the area exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class SuccessionEntry(Entry):
    """`predecessor` exists on the day before `on`, `successor` on the day itself; both at one level."""

    predecessor: FullCode
    successor: FullCode
    level: LevelName
    on: date
    kind: SuccessionKind


class Geometry(Entry):
    """A GeoJSON geometry that encloses something (RFC 7946); longitude before latitude, in degrees."""

    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[list[list[object]]] = Field(min_length=1)


class BoundaryEntry(Entry):
    """The outline of the area with this code, level and first day."""

    code: FullCode
    level: LevelName
    valid_from: date
    source: str = Field(min_length=1, max_length=200)
    vintage: str = Field(min_length=1, max_length=60)
    geometry: Geometry

    @property
    def address(self) -> Address:
        """The identity of the outlined area in files."""
        return self.code, self.level, self.valid_from
