"""Industry codes (国民经济行业分类, GB/T 4754-2017): section letter, division 2, group 3, class 4 digits.

A code's form and level are checked here; whether a group or class exists is a question to the table.

>>> code = IndustryCode.parse("C3511")
>>> code.digits, code.level, code.section, code.parent
('3511', <IndustryLevel.CLASS: 4>, 'C', IndustryCode(digits='351'))
"""

from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from zhicheng.core.codes.typed import CodeError, is_digits, plain
from zhicheng.core.words import words

SECTIONS = "ABCDEFGHIJKLMNOPQRST"
_FIRST_DIVISIONS = (1, 6, 13, 44, 47, 51, 53, 61, 63, 66, 70, 71, 73, 76, 80, 83, 84, 86, 91, 97)
_LAST_DIVISION = 97


class IndustryLevel(IntEnum):
    """门类, 大类, 中类, 小类."""

    SECTION = 1
    DIVISION = 2
    GROUP = 3
    CLASS = 4


@dataclass(frozen=True, slots=True, order=True)
class IndustryCode:
    """One code: a section letter A–T, or 2–4 digits that begin with a division 01–97. Raises CodeError."""

    digits: str

    def __post_init__(self) -> None:
        if self.digits in tuple(SECTIONS):
            return
        if not (is_digits(self.digits) and 2 <= len(self.digits) <= 4):
            raise _malformed(self.digits)
        if not 1 <= int(self.digits[:2]) <= _LAST_DIVISION:
            raise CodeError(
                words("“{code}”: there is no division {division}, expected 01–97"),
                code=self.digits,
                division=self.digits[:2],
            )

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Read “C”, “35”, “351”, “3511”, or digits behind their section letter (“C3511”)."""
        text = plain(typed)
        section, digits = (text[0], text[1:]) if text[1:] and text[0] in SECTIONS else ("", text)
        if section and not is_digits(digits):
            raise _malformed(typed)
        code = cls(digits)
        if section and section != code.section:
            raise CodeError(
                words("“{code}”: division {division} belongs to section {expected}"),
                code=text,
                division=digits[:2],
                expected=code.section,
            )
        return code

    @property
    def level(self) -> IndustryLevel:
        """Level by the number of characters."""
        return IndustryLevel(len(self.digits))

    @property
    def section(self) -> str:
        """The letter A–T of the section the code is or lies in."""
        if self.level == IndustryLevel.SECTION:
            return self.digits
        return SECTIONS[bisect_right(_FIRST_DIVISIONS, int(self.digits[:2])) - 1]

    @property
    def parent(self) -> "IndustryCode | None":
        """The code one level up; None above a section."""
        if self.level == IndustryLevel.SECTION:
            return None
        return IndustryCode(self.section if self.level == IndustryLevel.DIVISION else self.digits[:-1])


def _malformed(typed: str) -> CodeError:
    return CodeError(
        words("“{code}” is not an industry code: expected a letter A–T, or 2 to 4 digits"), code=typed
    )
