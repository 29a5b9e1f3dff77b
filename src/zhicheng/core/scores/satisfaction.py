"""A satisfaction index (满意度指数): answers to several questions as one figure from 0 to 100, with its error.

Each question's mean is brought from the scale of the answers to 0 to 100, and the index is their mean weighted
by how much each question counts: by agreement beforehand, or by the weights of a path model (`paths.py`). The
error is that of the survey's design: strata, clusters and unequal chances count, and so does that answers of one
person go together.

>>> from zhicheng.core.designs import Design
>>> answers = [[9, 8], [7, 9], [10, 10], [6, None], [8, 7]]
>>> found = satisfaction_index(answers, Design.simple(5, population=400), lowest=1, highest=10, weights=[2, 1])
>>> round(found.value, 1), round(found.error, 1), found.questions.round(1)
(79.6, 6.3, array([77.8, 83.3]))

Sources: the index is the one of Fornell et al. 1996, “The American customer satisfaction index”, Journal of
Marketing 60(4):7–18, and of GB/T 19038-2009; the error is by linearisation (Woodruff 1971; Binder 1983), a mean
with missing answers being a ratio.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import t

from zhicheng.core.designs import Design
from zhicheng.core.estimates.interval import Interval, checked_level
from zhicheng.core.given import Floats, counts, numbers
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


@dataclass(frozen=True, slots=True)
class SatisfactionIndex:
    """An index of m questions answered by n people, 0 to 100."""

    value: float
    error: float
    interval: Interval
    """By Student's t with the design's degrees of freedom; within 0 to 100."""
    questions: Floats
    """The index of each question, shape (m,)."""
    question_errors: Floats
    """Their standard errors, shape (m,)."""
    influence: Floats
    """What each person adds to the index, survey weight included, shape (n,): `Design.covariance` of several such
    columns gives the error of the difference between groups or of their mean."""


def satisfaction_index(
    answers: Sequence[Sequence[float | None]] | npt.ArrayLike,
    design: Design,
    *,
    lowest: float,
    highest: float,
    weights: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> SatisfactionIndex:
    """The index of the answers (n, m) of n people, rows of `design`, to m questions; None or nan where unanswered.

    `lowest` and `highest` are the ends of the scale of the answers. `weights` (m,) say how much a question
    counts, none negative; None: all alike. A missing answer takes nothing from the person's other ones. For a
    group give `design.domain(…)`. Raises Refused for answers off the scale, a question that nobody answered,
    weights that add up to 0, and a design without degrees of freedom; DesignError as the design says.
    """
    checked_level(level)
    table = _answers(answers, design, lowest, highest)
    share = _shares(weights, table.shape[1])
    given = np.where(np.isnan(table), 0.0, design.weights[:, None])
    total = given.sum(axis=0)
    unanswered = np.flatnonzero(total == 0)
    if len(unanswered):
        raise Refused(words("Question {question} was answered by nobody"), question=int(unanswered[0]) + 1)
    scaled = 100 * (np.nan_to_num(table, nan=lowest) - lowest) / (highest - lowest)
    means = (given * scaled).sum(axis=0) / total
    influences = given * (scaled - means) / total
    influence = influences @ share
    errors = np.sqrt(np.maximum(np.diag(design.covariance(np.column_stack([influence, influences]))), 0))
    value, error, degrees = float(means @ share), float(errors[0]), design.degrees_of_freedom
    if degrees < 1:
        raise Refused(
            words("The sample has {degrees} degrees of freedom: more primary units than strata were expected"),
            degrees=degrees,
        )
    half = float(t.isf((1 - level) / 2, degrees)) * error
    interval = Interval(max(value - half, 0.0), min(value + half, 100.0), level, "linearised")
    return SatisfactionIndex(value, error, interval, means, errors[1:], influence)


def _answers(
    answers: Sequence[Sequence[float | None]] | npt.ArrayLike, design: Design, lowest: float, highest: float
) -> Floats:
    if not -np.inf < lowest < highest < np.inf:
        raise Refused(
            words("A scale from {lowest} to {highest}: the lower end first was expected"),
            lowest=lowest,
            highest=highest,
        )
    table = numbers("answers", answers)
    if table.ndim != 2 or len(table) != design.size:
        raise Refused(
            words(
                "Answers of shape {shape}: a row for each of {rows} people and a column for each question "
                "were expected"
            ),
            shape=table.shape,
            rows=design.size,
        )
    off = np.argwhere((table < lowest) | (table > highest))
    if len(off):
        person, question = (int(place) for place in off[0])
        raise Refused(
            words(
                "Person {person} answered question {question} with {answer}: from {lowest} to {highest} was "
                "expected"
            ),
            person=person + 1,
            question=question + 1,
            answer=float(table[person, question]),
            lowest=lowest,
            highest=highest,
        )
    return table


def _shares(weights: npt.ArrayLike | None, questions: int) -> Floats:
    found = counts("weights", np.ones(questions) if weights is None else weights)
    if len(found) != questions or not found.sum():
        raise Refused(
            words("{count} weights that add up to {total}: {questions} with a sum above 0 were expected"),
            count=len(found),
            total=float(found.sum()),
            questions=questions,
        )
    return np.asarray(found / found.sum())
