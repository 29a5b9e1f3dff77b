"""Learning a model from labelled texts, and measuring on texts that it has not seen.

Ridge regression against the categories, on the grams' tf-idf (sublinear, unit length), with categories weighed by
their rarity: `bench/suggesting.py` compares it with others. The folds that measure also give the sharpness of
the probabilities and the confidence from which on the model answers.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhicheng.cases.suggesting.grams import Keys, Numbers, choose_vocabulary, count_grams, normal, places_in
from zhicheng.cases.suggesting.measuring import Measure, choose_sharpness, choose_threshold, measure
from zhicheng.cases.suggesting.model import Model, probabilities
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

FOLDS = 5
SEED = 20260101
MOST_GRAMS = 100_000
FEWEST_TEXTS = 2
"""A gram that stands in one text alone says nothing of others."""
PRECISION = 0.9
"""How often the first category that is suggested should be the right one, unless another share is asked for."""
_PENALTY = 1.0


class TooFewTexts(Refused):
    """Nothing can be learned from these texts."""


@dataclass(frozen=True)
class Labelled:
    """A text and the category that somebody gave it."""

    text: str
    label: str


@dataclass(frozen=True)
class Trained:
    """A model, how good it was on unseen texts, and what was left out of its texts."""

    model: Model
    measure: Measure
    repeated: int
    left_out: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class _Texts:
    """Labelled texts as numbers: `counts` is sparse (texts x vocabulary) and not yet weighed by rarity."""

    labels: tuple[str, ...]
    vocabulary: Keys
    counts: Any
    given: NDArray[np.int64]


def train(
    texts: Sequence[Labelled], *, now: datetime, precision: float = PRECISION, folds: int = FOLDS, seed: int = SEED
) -> Trained:
    """Learns from the texts; the same texts and seed give the same model.

    A text that repeats another with its label counts once, or folds would be measured on what they have seen. A
    category with fewer texts than folds is left out. Raises TooFewTexts if fewer than two categories remain.
    """
    once = list(dict.fromkeys(Labelled(normal(one.text), one.label) for one in texts))
    counted = Counter(one.label for one in once)
    left_out = tuple(sorted((label, number) for label, number in counted.items() if number < folds))
    kept = [one for one in once if counted[one.label] >= folds and one.text]
    if len(counted) - len(left_out) < 2:
        raise TooFewTexts(
            words("At least two categories need {fewest} distinct texts each; {count} have that many."),
            count=len(counted) - len(left_out), fewest=folds,
        )  # fmt: skip
    known = _numbered(kept)
    scores = _unseen_scores(known, folds, seed)
    sharpness = choose_sharpness(scores, known.given)
    chances = probabilities(scores, sharpness)
    threshold = choose_threshold(chances, known.given, precision)
    found = measure(chances, known.given, known.labels, threshold=threshold, wanted=precision)
    model = replace(_fitted(known, np.arange(len(kept))), sharpness=sharpness, threshold=threshold,
                    learned=_provenance(known, found, now))  # fmt: skip
    return Trained(model, found, len(texts) - len(once), left_out)


def _numbered(texts: list[Labelled]) -> _Texts:
    from scipy.sparse import csr_matrix

    counted = [count_grams(one.text) for one in texts]
    vocabulary = choose_vocabulary(counted, fewest=FEWEST_TEXTS, most=MOST_GRAMS)
    if not len(vocabulary):
        raise TooFewTexts(words("The texts have nothing in common: nothing can be learned from them."))
    rows = [places_in(vocabulary, one) for one in counted]
    starts = np.cumsum([0, *(len(places) for places, _ in rows)])
    cells = np.concatenate([values for _, values in rows]), np.concatenate([places for places, _ in rows]), starts
    labels = tuple(sorted({one.label for one in texts}))
    number = {label: at for at, label in enumerate(labels)}
    given = np.array([number[one.label] for one in texts], dtype=np.int64)
    return _Texts(labels, vocabulary, csr_matrix(cells, shape=(len(texts), len(vocabulary))), given)


def _unseen_scores(known: _Texts, folds: int, seed: int) -> Numbers:
    """The scores of every text by a model that was fitted without its fold."""
    from sklearn.model_selection import StratifiedKFold

    scores = np.zeros((len(known.given), len(known.labels)), dtype=np.float32)
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed)
    for learned, unseen in parts.split(known.given, known.given):
        fitted = _fitted(known, learned)
        scores[unseen] = _weighed(known.counts[unseen], fitted.rarity) @ fitted.weights.T + fitted.offsets
    return scores


def _fitted(known: _Texts, rows: NDArray[np.int64]) -> Model:
    """The model of some of the texts, its probabilities not yet sharpened."""
    from sklearn.linear_model import RidgeClassifier

    counts = known.counts[rows]
    spread = np.bincount(counts.indices, minlength=len(known.vocabulary))
    rarity = (np.log((1 + len(rows)) / (1 + spread)) + 1).astype(np.float32)
    ridge = RidgeClassifier(alpha=_PENALTY, class_weight="balanced", solver="sparse_cg", tol=1e-4)
    ridge.fit(_weighed(counts, rarity), known.given[rows])
    weights, offsets = np.atleast_2d(ridge.coef_), np.atleast_1d(ridge.intercept_)
    if len(known.labels) == 2:  # scikit-learn gives the second category's row alone
        weights, offsets = np.vstack([-weights, weights]), np.concatenate([-offsets, offsets])
    return Model(known.labels, known.vocabulary, rarity, weights.astype(np.float32),
                 offsets.astype(np.float32), 1.0, 0.0)  # fmt: skip


def _weighed(counts: Any, rarity: Numbers) -> Any:
    """Counts by rarity, each text brought to length one."""
    from sklearn.preprocessing import normalize

    weighed = counts.copy()
    weighed.data = weighed.data * rarity[weighed.indices]
    return normalize(weighed, copy=False)


def _provenance(known: _Texts, found: Measure, now: datetime) -> dict[str, Any]:
    per_label = np.bincount(known.given, minlength=len(known.labels))
    return {
        "trained_at": now.isoformat(timespec="seconds"),
        "texts": len(known.given),
        "per_category": {label: int(number) for label, number in zip(known.labels, per_label, strict=True)},
        "macro_f1": round(found.macro_f1, 4),
        "precision": round(found.precision_when_sure, 4),
        "coverage": round(found.coverage, 4),
    }
