"""Record numbers that people read to each other: TS-3704-2026-000123-8.

Kind of record, area of the issuer, year, serial number within these three, check digit. The check digit is
Damm's (H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004) over the number with A–Z as 10–35:
it finds every single wrong digit and every swap of two neighbouring digits.

>>> RecordNumber.parse("ts 3704—2026—000123 8")
RecordNumber(kind='TS', area='3704', year=2026, serial=123)
>>> RecordNumber.parse("TS-3704-2026-000132-8")
Traceback (most recent call last):
zhicheng.core.codes.typed.CodeError: “TS-3704-2026-000132-8” does not check: a character is wrong or misplaced
"""

import re
from dataclasses import dataclass
from typing import Self

from stdnum import damm

from zhicheng.core.codes.typed import CodeError, plain
from zhicheng.core.words import words

_KIND = re.compile(r"[A-Z]{2,4}")
_AREA = re.compile(r"(?:[0-9]{2}){1,3}")
_NUMBER = re.compile(
    rf"(?P<kind>{_KIND.pattern})-(?P<area>{_AREA.pattern})-(?P<year>[0-9]{{4}})"
    r"-(?P<serial>[0-9]{6}|[1-9][0-9]{6,8})-(?P<check>[0-9])"
)


@dataclass(frozen=True, slots=True, order=True)
class RecordNumber:
    """A record's number: `kind` (2–4 capitals), `area` (2, 4 or 6 digits), `year`, `serial` from 1.

    A serial is printed with at least six digits and may grow to nine. Raises CodeError on anything else.
    """

    kind: str
    area: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise CodeError(
                words("“{found}” is not a kind of record number: expected 2–4 capital letters"),
                found=self.kind,
            )
        if not _AREA.fullmatch(self.area):
            raise CodeError(words("“{found}” is not an area: expected 2, 4 or 6 digits"), found=self.area)
        if not 1949 <= self.year <= 9999:
            raise CodeError(words("{found} is not a year of issue: expected 1949–9999"), found=self.year)
        if not 1 <= self.serial <= 999_999_999:
            raise CodeError(words("{found} is not a serial number: expected 1–999999999"), found=self.serial)

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Read a number as a person types it: any case, width and kind of dash. Raises CodeError."""
        match = _NUMBER.fullmatch(plain(typed))
        if match is None:
            raise CodeError(
                words("“{typed}” is not a record number: expected is the form {example}"),
                typed=typed,
                example="TS-3704-2026-000123-8",
            )
        number = cls(match["kind"], match["area"], int(match["year"]), int(match["serial"]))
        if match["check"] != number.check_digit:
            raise CodeError(
                words("“{typed}” does not check: a character is wrong or misplaced"),
                typed=typed,
            )
        return number

    @property
    def check_digit(self) -> str:
        """The last digit of the printed number."""
        letters = "".join(str(int(letter, 36)) for letter in self.kind)
        return damm.calc_check_digit(f"{letters}{self.area}{self.year}{self.serial:06d}")

    def __str__(self) -> str:
        return f"{self.kind}-{self.area}-{self.year}-{self.serial:06d}-{self.check_digit}"
