"""How good suggestions were on texts that had not been seen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhicheng.cases.suggesting.model import MOST_SUGGESTED, probabilities

Given = NDArray[np.int64]
Chances = NDArray[np.float32]

NEVER = 1.01
"""A threshold that no confidence reaches: where the wanted precision cannot be had, nothing is suggested."""
PAIRS_SHOWN = 10
FEWEST_SURE = 20
"""A precision of fewer answers than this, or than a hundredth of the texts, is luck."""


@dataclass(frozen=True)
class Category:
    """One category: of those called it, how many were; of those that were, how many were called it."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True)
class Confusion:
    """How many texts of the category `was` were taken for `taken_for`."""

    was: str
    taken_for: str
    count: int


@dataclass(frozen=True)
class Measure:
    """The first suggestion against what people chose; `among_three` is the share with the right one among three.

    `coverage` is the share of texts that the model answers at all, `precision_when_sure` how often it is right
    then, to be held against `wanted`.
    """

    categories: tuple[Category, ...]
    macro_f1: float
    accuracy: float
    among_three: float
    confusions: tuple[Confusion, ...]
    threshold: float
    coverage: float
    precision_when_sure: float
    wanted: float
    calibration_error: float


def measure(
    chances: Chances, given: Given, labels: tuple[str, ...], *, threshold: float, wanted: float
) -> Measure:
    """Compares probabilities (texts x categories) with the categories that were given."""
    table = np.zeros((len(labels), len(labels)), dtype=np.int64)
    chosen, top = chances.argmax(axis=1), chances.max(axis=1)
    np.add.at(table, (given, chosen), 1)
    categories = tuple(_category(label, at, table) for at, label in enumerate(labels))
    sure, right = top >= threshold, chosen == given
    three = np.argsort(-chances, axis=1, kind="stable")[:, :MOST_SUGGESTED]
    return Measure(
        categories=categories,
        macro_f1=float(np.mean([one.f1 for one in categories])),
        accuracy=float(right.mean()),
        among_three=float((three == given[:, np.newaxis]).any(axis=1).mean()),
        confusions=_confusions(table, labels),
        threshold=threshold,
        coverage=float(sure.mean()),
        precision_when_sure=float(right[sure].mean()) if sure.any() else 0.0,
        wanted=wanted,
        calibration_error=_calibration_error(top, right),
    )


def choose_sharpness(scores: Chances, given: Given) -> float:
    """The sharpness with which the probabilities of unseen texts fit best (least logarithmic loss)."""
    rows = np.arange(len(given))

    def loss(sharpness: float) -> float:
        chances = probabilities(scores, sharpness)[rows, given]
        return float(-np.log(np.maximum(chances, 1e-12)).mean())

    return float(min(np.geomspace(0.5, 50, 81), key=loss))


def choose_threshold(chances: Chances, given: Given, precision: float) -> float:
    """The least confidence from which on the first category is right as often as wanted; NEVER if none is.

    >>> sure_of_one = np.array([[0.9, 0.1]] * 30 + [[0.6, 0.4]] * 30, dtype=np.float32)
    >>> round(choose_threshold(sure_of_one, np.array([0] * 30 + [1] * 30), 0.95), 2)
    0.9
    """
    top, right = chances.max(axis=1), chances.argmax(axis=1) == given
    order = np.argsort(-top, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    ordered = top[order]
    last_of_equals = np.append(ordered[1:] != ordered[:-1], True)
    enough = np.arange(1, len(order) + 1) >= max(FEWEST_SURE, len(order) // 100)
    reached = np.flatnonzero((share >= precision) & last_of_equals & enough)
    return float(ordered[reached[-1]]) if len(reached) else NEVER


def _category(label: str, at: int, table: NDArray[np.int64]) -> Category:
    hit, called, support = int(table[at, at]), int(table[:, at].sum()), int(table[at].sum())
    precision, recall = hit / called if called else 0.0, hit / support if support else 0.0
    f1 = 2 * hit / (called + support) if called + support else 0.0
    return Category(label, precision, recall, f1, support)


def _confusions(table: NDArray[np.int64], labels: tuple[str, ...]) -> tuple[Confusion, ...]:
    wrong = [
        Confusion(labels[was], labels[taken], int(table[was, taken]))
        for was, taken in zip(*np.nonzero(table), strict=True)
        if was != taken
    ]
    return tuple(sorted(wrong, key=lambda one: (-one.count, one.was, one.taken_for))[:PAIRS_SHOWN])


def _calibration_error(top: Chances, right: NDArray[np.bool_]) -> float:
    """How far confidence and hits lie apart, over ten classes of confidence weighed by their texts."""
    classes = np.minimum((top * 10).astype(int), 9)
    gaps = [abs(top[classes == one].mean() - right[classes == one].mean()) * (classes == one).mean()
            for one in np.unique(classes)]  # fmt: skip
    return float(sum(gaps))
