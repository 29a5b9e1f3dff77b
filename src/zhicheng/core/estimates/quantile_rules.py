"""Which value of a weighted sample is its quantile: the rules of Hyndman and Fan (1996), with weights as R has it.

With the values in order and their weights added up, the rules `math` (`hf1`), `school` (`hf2`) and `hf3` take a
value, or the middle of two, where the sum passes the share; `hf4` to `hf9` draw a line through points and read it
off. A share below the first value's own weight is read from the second value by the former, and beyond the first
by `hf4`: R does so, and such shares are rare. Where a share falls exactly between two values, the rules differ,
and rounding decides what “exactly” means: sums are taken with the digits that R takes.

>>> ladder = Ladder.of(np.array([1.0, 2.0, 4.0]), np.array([1.0, 1.0, 2.0]))
>>> [rule_named(name)(ladder, 0.5) for name in ("math", "school", "hf5")]
[2.0, 3.0, 2.6666666666666665]
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from zhicheng.core.designs import DesignError, Floats
from zhicheng.core.words import words


@dataclass(frozen=True, eq=False)
class Ladder:
    """Values in ascending order with positive weights and the sums of these up to each."""

    values: Floats
    weights: Floats
    sums: Floats
    whole: float

    @classmethod
    def of(cls, values: Floats, weights: Floats) -> "Ladder":
        """The ladder of values (n,) with weights; those of weight 0 are left out."""
        kept = weights > 0
        values, weights = values[kept], weights[kept]
        order = np.argsort(values, kind="stable")
        # R adds up in the processor's extended precision, and rounds each sum afterwards.
        sums = np.cumsum(weights[order].astype(np.longdouble)).astype(np.float64)
        whole = float(np.sum(weights.astype(np.longdouble)))
        return cls(values[order], weights[order], sums, whole)

    def joined(self) -> "Ladder":
        """With equal values as one."""
        values, first = np.unique(self.values, return_index=True)
        return Ladder.of(values, np.add.reduceat(self.weights, first))


@dataclass(frozen=True)
class Place:
    """Between which two steps of a ladder a share lies: the values, and how far from each, as shares."""

    below: float
    above: float
    step: int
    past: float
    short: float


def _place(ladder: Ladder, share: float) -> Place:
    reached = int(np.searchsorted(ladder.sums, share * ladder.whole, side="right"))
    at = max(reached - 1, 0)
    after = min(at + 1, len(ladder.values) - 1)
    return Place(
        below=float(ladder.values[at]),
        above=float(ladder.values[after]),
        step=at + 1,
        past=share - float(ladder.sums[at]) / ladder.whole,
        short=float(ladder.sums[after]) / ladder.whole - share,
    )


def _math(ladder: Ladder, share: float) -> float:
    place = _place(ladder, share)
    return place.below if place.past == 0 else place.above


def _school(ladder: Ladder, share: float) -> float:
    place = _place(ladder, share)
    return (place.below + place.above) / 2 if place.past == 0 else place.above


def _hf3(ladder: Ladder, share: float) -> float:
    place = _place(ladder.joined(), share)
    return place.below if place.past == 0 and place.step % 2 == 0 else place.above


def _hf4(ladder: Ladder, share: float) -> float:
    place = _place(ladder, share)
    if place.past + place.short == 0:
        return place.below
    gamma = place.past / (place.past + place.short)
    return place.below * (1 - gamma) + place.above * gamma


def _line(before: float, own: float, last: float) -> Callable[[Ladder, float], float]:
    """The rule with points at (`before` · sum before + `own` · sum after) / (whole + `last` · last weight)."""

    def read(ladder: Ladder, share: float) -> float:
        if len(ladder.values) == 1:
            return float(ladder.values[0])
        earlier = np.concatenate(([0.0], ladder.sums[:-1]))
        points = (before * earlier + own * ladder.sums) / (ladder.sums[-1] + last * ladder.weights[-1])
        return float(np.interp(share, points, ladder.values))

    return read


def _hf7(ladder: Ladder, share: float) -> float:
    if len(ladder.values) == 1:
        return float(ladder.values[0])
    points = np.concatenate(([0.0], ladder.sums[:-1])) / ladder.sums[-2]
    return float(np.interp(share, points, ladder.values))


RULES: Mapping[str, Callable[[Ladder, float], float]] = MappingProxyType(
    {
        "math": _math,
        "school": _school,
        "hf1": _math,
        "hf2": _school,
        "hf3": _hf3,
        "hf4": _hf4,
        "hf5": _line(0.5, 0.5, 0.0),
        "hf6": _line(0.0, 1.0, 1.0),
        "hf7": _hf7,
        "hf8": _line(1 / 3, 2 / 3, 1 / 3),
        "hf9": _line(3 / 8, 5 / 8, 1 / 4),
    }
)
"""The rules by name."""


def rule_named(name: str) -> Callable[[Ladder, float], float]:
    """The rule, which reads the quantile at a share of 0 to 1 off a ladder. Raises DesignError."""
    if name not in RULES:
        raise DesignError(
            words("“{name}” is “{value}”; expected one of {names}"),
            name="rule",
            value=name,
            names=", ".join(RULES),
        )
    return RULES[name]
