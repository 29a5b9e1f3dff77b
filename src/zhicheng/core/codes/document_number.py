"""Numbers of official documents (发文字号): 枣市监诉受〔2026〕12号.

Letters of the issuing body and of the kind of document, the year in six-cornered brackets, and a serial without
leading zeros, as the layout of official documents asks (GB/T 9704-2012, 7.2.5; recalled).

>>> str(DocumentNumber("枣市监", "诉受", 2026, 12))
'枣市监诉受〔2026〕12号'
>>> DocumentNumber("枣市监", "诉受", 2026, 0)
Traceback (most recent call last):
zhicheng.core.codes.typed.CodeError: 0 is not a serial number of a document: expected 1 or more
"""

from dataclasses import dataclass

from zhicheng.core.codes.typed import CodeError
from zhicheng.core.words import words


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """`prefix` names the body, `mark` the series of its documents, `serial` counts them within `year`.

    Raises CodeError if the serial is not 1 or more, or the year does not have four digits.
    """

    prefix: str
    mark: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        if self.serial < 1:
            raise CodeError(
                words("{found} is not a serial number of a document: expected 1 or more"), found=self.serial
            )
        if not 1949 <= self.year <= 9999:
            raise CodeError(words("{found} is not a year of issue: expected 1949–9999"), found=self.year)

    def __str__(self) -> str:
        return f"{self.prefix}{self.mark}〔{self.year}〕{self.serial}号"
