"""A model: numbers that turn the grams of a text into categories with confidence. It needs numpy alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from zhicheng.cases.suggesting.grams import Keys, Numbers, count_grams, places_in

MOST_SUGGESTED = 3
LEAST_SHOWN = 0.05
"""Below this confidence a second or third category is not worth a look."""


@dataclass(frozen=True)
class Suggestion:
    """A category, named as in training, and how likely it is that an officer would choose it, from 0 to 1."""

    label: str
    confidence: float

    @property
    def percent(self) -> int:
        """The confidence for people."""
        return round(self.confidence * 100)


@dataclass(frozen=True)
class Model:
    """What was learned.

    `vocabulary` has V grams, ascending; `rarity` is their idf; `weights` has a row of V for each of the C
    `labels`, `offsets` one number. `sharpness` makes probabilities of the scores. Whoever asks gets an answer
    only from the confidence `threshold` on. `learned` says from what: time, counts, how good it was.
    """

    labels: tuple[str, ...]
    vocabulary: Keys
    rarity: Numbers
    weights: Numbers
    offsets: Numbers
    sharpness: float
    threshold: float
    learned: Mapping[str, Any] = field(default_factory=dict)

    def rate(self, text: str) -> list[Suggestion]:
        """Every category with its confidence, the likeliest first; they add up to one."""
        places, strength = places_in(self.vocabulary, count_grams(text))
        values = strength * self.rarity[places]
        length = float(np.sqrt(values @ values)) or 1.0
        scores = self.weights[:, places] @ (values / length) + self.offsets
        chances = probabilities(scores[np.newaxis, :], self.sharpness)[0]
        order = np.lexsort((np.arange(len(chances)), -chances))
        return [Suggestion(self.labels[at], float(chances[at])) for at in order]

    def suggest(self, text: str, most: int = MOST_SUGGESTED) -> list[Suggestion]:
        """Up to `most` categories; none if the likeliest is less likely than the threshold or nothing is known."""
        if not len(places_in(self.vocabulary, count_grams(text))[0]):
            return []
        rated = self.rate(text)
        if rated[0].confidence < self.threshold:
            return []
        return [rated[0], *(one for one in rated[1:most] if one.confidence >= LEAST_SHOWN)]


def probabilities(scores: Numbers, sharpness: float) -> Numbers:
    """Scores (texts x categories) as probabilities: softmax of `sharpness` times the score."""
    raised = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    chances: Numbers = raised / raised.sum(axis=1, keepdims=True)
    return chances
