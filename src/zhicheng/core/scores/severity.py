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
    """Judgements less parameters, for intervals by Student's t. Shrunken scores rest on how far m reviewers differ
    too: with m − 1 their intervals hold, with these they fall short by up to three points where m is 4 or 5."""


def adjusted_for_severity(items: Sequence[str], reviewers: Sequence[str], scores: npt.ArrayLike) -> AdjustedScores:
    """Least squares from N judgements: the item, the reviewer and the score of each, all of length N.

    Severities add up to 0 over the reviewers. Raises Refused for lists of different lengths, scores that are no
    numbers, and panels that are not connected.
    """
    panel = _Panel.of(items, reviewers, scores)
    equations = _Equations.of(panel)
    judges = len(panel.reviewers)
    left = len(panel.scores) - len(panel.items) - judges + 1
    weights = np.zeros(judges)
    weights[1:] = 1 / equations.values[1:]
    solved = equations.solved(weights)
    residuals = panel.scores - solved.merit[panel.item] + solved.severity[panel.reviewer]
    deviation = float(np.sqrt(residuals @ residuals / left)) if left else float("nan")
    return panel.adjusted(
        solved,
        deviation=deviation,
        severity_deviation=float(np.std(solved.severity, ddof=1)) if judges > 1 else 0.0,
        degrees_of_freedom=left,
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
    equations = _Equations.of(panel)
    powers = np.arange(SMALLEST, LARGEST + 1)
    near = powers[np.argmin([equations.criterion(power, left) for power in powers])]
    best = minimize_scalar(
        equations.criterion,
        args=(left,),
        bounds=(max(near - 1, SMALLEST), min(near + 1, LARGEST)),
        method="bounded",
        options={"xatol": 1e-8},
    )
    ratio = float(np.exp(best.x)) if best.x > SMALLEST + 1 else 0.0
    weights = ratio / (1 + ratio * equations.values)
    deviation = float(np.sqrt(equations.variance(weights, left)))
    return panel.adjusted(
        equations.solved(weights),
        deviation=deviation,
        severity_deviation=float(np.sqrt(ratio)) * deviation,
        degrees_of_freedom=left,
    )


SMALLEST, LARGEST = -16.0, 16.0
"""Logarithms of the ratio of the variances, between reviewers over chance, that are looked through."""


@dataclass(frozen=True, slots=True)
class _Solved:
    """Merit (n,) and severity (m,), with their standard errors where chance has the deviation 1."""

    merit: Floats
    severity: Floats
    merit_errors: Floats
    severity_errors: Floats


@dataclass(frozen=True, slots=True)
class _Panel:
    """N judgements: the number of the item and of the reviewer of each, and its score."""

    items: tuple[str, ...]
    reviewers: tuple[str, ...]
    item: npt.NDArray[np.int_]
    reviewer: npt.NDArray[np.int_]
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
        return cls(names, judges, item, reviewer, score)

    def adjusted(
        self, solved: _Solved, *, deviation: float, severity_deviation: float, degrees_of_freedom: int
    ) -> AdjustedScores:
        """The result, errors in the scores' unit."""
        return AdjustedScores(
            self.items,
            solved.merit,
            deviation * solved.merit_errors,
            np.bincount(self.item, self.scores) / np.bincount(self.item),
            self.reviewers,
            solved.severity,
            deviation * solved.severity_errors,
            deviation,
            severity_deviation,
            degrees_of_freedom,
        )


@dataclass(frozen=True, slots=True)
class _Equations:
    """The normal equations with items eliminated, which leaves m of them, however many items there are.

    Their matrix is that of the graph of reviewers who share items (a Laplacian): one of its values is 0, and in a
    connected panel only one. In its axes every ratio of variances is solved by m divisions.
    """

    each: Floats
    """Judgements of each item, shape (n,)."""
    means: Floats
    """Of each item's scores, shape (n,)."""
    shares: Floats
    """[i, j]: the share of item i's judgements that reviewer j gave; shape (n, m)."""
    values: Floats
    """The matrix's values from 0 upwards, shape (m,)."""
    axes: Floats
    """Its axes as columns, shape (m, m)."""
    right: Floats
    """The right side, along the axes."""
    within: float
    """Sum of squares of the scores around their items' means."""

    @classmethod
    def of(cls, panel: _Panel) -> "_Equations":
        """The equations of a connected panel."""
        size, judges = len(panel.items), len(panel.reviewers)
        together = np.zeros((size, judges))
        np.add.at(together, (panel.item, panel.reviewer), 1)
        each = together.sum(axis=1)
        means = np.bincount(panel.item, panel.scores) / each
        around = panel.scores - means[panel.item]
        shares = together / each[:, None]
        values, axes = np.linalg.eigh(np.diag(together.sum(axis=0)) - shares.T @ together)
        values[0] = 0.0
        right: Floats = axes.T @ np.bincount(panel.reviewer, -around)
        right[0] = 0.0
        return cls(each, means, shares, values, axes, right, float(around @ around))

    def solved(self, weights: Floats) -> _Solved:
        """With `weights` for the inverse of the values."""
        inverse = (self.axes * weights) @ self.axes.T
        severity = self.axes @ (weights * self.right)
        merit_variance = 1 / self.each + ((self.shares @ inverse) * self.shares).sum(axis=1)
        return _Solved(
            self.means + self.shares @ severity,
            severity,
            np.sqrt(merit_variance),
            np.sqrt(np.maximum(np.diag(inverse), 0)),
        )

    def variance(self, weights: Floats, left: int) -> float:
        """Of chance in one judgement, by REML."""
        return max(self.within - float(weights @ self.right**2), 1e-300) / left

    def criterion(self, power: float, left: int) -> float:
        """−2 × restricted log-likelihood, up to a constant, where the ratio of variances is e^`power`."""
        ratio = np.exp(power)
        grown = 1 + ratio * self.values
        return float(left * np.log(self.variance(ratio / grown, left)) + np.log(grown).sum())


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
        ", ".join(str(name) for name, own in zip(reviewers, part[len(items) :], strict=True) if own == number)
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
