"""Weights of a satisfaction index by partial least squares path modelling (PLS), as the ACSI and CCSI do.

Constructs such as image, expectation, quality and satisfaction are weighted sums of their questions. The weights
are found in turn: from how a construct is told by its questions, and from how it hangs together with the
constructs that the model links it to, until they no longer change. All follows from the correlations of the
questions, which may be those of a weighted survey.

>>> correlation = np.array([
...     [1.0, 0.6, 0.4, 0.3],
...     [0.6, 1.0, 0.5, 0.4],
...     [0.4, 0.5, 1.0, 0.7],
...     [0.3, 0.4, 0.7, 1.0]])
>>> blocks = {"quality": [0, 1], "satisfaction": [2, 3]}
>>> model = path_model(correlation, blocks, [("quality", "satisfaction")])
>>> model.weights["quality"].round(3), round(model.paths["quality", "satisfaction"], 3)
(array([0.489, 0.627]), 0.498)

`plspm` for Python has had no release since 2024 and brings pandas and statsmodels; what is needed is these
lines, and the tests hold them to its results.

Sources: Wold 1982; Lohmöller 1989, Latent Variable Path Modeling with Partial Least Squares, chapter 2; Tenenhaus,
Esposito Vinzi, Chatelin and Lauro 2005, Computational Statistics & Data Analysis 48:159–205; Fornell et al. 1996.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

import numpy as np
import numpy.typing as npt

from zhicheng.core.choices import named
from zhicheng.core.given import Floats, counts, numbers, positives, same_length
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


class Mode(StrEnum):
    """How weights follow from the construct's neighbours."""

    A = auto()
    """Questions reflect the construct: weights by correlation."""
    B = auto()
    """Questions form the construct: weights by regression."""


class Scheme(StrEnum):
    """How much a neighbour counts."""

    CENTROID = auto()
    """By the sign of the correlation."""
    FACTORIAL = auto()
    """By the correlation."""
    PATH = auto()
    """Causes by regression, consequences by correlation; as the ACSI does."""


@dataclass(frozen=True, slots=True)
class PathModel:
    """What was found; constructs have variance 1, questions were standardized."""

    weights: dict[str, Floats]
    """Of each construct's questions, in their order: the construct is their weighted sum."""
    loadings: dict[str, Floats]
    """Correlations of each construct with its questions."""
    paths: dict[tuple[str, str], float]
    """Standardized regression coefficients, by cause and consequence."""
    r_squared: dict[str, float]
    """Share of each consequence's variance that its causes explain."""
    rounds: int
    """After how many rounds the weights stood."""

    def shares(self, construct: str, deviations: npt.ArrayLike | None = None) -> Floats:
        """The weights as shares that add up to 1, for `satisfaction_index`.

        Weights are of standardized questions. An index of answers as they were given is the construct on their
        scale if each weight is divided by its question's standard deviation: `deviations` of the construct's
        questions, in their order, by `deviations_of` (Tenenhaus et al. 2005). Without them shares are those of
        standardized questions, as indexes are also published. Raises Refused if a weight is negative.
        """
        if construct not in self.weights:
            message = words("“{name}” is “{value}”; expected one of {names}")
            raise Refused(message, name="construct", value=construct, names=", ".join(map(str, self.weights)))
        found = self.weights[construct]
        if deviations is not None:
            each = positives("deviations", deviations)
            same_length("deviations", each, "weights", found)
            found = found / each
        if (found < 0).any():
            raise Refused(
                words("A question of “{construct}” has the weight {weight}: turn it round or leave it out"),
                construct=construct,
                weight=round(float(found.min()), 3),
            )
        return np.asarray(found / found.sum())


MOST_ROUNDS = 300
"""Weights that still change then do not settle."""
TOLERANCE = 1e-9
"""The largest change of a weight that counts as none."""


def correlation_of(answers: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Floats:
    """Correlations (p, p) of the columns of complete answers (n, p), weighted by survey weights (n,) if given.

    Raises Refused for missing answers, negative weights, and questions that all answer alike.

    >>> correlation_of([[1, 2], [2, 4], [3, 6]]).round(6).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    covariance = _covariance(answers, weights)
    deviation = np.sqrt(np.diag(covariance))
    return np.asarray(covariance / np.outer(deviation, deviation))


def deviations_of(answers: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Floats:
    """Standard deviations (p,) of the same answers, divided by n. Raises Refused as `correlation_of`.

    >>> deviations_of([[1, 2], [3, 6]])
    array([1., 2.])
    """
    return np.sqrt(np.diag(_covariance(answers, weights)))


def _covariance(answers: npt.ArrayLike, weights: npt.ArrayLike | None) -> Floats:
    """Covariances of the answers, divided by the sum of weights, each variance above 0."""
    table = numbers("answers", answers)
    if table.ndim != 2 or np.isnan(table).any():
        raise Refused(
            words("Answers of shape {shape} with {missing} missing: a full table was expected"),
            shape=table.shape,
            missing=int(np.isnan(table).sum()),
        )
    weight = np.ones(len(table)) if weights is None else counts("weights", weights)
    same_length("weights", weight, "answers", table)
    share = weight / max(weight.sum(), np.finfo(float).tiny)
    centred = table - share @ table
    covariance = np.asarray((share[:, None] * centred).T @ centred)
    deviation = np.sqrt(np.diag(covariance))
    same = np.flatnonzero(deviation <= 1e-12 * np.abs(table).max(axis=0))
    if len(same):
        raise Refused(
            words("Question {question} is answered alike by all: it has no correlation"), question=int(same[0]) + 1
        )
    return covariance


def path_model(
    correlation: npt.ArrayLike,
    blocks: Mapping[str, Sequence[int]],
    links: Sequence[tuple[str, str]],
    *,
    modes: Mapping[str, str] | None = None,
    scheme: str = Scheme.PATH,
) -> PathModel:
    """The model of constructs, each a block of questions (columns of `correlation`, from 0), joined by `links`.

    A link leads from cause to consequence; there are no circles, and every construct has a link. `modes` default
    to A. Signs are such that most questions of a construct load positively. Raises Refused for a model that is
    none, for questions that say the same, for a construct that nothing links to its neighbours in the data, and
    if the weights do not settle.
    """
    matrix = _checked(correlation, blocks, links)
    names = list(blocks)
    place = {name: number for number, name in enumerate(names)}
    causes = np.zeros((len(names), len(names)), dtype=np.bool_)
    for cause, consequence in links:
        causes[place[cause], place[consequence]] = True
    by_mode = [named(Mode, "modes", (modes or {}).get(name, Mode.A)) for name in names]
    columns = [np.asarray(blocks[name], dtype=np.int_) for name in names]
    found, rounds = _settled(matrix, columns, causes, by_mode, named(Scheme, "scheme", scheme), names)
    for number, own in enumerate(columns):
        if np.sign(matrix[own] @ found[:, number]).sum() < 0:
            found[:, number] *= -1
    between = found.T @ matrix @ found
    loadings = matrix @ found
    paths, r_squared = {}, {}
    for number, name in enumerate(names):
        before = np.flatnonzero(causes[:, number])
        if len(before):
            slope = np.linalg.solve(between[np.ix_(before, before)], between[before, number])
            r_squared[name] = float(slope @ between[before, number])
            paths.update({(names[cause], name): float(one) for cause, one in zip(before, slope, strict=True)})
    return PathModel(
        {name: found[own, number] for number, (name, own) in enumerate(zip(names, columns, strict=True))},
        {name: loadings[own, number] for number, (name, own) in enumerate(zip(names, columns, strict=True))},
        paths,
        r_squared,
        rounds,
    )


def _settled(
    matrix: Floats,
    columns: list[npt.NDArray[np.int_]],
    causes: npt.NDArray[np.bool_],
    modes: list[Mode],
    scheme: Scheme,
    names: list[str],
) -> tuple[Floats, int]:
    """Weights (p, constructs), zero off a construct's block, and the rounds that they took."""
    weights = np.zeros((len(matrix), len(columns)))
    for number, own in enumerate(columns):
        weights[own, number] = 1.0
    weights = _of_variance_one(weights, matrix, names)
    for turn in range(1, MOST_ROUNDS + 1):
        inner = _inner(weights.T @ matrix @ weights, causes, scheme)
        proxies = matrix @ (weights @ inner)
        following = np.zeros_like(weights)
        for number, (own, mode) in enumerate(zip(columns, modes, strict=True)):
            with_questions = proxies[own, number]
            if mode is Mode.B:
                with_questions = np.linalg.solve(matrix[np.ix_(own, own)], with_questions)
            following[own, number] = with_questions
        following = _of_variance_one(following, matrix, names)
        if np.abs(np.abs(following) - np.abs(weights)).max() < TOLERANCE:
            return following, turn
        weights = following
    raise Refused(
        words("The weights of {constructs} do not settle within {rounds} rounds"),
        constructs=", ".join(map(str, names)),
        rounds=MOST_ROUNDS,
    )


def _inner(between: Floats, causes: npt.NDArray[np.bool_], scheme: Scheme) -> Floats:
    """[i, j]: how much construct i counts for the neighbourhood of j."""
    linked = causes | causes.T
    if scheme is Scheme.CENTROID:
        return np.asarray(np.where(linked, np.sign(between), 0.0))
    inner = np.where(linked, between, 0.0)
    if scheme is Scheme.PATH:
        for number in range(len(between)):
            before = np.flatnonzero(causes[:, number])
            if len(before):
                inner[before, number] = np.linalg.solve(between[np.ix_(before, before)], between[before, number])
    return inner


def _of_variance_one(weights: Floats, matrix: Floats, names: list[str]) -> Floats:
    variance = np.einsum("pi,pq,qi->i", weights, matrix, weights)
    nothing = np.flatnonzero(variance <= LEAST_VARIANCE)
    if len(nothing):
        raise Refused(
            words("No question of “{construct}” hangs together with the constructs that it is linked to"),
            construct=names[nothing[0]],
        )
    return np.asarray(weights / np.sqrt(variance))


LEAST_VARIANCE = 1e-20
"""Weights below its root are what rounding leaves of nothing."""


def _checked(
    correlation: npt.ArrayLike, blocks: Mapping[str, Sequence[int]], links: Sequence[tuple[str, str]]
) -> Floats:
    matrix = numbers("correlation", correlation)
    square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1]
    if not square or not np.allclose(matrix, matrix.T) or not np.allclose(np.diag(matrix), 1):
        raise Refused(
            words("Correlations of shape {shape}: a symmetric table with 1 on its diagonal was expected"),
            shape=matrix.shape,
        )
    used = [column for own in blocks.values() for column in own]
    if len(set(used)) != len(used) or not all(0 <= column < len(matrix) for column in used):
        raise Refused(
            words("Questions {used}: each of 0 to {last} at most once was expected"),
            used=used,
            last=len(matrix) - 1,
        )
    _check_links(blocks, links)
    for name, own in blocks.items():
        if not own or np.linalg.matrix_rank(matrix[np.ix_(own, own)]) < len(own):
            raise Refused(
                words("The questions of “{construct}” are none or say the same: leave out all but one"),
                construct=name,
            )
    return matrix


def _check_links(blocks: Mapping[str, Sequence[int]], links: Sequence[tuple[str, str]]) -> None:
    linked = {name for link in links for name in link}
    if linked != set(blocks):
        odd = ", ".join(sorted(map(str, linked ^ set(blocks))))
        raise Refused(
            words("“{construct}” has no block of questions or no link to another construct"), construct=odd
        )
    open_links = set(links)
    while open_links:
        # Where a way only begins or ends, no circle goes through.
        ends = {cause for cause, _ in open_links} ^ {consequence for _, consequence in open_links}
        if not ends:
            circle = ", ".join(sorted(f"{cause} → {consequence}" for cause, consequence in open_links))
            raise Refused(words("The links {links} go in a circle"), links=circle)
        open_links = {link for link in open_links if ends.isdisjoint(link)}
