"""Scores made comparable when some were judged by strict reviewers and some by lenient ones.

In a crossed design each item is judged by several reviewers and each reviewer judges several items, not all of
them. A score is then the item's merit less the reviewer's severity and chance; both are estimated at once, and
the item is given the score that the average of all reviewers would give it.

>>> found = adjusted_for_severity(list("aabbcc"), list("XYYZZX"), [80, 74, 70, 77, 87, 91])
>>> dict(zip(found.items, found.scores.round(1).tolist()))
{'a': 77.5, 'b': 75.2, 'c': 86.8}
>>> dict(zip(found.reviewers, found.severity.round(1).tolist()))
{'X': -3.3, 'Y': 4.3, 'Z': -1.0}

With few judgements for each reviewer, `shrunken_for_severity` takes severities to be drawn from a normal
distribution and moves the estimates towards 0 as far as the data are unsure. Items whose reviewers share nothing
cannot be compared: such panels are refused and named, whichever method.

Sources: two-way additive model, least squares (Scheffé 1959, The Analysis of Variance, §4.2); restricted maximum
likelihood and mixed model equations (Patterson and Thompson 1971, Biometrika 58:545–554; Henderson 1975,
Biometrics 31:423–447). Equal to `lm` and `lme4::lmer` of R.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from zhicheng.core.given import Floats, vector
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


@dataclass(frozen=True, slots=True)
class AdjustedScores:
    """Scores of n items and severities of m reviewers, in the scores' unit."""

    items: tuple[str, ...]
    scores: Floats
    """As the average of all reviewers would judge; shape (n,)."""
    errors: Floats
    """Standard errors of the scores; nan if no judgement is left over to tell chance by. Shape (n,)."""
    raw: Floats
    """The plain means of the judgements; shape (n,)."""
    reviewers: tuple[str, ...]
    severity: Floats
    """How many points a reviewer gives less than the average one; shape (m,)."""
    severity_errors: Floats
    """Standard errors of the severities; shape (m,)."""
    deviation: float
    """Standard deviation of chance in one judgement; nan if it cannot be told."""
    severity_deviation: float
    """Standard deviation between reviewers: of the estimates, or of the distribution that they are drawn from."""
    degrees_of_freedom: int
    """Judgements less parameters; for intervals by Student's t."""


def adjusted_for_severity(items: Sequence[str], reviewers: Sequence[str], scores: npt.ArrayLike) -> AdjustedScores:
    """Least squares from N judgements: the item, the reviewer and the score of each, all of length N.

    Severities add up to 0 over the reviewers. Raises Refused for lists of different lengths, scores that are no
    numbers, and panels that are not connected.
    """
    panel = _Panel.of(items, reviewers, scores)
    judges = len(panel.reviewers)
    free = np.vstack([np.eye(judges - 1), -np.ones((1, judges - 1))])
    design = np.hstack([panel.by_item, -panel.by_reviewer @ free])
    inverse = np.linalg.inv(design.T @ design)
    found = inverse @ (design.T @ panel.scores)
    left = len(panel.scores) - design.shape[1]
    residuals = panel.scores - design @ found
    deviation = float(np.sqrt(residuals @ residuals / left)) if left else float("nan")
    size = len(panel.items)
    severity, covariance = free @ found[size:], free @ inverse[size:, size:] @ free.T
    return AdjustedScores(
        panel.items,
        found[:size],
        deviation * np.sqrt(np.diag(inverse)[:size]),
        panel.raw,
        panel.reviewers,
        severity,
        deviation * np.sqrt(np.maximum(np.diag(covariance), 0)),
        deviation,
        float(np.std(severity, ddof=1)) if judges > 1 else 0.0,
        left,
    )


def shrunken_for_severity(items: Sequence[str], reviewers: Sequence[str], scores: npt.ArrayLike) -> AdjustedScores:
    """The same with severities drawn from a normal distribution, whose variance is found by REML.

    If reviewers differ by no more than chance, severities are 0 and scores the plain means. Severities need not
    add up to 0; their errors include those of the scores. Raises Refused as `adjusted_for_severity`, and if
    there are not more judgements than items.
    """
    panel = _Panel.of(items, reviewers, scores)
    left = len(panel.scores) - len(panel.items)
    if left < 1:
        raise Refused(
            words("{count} judgements of {items} items: more judgements than items were expected"),
            count=len(panel.scores),
            items=len(panel.items),
        )
    best = minimize_scalar(
        lambda power: panel.solved(np.exp(power)).criterion,
        bounds=(SMALLEST, LARGEST),
        method="bounded",
        options={"xatol": 1e-8},
    )
    solved = panel.solved(np.exp(best.x))
    size = len(panel.items)
    errors = np.sqrt(solved.variance * np.diag(solved.inverse))
    ratio = float(np.exp(best.x)) if best.x > SMALLEST + 1 else 0.0
    return AdjustedScores(
        panel.items,
        solved.effects[:size],
        errors[:size],
        panel.raw,
        panel.reviewers,
        -solved.effects[size:] if ratio else np.zeros(len(panel.reviewers)),
        errors[size:],
        float(np.sqrt(solved.variance)),
        float(np.sqrt(ratio * solved.variance)),
        left,
    )


SMALLEST, LARGEST = -16.0, 16.0
"""Logarithms of the ratio of the variances, between reviewers over chance, that are looked through."""


@dataclass(frozen=True, slots=True)
class _Solved:
    """Henderson's equations at one ratio of variances."""

    effects: Floats
    inverse: Floats
    variance: float
    criterion: float
    """−2 × restricted log-likelihood, up to a constant."""


@dataclass(frozen=True, slots=True)
class _Panel:
    """N judgements as indicators of items (N, n) and reviewers (N, m)."""

    items: tuple[str, ...]
    reviewers: tuple[str, ...]
    by_item: Floats
    by_reviewer: Floats
    scores: Floats

    @classmethod
    def of(cls, items: Sequence[str], reviewers: Sequence[str], scores: npt.ArrayLike) -> "_Panel":
        score = vector("scores", scores)
        if not len(items) == len(reviewers) == len(score):
            raise Refused(
                words(
                    "{items} items, {reviewers} reviewers and {scores} scores: one of each for every "
                    "judgement was expected"
                ),
                items=len(items),
                reviewers=len(reviewers),
                scores=len(score),
            )
        names, item = _numbered(items)
        judges, reviewer = _numbered(reviewers)
        _refuse_unless_connected(names, item, judges, reviewer)
        return cls(names, judges, np.eye(len(names))[item], np.eye(len(judges))[reviewer], score)

    @property
    def raw(self) -> Floats:
        return np.asarray((self.by_item.T @ self.scores) / self.by_item.sum(axis=0))

    def solved(self, ratio: float) -> _Solved:
        both = np.hstack([self.by_item, self.by_reviewer])
        size, judges = self.by_item.shape[1], self.by_reviewer.shape[1]
        matrix = both.T @ both
        matrix[size:, size:] += np.eye(judges) / ratio
        inverse = np.asarray(np.linalg.inv(matrix), dtype=np.float64)
        # Around their mean, since the difference of large squares would lose digits.
        mean = self.scores.mean()
        centred = self.scores - mean
        right = both.T @ centred
        effects: Floats = inverse @ right
        left = len(self.scores) - size
        variance = max(float(centred @ centred - effects @ right) / left, 1e-300)
        effects[:size] += mean
        logarithm = float(np.linalg.slogdet(matrix)[1])
        return _Solved(effects, inverse, variance, left * np.log(variance) + logarithm + judges * np.log(ratio))


def _numbered(names: Sequence[str]) -> tuple[tuple[str, ...], npt.NDArray[np.int_]]:
    """The names in the order in which they first come, and the number of each."""
    order = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return tuple(order), np.array([order[name] for name in names], dtype=np.int_)


def _refuse_unless_connected(
    items: tuple[str, ...], item: npt.NDArray[np.int_], reviewers: tuple[str, ...], reviewer: npt.NDArray[np.int_]
) -> None:
    nodes = len(items) + len(reviewers)
    links = coo_array((np.ones(len(item)), (item, len(items) + reviewer)), shape=(nodes, nodes))
    parts, part = connected_components(links, directed=False)
    if parts == 1:
        return
    groups = [
        ", ".join(name for name, own in zip(reviewers, part[len(items) :], strict=True) if own == number)
        for number in range(parts)
    ]
    raise Refused(
        words(
            "Reviewers of {count} groups judged no item in common, so that their scores cannot be "
            "compared: {groups}"
        ),
        count=parts,
        groups=" | ".join(groups),
    )
