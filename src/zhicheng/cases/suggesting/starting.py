"""What suggests before a city has learned anything: the words of its categories, and of simulated cases.

No training and no measurement: a text that shares words with a category is near it. So no confidence is shown.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from zhicheng.cases.suggesting.grams import choose_vocabulary, count_grams, places_in
from zhicheng.cases.suggesting.model import Model

STARTING = "starting"
_SHARPNESS, _THRESHOLD = 15.0, 0.3
"""A text with a third of a category's words in common is suggested among some forty categories, by trial."""


def starting_model(words_by_code: Mapping[str, Sequence[str]]) -> Model | None:
    """A model of what each category is called and its examples; None with fewer than two categories."""
    if len(words_by_code) < 2:
        return None
    codes = tuple(sorted(words_by_code))
    counted = [count_grams("\n".join(words_by_code[code])) for code in codes]
    vocabulary = choose_vocabulary(counted, fewest=1, most=50_000)
    rows = [places_in(vocabulary, one) for one in counted]
    spread = np.bincount(np.concatenate([places for places, _ in rows]), minlength=len(vocabulary))
    rarity = (np.log((1 + len(codes)) / (1 + spread)) + 1).astype(np.float32)
    weights = np.zeros((len(codes), len(vocabulary)), dtype=np.float32)
    for at, (places, strength) in enumerate(rows):
        values = strength * rarity[places]
        weights[at, places] = values / (np.sqrt(values @ values) or 1.0)
    return Model(codes, vocabulary, rarity, weights, np.zeros(len(codes), np.float32), _SHARPNESS, _THRESHOLD,
                 {STARTING: True})  # fmt: skip
