"""Statistical area codes (统计用区划代码): 12 digits, 2 + 2 + 2 + 3 + 3, read by an explicit level.

A level is never guessed from trailing zeros: 441900 is a city without counties, so that 441900000000 names
the city and, one level down, the county-level area all its townships hang on. A code is also a name and not
an identity: areas keep an id of their own when their code changes (370882 became 370812 in 2013).

Source: 统计用区划代码和城乡划分代码编制规则; ranges of regulations §11. The village-level ranges 400–499 and
500–599 are recalled; they agree with the codes of Jining and Zaozhuang of 2023-06-30.

>>> street = AreaCode.parse("370811002", Level.TOWNSHIP)
>>> street.digits, str(street.township_class), street.parent
('370811002000', 'subdistrict', AreaCode(digits='370811000000', level=<Level.COUNTY: 3>))
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Self, TypeVar

from zhicheng.core.codes.typed import CodeError, is_digits, plain
from zhicheng.core.words import words

LENGTH = 12

Class = TypeVar("Class", bound=StrEnum)


class Level(IntEnum):
    """Administrative level, 1 the highest."""

    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWNSHIP = 4
    VILLAGE = 5

    @property
    def digits(self) -> int:
        """How many leading digits of a 12-digit code say something at this level."""
        return (2, 4, 6, 9, 12)[self - 1]


class TownshipClass(StrEnum):
    """What a township-level area is: 街道, 镇, 乡 or something like them (a development zone, a farm)."""

    SUBDISTRICT = "subdistrict"
    TOWN = "town"
    TOWNSHIP = "township"
    EQUIVALENT = "equivalent"


class VillageClass(StrEnum):
    """What a village-level area is: 居委会, 村委会, or an area like one of them without a committee."""

    RESIDENTS = "residents"
    VILLAGERS = "villagers"
    RESIDENTS_EQUIVALENT = "residents_equivalent"
    VILLAGERS_EQUIVALENT = "villagers_equivalent"


_TOWNSHIP_CLASSES = {
    range(1, 100): TownshipClass.SUBDISTRICT,
    range(100, 200): TownshipClass.TOWN,
    range(200, 400): TownshipClass.TOWNSHIP,
    range(400, 600): TownshipClass.EQUIVALENT,
}
_VILLAGE_CLASSES = {
    range(1, 200): VillageClass.RESIDENTS,
    range(200, 400): VillageClass.VILLAGERS,
    range(400, 500): VillageClass.RESIDENTS_EQUIVALENT,
    range(500, 600): VillageClass.VILLAGERS_EQUIVALENT,
}


@dataclass(frozen=True, slots=True, order=True)
class AreaCode:
    """One area code: `digits` (always 12) read at `level`. Equal only if both are equal.

    Raises CodeError if the digits do not form a code of that level.
    """

    digits: str
    level: Level

    def __post_init__(self) -> None:
        _check_shape(self.digits, self.level)
        if self.level >= Level.TOWNSHIP:
            _classify(self.digits, slice(6, 9), _TOWNSHIP_CLASSES)
        if self.level == Level.VILLAGE:
            _classify(self.digits, slice(9, 12), _VILLAGE_CLASSES)

    @classmethod
    def parse(cls, typed: str, level: Level) -> Self:
        """Read a code of `level` written with that level's digits or with all 12.

        >>> AreaCode.parse("3708", Level.COUNTY)
        Traceback (most recent call last):
        zhicheng.core.codes.typed.CodeError: “3708” is not an area code of this level: expected 6 or 12 digits
        """
        text = plain(typed)
        if not is_digits(text) or len(text) not in (level.digits, LENGTH):
            raise _malformed(typed, level)
        return cls(text.ljust(LENGTH, "0"), level)

    @property
    def short(self) -> str:
        """The digits that belong to the level: 2, 4, 6, 9 or 12 of them."""
        return self.digits[: self.level.digits]

    @property
    def parent(self) -> "AreaCode | None":
        """The code one level up by the digits; None above a province. Records decide what really governs."""
        if self.level == Level.PROVINCE:
            return None
        level = Level(self.level - 1)
        return AreaCode(self.digits[: level.digits].ljust(LENGTH, "0"), level)

    @property
    def township_class(self) -> TownshipClass | None:
        """Kind of the township this code is or lies in; None above the township level."""
        if self.level < Level.TOWNSHIP:
            return None
        return _classify(self.digits, slice(6, 9), _TOWNSHIP_CLASSES)

    @property
    def village_class(self) -> VillageClass | None:
        """Kind of the village this code is; None above the village level."""
        if self.level < Level.VILLAGE:
            return None
        return _classify(self.digits, slice(9, 12), _VILLAGE_CLASSES)

    def contains(self, other: "AreaCode") -> bool:
        """True if `other` is this area or lies below it, by the digits."""
        return self.level <= other.level and other.digits.startswith(self.short)


def _check_shape(digits: str, level: Level) -> None:
    if not is_digits(digits) or len(digits) != LENGTH:
        raise _malformed(digits, level)
    if digits[level.digits :].strip("0"):
        raise CodeError(
            words("“{code}” is not an area code of this level: expected zeros after {count} digits"),
            code=digits,
            count=level.digits,
        )
    if digits[:2] == "00" or (level >= Level.CITY and digits[2:4] == "00"):
        raise CodeError(words("“{code}” names no province or no city: 00 stands in its place"), code=digits)


def _malformed(code: str, level: Level) -> CodeError:
    if level == Level.VILLAGE:
        return CodeError(words("“{code}” is not an area code of this level: expected 12 digits"), code=code)
    return CodeError(
        words("“{code}” is not an area code of this level: expected {count} or 12 digits"),
        code=code,
        count=level.digits,
    )


def _classify(digits: str, where: slice, classes: dict[range, Class]) -> Class:
    segment = digits[where]
    for numbers, found in classes.items():
        if int(segment) in numbers:
            return found
    raise CodeError(
        words("“{code}”: digits {first}–{last} are {segment}, expected 001–599"),
        code=digits,
        first=where.start + 1,
        last=where.stop,
        segment=segment,
    )
