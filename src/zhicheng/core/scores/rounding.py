"""Rounding by GB/T 8170-2008 (数值修约规则与极限数值的表示和判定), chapter 3: 四舍六入五成双.

The figure that is nearest in steps of the rounding interval (修约间隔); exactly in the middle, the one with an
even number of steps. Steps are 1, 0.5 or 0.2 units of any decimal place. A figure is rounded once: whoever
reports one more place than is wanted says by a mark whether the rest was cut off or raised, so that the next can
round it as if from the original (§3.3.2).

>>> print(rounded("12.1498", "0.1"), rounded("1.050", "0.1"), rounded("0.35", "0.1"), rounded("60.25", "0.5"))
12.1 1.0 0.4 60.0
>>> print(reported("15.4546", "0.1"), rounded(reported("15.4546", "0.1"), "1"), rounded("15.5", "1"))
15.5(-) 15 16

All is exact decimal arithmetic on what is written; binary floating point numbers are not taken, since 0.35 is
none.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext
from enum import StrEnum
from numbers import Integral
from typing import Any

from zhicheng.core.choices import named
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class Mark(StrEnum):
    """What was done to a reported figure whose last digit is a 5, seen without its sign."""

    NONE = ""
    """Nothing was cut off: it is the figure itself."""
    CUT = "+"
    """The original is larger: something was cut off (舍)."""
    RAISED = "-"
    """The original is smaller: it was raised (进)."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure as reported, with its mark; both may be given as text. Raises Refused.

    >>> Reported("15.5", "-")
    Reported(value=Decimal('15.5'), mark=<Mark.RAISED: '-'>)
    """

    value: Decimal
    mark: Mark = Mark.NONE

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", decimal(self.value))
        object.__setattr__(self, "mark", named(Mark, "mark", self.mark))

    def __str__(self) -> str:
        return f"{self.value:f}({self.mark})" if self.mark else f"{self.value:f}"

    @classmethod
    def parse(cls, text: str) -> "Reported":
        """What a report says: “16.5(+)”, “16.5(−)”, “16.5+” or “16.5”. Raises Refused.

        >>> Reported.parse("16.5(−)")
        Reported(value=Decimal('16.5'), mark=<Mark.RAISED: '-'>)
        """
        plain = text.strip().translate(_AS_ASCII)
        match = _REPORTED.fullmatch(plain)
        figure, mark = (match["figure"], match["mark"] or match["bare"] or "") if match else (plain, "")
        return cls(decimal(figure), Mark(mark))


Figure = str | int | Decimal
"""An exact figure: as text, a whole number or a decimal."""


def decimal(figure: Figure) -> Decimal:
    """The figure as an exact, finite decimal; the places that are written stay. Raises Refused.

    >>> decimal("97.0"), decimal("14e2")
    (Decimal('97.0'), Decimal('1.4E+3'))
    """
    if isinstance(figure, float):
        raise TypeError(f"{figure!r} is a binary number: give the figure as text, such as {str(figure)!r}")
    try:
        found = Decimal(figure.translate(_AS_ASCII) if isinstance(figure, str) else _exact(figure))
    except (InvalidOperation, TypeError, ValueError):
        found = Decimal("nan")
    if not found.is_finite() or abs(found.adjusted()) > LARGEST_POWER:
        raise Refused(
            words("“{figure}” is not a figure: one such as {example} was expected"),
            figure=figure,
            example="−0.0365",
        )
    return found


def _exact(figure: object) -> Any:
    """NumPy's whole numbers as Python's, which alone can be made decimals."""
    return int(figure) if isinstance(figure, Integral) else figure


LARGEST_POWER = 999
"""Figures beyond this power of ten are a mistake in typing."""


def rounded(figure: Figure | Reported, interval: Figure) -> Decimal:
    """The figure in whole steps of `interval`, which is 1, 2 or 5 times a power of ten. Raises Refused.

    A reported figure with a mark that lies exactly in the middle goes the way its original would have gone.

    >>> print(rounded("-930", "20"), rounded("1268", "1e2"), rounded("-0.0365", "0.001"))
    -920 1.3E+3 -0.036
    """
    given = figure if isinstance(figure, Reported) else Reported(decimal(figure))
    step = _interval(interval)
    with localcontext() as context:
        context.prec = _digits(given.value, step)
        steps = abs(given.value) / step
        whole = steps.to_integral_value(ROUND_HALF_EVEN)
        if given.mark and steps - steps.to_integral_value(ROUND_DOWN) == Decimal("0.5"):
            whole = steps.to_integral_value(ROUND_DOWN) + (given.mark is Mark.CUT)
        found = (whole * step).quantize(step)
    return found.copy_negate() if given.value < 0 and found else found


def reported(figure: Figure, interval: Figure) -> Reported:
    """The figure rounded for a report that others will round again: one place more than they need, marked.

    The mark is given if the last digit other than 0 is a 5, as only then it can decide (§3.3.2). Raises Refused.

    >>> print(reported("16.5203", "0.1"), reported("17.5000", "0.1"), reported("16.4203", "0.1"))
    16.5(+) 17.5 16.4
    """
    exact = decimal(figure)
    found = rounded(exact, interval)
    digits = f"{found.copy_abs():f}".replace(".", "").rstrip("0")
    if not digits.endswith("5") or found == exact:
        return Reported(found)
    return Reported(found, Mark.CUT if exact.copy_abs() > found.copy_abs() else Mark.RAISED)


def _interval(interval: Figure) -> Decimal:
    step = decimal(interval)
    if step <= 0 or step.normalize().as_tuple().digits not in {(1,), (2,), (5,)}:
        raise Refused(
            words("“{interval}” is no rounding interval: 1, 2 or 5 times a power of ten was expected"),
            interval=interval,
        )
    return step


def _digits(value: Decimal, step: Decimal) -> int:
    """As many digits as are needed to divide and multiply without rounding: division by 2 or 5 adds one."""
    return max(len(value.as_tuple().digits), 1) + abs(value.adjusted() - step.adjusted()) + 8


_AS_ASCII = str.maketrans("−－＋（）", "--+()")
_REPORTED = re.compile(r"(?P<figure>[^()]*?[0-9.])(?:\((?P<mark>[+-])\)|(?P<bare>[+-]))?")
