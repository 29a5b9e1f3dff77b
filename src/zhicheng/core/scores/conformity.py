"""Whether a measured figure keeps to a limit, by GB/T 8170-2008, chapter 4.

By the full figure (全数值比较法): any excess counts, however small; so it is unless the standard says
otherwise (§4.3.1). By the rounded figure (修约值比较法): it is rounded to the places of the limit first, which
has to be agreed on beforehand.

>>> purity = Requirement.at_least("97.0")
>>> purity.is_met_by("96.96"), purity.is_met_by("96.96", Comparison.ROUNDED)
(False, True)
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, auto

from zhicheng.core.choices import named
from zhicheng.core.refused import Refused
from zhicheng.core.scores.rounding import Figure, Mark, Reported, decimal, rounded
from zhicheng.core.words import words


class Comparison(StrEnum):
    """Which figure is held against the limit."""

    FULL = auto()
    """The figure as measured (全数值比较法)."""
    ROUNDED = auto()
    """The figure rounded to the limit's places (修约值比较法)."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One end: `value` with the places that the limit is written with, itself allowed if `included`."""

    value: Decimal
    included: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", decimal(self.value))


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a standard allows: from `lower` to `upper`, None where it sets no end. Raises Refused if crossed."""

    lower: Bound | None = None
    upper: Bound | None = None

    def __post_init__(self) -> None:
        if self.lower and self.upper and self.lower.value > self.upper.value:
            raise Refused(
                words("A requirement from {lower} to {upper}: the lower limit first was expected"),
                lower=self.lower.value,
                upper=self.upper.value,
            )

    @classmethod
    def at_least(cls, limit: Figure) -> "Requirement":
        """≥ limit. Write 14e2 for a limit that counts in hundreds."""
        return cls(lower=Bound(decimal(limit)))

    @classmethod
    def at_most(cls, limit: Figure) -> "Requirement":
        """≤ limit."""
        return cls(upper=Bound(decimal(limit)))

    @classmethod
    def more_than(cls, limit: Figure) -> "Requirement":
        """> limit."""
        return cls(lower=Bound(decimal(limit), included=False))

    @classmethod
    def less_than(cls, limit: Figure) -> "Requirement":
        """< limit."""
        return cls(upper=Bound(decimal(limit), included=False))

    @classmethod
    def between(cls, low: Figure, high: Figure) -> "Requirement":
        """low ~ high, both allowed."""
        return cls(Bound(decimal(low)), Bound(decimal(high)))

    @classmethod
    def around(
        cls, middle: Figure, tolerance: Figure, *, includes_lower: bool = True, includes_upper: bool = True
    ) -> "Requirement":
        """middle ± tolerance; an end that the standard leaves out (不含) is not included.

        >>> Requirement.around("10.0", "0.1", includes_upper=False).is_met_by("10.1")
        False
        """
        centre, width = decimal(middle), decimal(tolerance)
        return cls(Bound(centre - width, includes_lower), Bound(centre + width, includes_upper))

    def is_met_by(self, figure: Figure | Reported, comparison: str = Comparison.FULL) -> bool:
        """Whether a measured or reported figure is allowed. Raises Refused for what is no figure.

        `comparison` is a `Comparison` or its text.
        """
        held = named(Comparison, "comparison", comparison)
        given = figure if isinstance(figure, Reported) else Reported(decimal(figure))
        low = self.lower is None or _side(given, self.lower, held) >= (not self.lower.included)
        high = self.upper is None or -_side(given, self.upper, held) >= (not self.upper.included)
        return low and high


def _side(given: Reported, bound: Bound, comparison: Comparison) -> int:
    """1 if the figure lies above the bound, −1 if below, 0 if it is the bound."""
    if comparison is Comparison.ROUNDED:
        found = rounded(given, Decimal((0, (1,), int(bound.value.as_tuple().exponent))))
        return (found > bound.value) - (found < bound.value)
    if given.value == bound.value and given.mark:
        away = 1 if given.mark is Mark.CUT else -1
        return -away if given.value < 0 else away
    return (given.value > bound.value) - (given.value < bound.value)
