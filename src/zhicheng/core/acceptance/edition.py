"""An edition of a standard of acceptance sampling as data: its letters, its AQLs, its tables, its switching rules.

A standard is revised, and a contract names the edition that it meant; so a plan names the edition it was read
from, and a further edition is one more value of `Edition`.

>>> InspectionLevel.read("Ⅱ"), InspectionLevel.read("s-3")
(<InspectionLevel.II: 'II'>, <InspectionLevel.S3: 'S-3'>)
>>> InspectionLevel.read("IV")
Traceback (most recent call last):
zhicheng.core.acceptance.quantities.AcceptanceError: The inspection level “IV” is unknown; expected one of \
S-1, S-2, S-3, S-4, I, II, III
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhicheng.core.acceptance.quantities import AcceptanceError
from zhicheng.core.words import words


class InspectionLevel(StrEnum):
    """How much of a lot is looked at (检验水平, GB/T 2828.1-2012 §10.1); II unless something else is agreed."""

    S1 = "S-1"
    S2 = "S-2"
    S3 = "S-3"
    S4 = "S-4"
    I = "I"  # noqa: E741
    II = "II"
    III = "III"

    @classmethod
    def read(cls, typed: str) -> "InspectionLevel":
        """The level somebody typed, in any case, in Roman numerals of either kind. Raises AcceptanceError."""
        try:
            return cls(_plain(typed).upper())
        except ValueError:
            raise AcceptanceError(
                words("The inspection level “{level}” is unknown; expected one of {known}"),
                level=typed,
                known=", ".join(cls),
            ) from None


class Severity(StrEnum):
    """How strictly lots are inspected at present (检验严格程度, §9)."""

    NORMAL = "normal"
    """正常检验."""
    TIGHTENED = "tightened"
    """加严检验."""
    REDUCED = "reduced"
    """放宽检验."""

    @property
    def label(self) -> str:
        """The message that names it on a sheet."""
        return _LABELS[self]

    @classmethod
    def read(cls, typed: str) -> "Severity":
        """The severity somebody typed, in any case. Raises AcceptanceError."""
        try:
            return cls(_plain(typed).lower())
        except ValueError:
            raise AcceptanceError(
                words("The severity “{severity}” is unknown; expected one of {known}"),
                severity=typed,
                known=", ".join(cls),
            ) from None


def _plain(typed: object) -> str:
    """Without spaces around it, and with Roman numerals and wide letters as ordinary ones; None is no name."""
    return unicodedata.normalize("NFKC", str(typed)).strip()


_LABELS = {
    Severity.NORMAL: words("normal inspection"),
    Severity.TIGHTENED: words("tightened inspection"),
    Severity.REDUCED: words("reduced inspection"),
}


@dataclass(frozen=True, slots=True)
class MasterTable:
    """A master table of single plans, by the structure it was built with instead of by its cells.

    `sizes`: the sample size of each row, from A on. `ladders`: of each row, what stands in its cells from the
    `diagonal` on: an acceptance number, or the direction in which an arrow points. Row i (A is 0) begins its
    ladder in the column j of the AQLs with i + j = `diagonal`; to the left all arrows point down, to the right all
    point up.
    """

    name: str
    diagonal: int
    sizes: tuple[int, ...]
    ladders: tuple[tuple[int | str, ...], ...]


@dataclass(frozen=True, slots=True)
class SwitchingRules:
    """When the severity changes (转移规则, §9.3 and §9.4); all numbers count lots on original inspection.

    Normal becomes tightened if `refused` of `among` or fewer consecutive lots are not accepted; tightened becomes
    normal after `accepted` consecutive accepted lots, and ends after `ending` lots that were not. Reduced
    inspection may begin once the switching score (转移得分) is `score` or more: an accepted lot adds `small_step`
    where Ac is 0 or 1, and `large_step` where Ac is larger and the lot would have passed at the next lower AQL,
    too.
    """

    refused: int
    among: int
    accepted: int
    ending: int
    score: int
    small_step: int
    large_step: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Edition:
    """What an edition of the standard says, and the international edition that it `adopts`.

    `letters`: the code letters of the rows of all tables. `lot_sizes`: the largest lot of each row of Table 1 but
    the last, which has no end; `code_letters`: of each level the letters of those rows.
    """

    name: str
    adopts: str
    letters: str
    aqls: tuple[Decimal, ...]
    lot_sizes: tuple[int, ...]
    code_letters: Mapping[InspectionLevel, str]
    tables: Mapping[Severity, MasterTable]
    switching: SwitchingRules

    def __repr__(self) -> str:
        return f"<Edition {self.name}>"
