"""The parts of a population that a sample is divided among, and a sample so divided.

A stratum (层) is a part of the market from which batches are drawn by themselves: a product in a county, say.

>>> strata = Strata.of([400, 300, 1], names=["toys", "rice", "cranes"], census=["cranes"])
>>> strata.least.tolist(), strata.most.tolist()
([2.0, 2.0, 1.0], [400.0, 300.0, 1.0])
>>> Strata.of([400, 0])
Traceback (most recent call last):
zhicheng.core.allocation.strata.AllocationError: Stratum “2” has the size 0; expected is 1 or more
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhicheng.core.given import floats
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Reals = NDArray[np.float64]
Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]

LEAST = 2
"""Units drawn in every stratum unless told otherwise: fewer than two show no spread within it."""

TOLERANCE = 1e-10
"""By which share of its limit a demand may be missed and is met all the same: numbers have sixteen digits."""


class AllocationError(Refused):
    """What is asked of a sample contradicts itself, or cannot be met; says by which stratum or demand."""


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """Strata with the limits of what is drawn in each; made by `Strata.of`. All arrays have shape (strata,).

    `sizes`: units in the population (1 or more). `costs`: of drawing and testing one unit (above 0).
    `least` and `most`: whole numbers of units to draw, 0 ≤ least ≤ most ≤ size.
    """

    names: tuple[str, ...]
    sizes: Reals
    costs: Reals
    least: Reals
    most: Reals

    @classmethod
    def of(
        cls,
        sizes: ArrayLike,
        *,
        names: Sequence[str] | None = None,
        costs: ArrayLike = 1.0,
        least: ArrayLike = LEAST,
        most: ArrayLike | None = None,
        census: Collection[str] = (),
    ) -> "Strata":
        """Strata of these sizes, checked. Single values hold for all; a minimum above a size is the size.

        Strata named in `census` are taken whole (全数检查). Without names they are called “1”, “2” and so on.
        Raises AllocationError.
        """
        units = np.atleast_1d(_floats(words("size"), sizes))
        if units.ndim > 1:
            message = words("Sizes of strata with {dimensions} dimensions; expected is one list of numbers")
            raise AllocationError(message, dimensions=units.ndim)
        called = tuple(names) if names is not None else tuple(str(place + 1) for place in range(units.size))
        check_names(called, units.size, census)
        check_values(words("size"), units, called, floor=1)
        lower = np.minimum(per_stratum(words("minimum"), least, called), np.floor(units))
        upper = np.minimum(per_stratum(words("maximum"), units if most is None else most, called), units)
        whole = np.isin(called, list(census))
        lower, upper = np.where(whole, np.floor(units), np.ceil(lower)), np.where(whole, units, upper)
        upper = np.floor(upper)
        for name, low, high in zip(called, lower, upper, strict=True):
            if low > high:
                message = words("Stratum “{name}” asks for at least {least} and at most {most} units")
                raise AllocationError(message, name=name, least=int(low), most=int(high))
        prices = per_stratum(words("cost"), costs, called, or_equal=False)
        return cls(called, units, prices, lower, upper)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """How many units to draw in every stratum.

    `numbers` are whole; `ideal` is the best allocation in real numbers that they were made from. `bound` is the
    least cost (or, where a number or a budget was given, the least loss) that any allocation can have, whole or
    not, so that one can see how much rounding costs: both have the meaning that the function says.
    """

    strata: Strata
    numbers: Counts
    ideal: Reals
    bound: float

    @property
    def total(self) -> int:
        """Units drawn in all strata."""
        return int(self.numbers.sum())

    @property
    def cost(self) -> float:
        """What they cost."""
        return float(self.numbers @ self.strata.costs)

    def __getitem__(self, name: str) -> int:
        """Units drawn in the stratum of that name. Raises KeyError."""
        if name not in self.strata.names:
            raise KeyError(name)
        return int(self.numbers[self.strata.names.index(name)])


def total_variance(strata: Strata, spreads: ArrayLike, numbers: ArrayLike) -> float:
    """The variance of the estimated total of a figure whose standard deviation in each stratum is `spreads`.

    Σ N² S² (1/n − 1/N): simple random sampling without replacement in every stratum (Cochran 1977, theorem 5.3).
    Infinite if a stratum with any spread is not drawn from. `numbers` are from 0 to the sizes, and need not be
    whole. Raises AllocationError.

    >>> round(total_variance(Strata.of([16, 48]), [53843**0.5, 5581**0.5], [12, 12]))
    1090827
    """
    drawn = per_stratum(words("number of units"), numbers, strata.names)
    above = np.flatnonzero(drawn > strata.sizes)
    if above.size:
        message = words("{drawn:g} units are drawn in stratum “{name}”; expected is at most its size, {size:g}")
        first = above[0]
        raise AllocationError(
            message, name=strata.names[first], drawn=float(drawn[first]), size=float(strata.sizes[first])
        )
    return float(variances(loss_weights(strata, spreads) ** 2, strata.sizes, drawn))


def variances(squares: Reals, sizes: Reals, numbers: Counts | Reals) -> Reals:
    """Σ w² (1/n − 1/N) over the strata, the last axis, with all digits also where w²/n and w²/N are large.

    >>> variances(np.array([[64.0, 0.0], [100.0, 9.0]]), np.array([8.0, 3.0]), np.array([4.0, 3.0])).tolist()
    [8.0, 12.5]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(squares > 0, squares * ((sizes - numbers) / sizes) / numbers, 0.0)
    return np.asarray(terms.sum(axis=-1))


def loss_weights(strata: Strata, spreads: ArrayLike) -> Reals:
    """N S in every stratum: the square root of what is divided by the number drawn. Raises AllocationError."""
    return strata.sizes * per_stratum(words("standard deviation"), spreads, strata.names)


def loss(weights: Reals, numbers: Reals) -> float:
    """Σ w²/n, where strata without weight lose nothing.

    >>> loss(np.array([6.0, 0.0]), np.array([4.0, 0.0]))
    9.0
    """
    lost = np.zeros_like(weights)
    with np.errstate(divide="ignore"):
        np.divide(weights**2, numbers, out=lost, where=weights > 0)
    return float(lost.sum())


def check_names(names: Sequence[str], count: int, census: Collection[str] = ()) -> None:
    """Raises AllocationError unless there are `count` different names and the census knows no other."""
    if count == 0 or len(names) != count:
        message = words("{named} names for {count} strata; expected is one name for each, and one stratum or more")
        raise AllocationError(message, named=len(names), count=count)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise AllocationError(words("Several strata are called “{name}”"), name=twice[0])
    unknown = sorted(set(census) - set(names))
    if unknown:
        raise AllocationError(words("No stratum is called “{name}”"), name=unknown[0])


def whole_total(strata: Strata, total: float) -> int:
    """`total` units for all strata, as an int. Raises AllocationError if no whole number within their limits."""
    least, most = int(strata.least.sum()), int(strata.most.sum())
    if not least <= total <= most:
        message = words(
            "{total} units for strata that need {least} and allow {most}; expected is a number between"
        )
        raise AllocationError(message, total=total, least=least, most=most)
    if total != int(total):
        raise AllocationError(words("{total} units for all strata; expected is a whole number"), total=total)
    return int(total)


def per_stratum(
    label: str, values: ArrayLike, names: Sequence[str], *, floor: float = 0.0, or_equal: bool = True
) -> Reals:
    """`values` as one number for each stratum, each `floor` or more; one holds for all. Raises AllocationError.

    `label` says in words of the catalogues what the numbers are. Without `or_equal`, `floor` itself is too little.
    """
    array = _floats(label, values)
    if array.ndim > 1 or array.size not in (1, len(names)):
        message = words("{label}: {given} values for {count} strata; expected is one, or one for each")
        raise AllocationError(message, label=label, given=array.size, count=len(names))
    spread = np.broadcast_to(array.reshape(-1), (len(names),)).copy()
    check_values(label, spread, names, floor=floor, or_equal=or_equal)
    return spread


def check_values(label: str, values: Reals, names: Sequence[str], *, floor: float, or_equal: bool = True) -> None:
    """Raises AllocationError, naming the first stratum whose value is not finite or below `floor`."""
    fits = values >= floor if or_equal else values > floor
    wrong = np.flatnonzero(~(np.isfinite(values) & fits))
    if wrong.size:
        if np.isneginf(floor):
            message = words("Stratum “{name}” has the {label} {value:g}; expected is a finite number")
        elif or_equal:
            message = words("Stratum “{name}” has the {label} {value:g}; expected is {floor:g} or more")
        else:
            message = words("Stratum “{name}” has the {label} {value:g}; expected is more than {floor:g}")
        value = float(values[wrong[0]])
        raise AllocationError(message, name=names[wrong[0]], label=label, value=value, floor=float(floor))


def _floats(label: str, values: ArrayLike) -> Reals:
    message = words("{label}: “{value}” is no number; expected is one, or one for each stratum")
    return floats(values, lambda value: AllocationError(message, label=label, value=value))
