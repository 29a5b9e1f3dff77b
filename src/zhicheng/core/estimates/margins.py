"""A way to sort units into classes whose numbers in the whole population are known.

>>> margin = Margin("kind", ["shop", "farm", "shop"], {"shop": 40, "farm": 10})
>>> margin.total, margin.sums(np.array([15.0, 12.0, 15.0])).tolist()
(50.0, [30.0, 12.0])
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from zhicheng.core.designs import Codes, Floats
from zhicheng.core.designs.columns import count_of, distinct, floats
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class CalibrationError(Refused):
    """The sample cannot be made to agree with what is known of the population."""


@dataclass(frozen=True, eq=False)
class Margin:
    """The class of every unit of a sample, and how many units of the population are in each class.

    `labels` has the class of each of the n units, in their order; `populations` the count (0 or more) of each
    class. `name` says in errors which margin is meant. Raises CalibrationError if a unit has a class without a
    count (a missing class included) or a count is no count.
    """

    name: str
    labels: Sequence[Hashable]
    populations: Mapping[Hashable, float]

    def __post_init__(self) -> None:
        if not isinstance(self.populations, Mapping):
            raise CalibrationError(
                words("“{name}” has the populations “{populations}”; expected a number by class"),
                name=self.name,
                populations=self.populations,
            )
        count_of(self.name, self.labels)
        distinct(list(self.labels))
        for label, population in self.populations.items():
            if not 0 <= floats(self.name, population) < np.inf:
                raise CalibrationError(
                    words("“{name}”: a population of {population} in “{label}”; expected a number, 0 or more"),
                    name=self.name,
                    label=label,
                    population=population,
                )
        unknown = [label for label in self.labels if label not in self.populations]
        if unknown:
            raise CalibrationError(
                words(
                    "“{name}”: {count} units are in “{label}”, whose population is not given; given are {known}"
                ),
                name=self.name,
                count=sum(label == unknown[0] or label is unknown[0] for label in unknown),
                label=unknown[0],
                known=", ".join(map(str, self.populations)),
            )

    @property
    def classes(self) -> list[Hashable]:
        """The classes in the order of their populations."""
        return list(self.populations)

    @property
    def counts(self) -> Floats:
        """The populations of the classes."""
        return np.array(list(self.populations.values()), dtype=np.float64)

    @property
    def total(self) -> float:
        """How many units the population has."""
        return float(self.counts.sum())

    @cached_property
    def index(self) -> Codes:
        """The place of the class of each unit in `classes`."""
        places = {label: place for place, label in enumerate(self.populations)}
        return np.array([places[label] for label in self.labels], dtype=np.intp)

    def indicators(self) -> Floats:
        """For each unit and each class (n, classes) 1 where the unit is in the class, and 0 elsewhere."""
        return np.eye(len(self.populations))[self.index]

    def sums(self, weights: Floats) -> Floats:
        """What the weights of the units sum up to in each class."""
        return np.bincount(self.index, weights, minlength=len(self.populations)).astype(np.float64)

    def check_represented(self, weights: Floats) -> None:
        """Raises CalibrationError if a class has a population and no weight in the sample, or the reverse.

        And if there is another number of `weights` than of labels.
        """
        if len(weights) != len(self.labels):
            raise CalibrationError(
                words(
                    "“{name}” has a class for {labels} units; expected one for each of the {units} of the sample"
                ),
                name=self.name,
                labels=len(self.labels),
                units=len(weights),
            )
        for label, population, weight in zip(self.classes, self.counts, self.sums(weights), strict=True):
            if population > 0 and weight <= 0:
                raise CalibrationError(
                    words(
                        "“{name}”: no unit of the sample is in “{label}”, which has a population of "
                        "{population:g}; join it with another class"
                    ),
                    name=self.name,
                    label=label,
                    population=float(population),
                )
            if population == 0 and weight > 0:
                raise CalibrationError(
                    words("“{name}”: units of the sample are in “{label}”, which has a population of 0"),
                    name=self.name,
                    label=label,
                )


def checked_margin(margin: Margin) -> Margin:
    """The margin given. Raises CalibrationError for anything else, such as populations alone, without classes."""
    if not isinstance(margin, Margin):
        raise CalibrationError(
            words("“{margin}” is no margin; expected Margin(name, class of each unit, population of each class)"),
            margin=margin,
        )
    return margin
