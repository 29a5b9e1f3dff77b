"""Scores are freed of severity: found again where it is known, compared where that is possible, and only there."""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from zhicheng.core.refused import Refused
from zhicheng.core.scores import AdjustedScores, adjusted_for_severity, shrunken_for_severity

Method: TypeAlias = Callable[[list[str], list[str], Any], AdjustedScores]
BOTH = pytest.mark.parametrize("method", [adjusted_for_severity, shrunken_for_severity])


def panel(items: int, reviewers: int, each: int, seed: int) -> tuple[list[str], list[str]]:
    """Each item judged by `each` reviewers in a chain that connects all."""
    random = np.random.default_rng(seed)
    order = random.permutation(reviewers)
    pairs = [(item, order[(item + step) % reviewers]) for item in range(items) for step in range(each)]
    return [f"item {item}" for item, _ in pairs], [f"reviewer {reviewer}" for _, reviewer in pairs]


def truth(items: list[str], reviewers: list[str], seed: int) -> tuple[dict[str, float], dict[str, float]]:
    random = np.random.default_rng(seed)
    merit = {name: float(random.normal(75, 8)) for name in dict.fromkeys(items)}
    severity = {name: float(random.normal(0, 4)) for name in dict.fromkeys(reviewers)}
    middle = np.mean(list(severity.values()))
    return merit, {name: value - middle for name, value in severity.items()}


@settings(max_examples=25)
@given(st.integers(3, 9), st.integers(2, 6), st.integers(0, 999))
def test_without_chance_merit_and_severity_are_found_exactly(items: int, reviewers: int, seed: int) -> None:
    names, judges = panel(max(items, reviewers), reviewers, 2, seed)
    merit, severity = truth(names, judges, seed)
    scores = [merit[name] - severity[judge] for name, judge in zip(names, judges, strict=True)]
    found = adjusted_for_severity(names, judges, scores)
    assert found.scores == pytest.approx([merit[name] for name in found.items])
    assert found.severity == pytest.approx([severity[name] for name in found.reviewers], abs=1e-8)


@settings(max_examples=25)
@given(st.integers(2, 6), st.integers(2, 6), st.integers(0, 999))
def test_where_everybody_judges_everything_means_are_fair_already(items: int, reviewers: int, seed: int) -> None:
    names = [f"item {item}" for item in range(items) for _ in range(reviewers)]
    judges = [f"reviewer {reviewer}" for _ in range(items) for reviewer in range(reviewers)]
    scores = np.random.default_rng(seed).normal(70, 9, len(names))
    for method in (adjusted_for_severity, shrunken_for_severity):
        found = method(names, judges, scores)
        assert found.scores == pytest.approx(found.raw)


@BOTH
@settings(max_examples=20)
@given(st.integers(0, 999), st.floats(-50, 50), st.floats(0.5, 4))
def test_units_do_not_matter(method: Method, seed: int, shift: float, scale: float) -> None:
    names, judges = panel(7, 4, 2, seed)
    scores = np.random.default_rng(seed).normal(70, 9, len(names))
    plain, other = method(names, judges, scores), method(names, judges, shift + scale * scores)
    assert other.scores == pytest.approx(shift + scale * plain.scores, abs=1e-3)
    assert other.errors == pytest.approx(scale * plain.errors, rel=1e-3)


def test_the_lenient_panel_gains_nothing() -> None:
    """The same work before a strict and a lenient pair, joined by one reviewer, is scored alike."""
    names = ["A", "A", "B", "B", "C", "C", "C"]
    judges = ["strict", "middle", "lenient", "middle", "strict", "lenient", "middle"]
    found = adjusted_for_severity(names, judges, [70, 75, 80, 75, 70, 80, 75])
    assert found.scores == pytest.approx([75, 75, 75])
    assert found.raw == pytest.approx([72.5, 77.5, 75])
    assert dict(zip(found.reviewers, found.severity, strict=True)) == pytest.approx(
        {"strict": 5, "middle": 0, "lenient": -5}, abs=1e-9
    )


def test_shrinking_moves_severities_towards_nothing() -> None:
    names, judges = panel(12, 6, 2, 4)
    scores = np.random.default_rng(4).normal(70, 9, len(names))
    free, shrunken = adjusted_for_severity(names, judges, scores), shrunken_for_severity(names, judges, scores)
    assert np.ptp(shrunken.severity) < np.ptp(free.severity)
    assert shrunken.severity_deviation < free.severity_deviation


def test_reviewers_who_do_not_differ_leave_the_means() -> None:
    """X and Y disagree on every item, but neither is stricter: no variance between them fits better than some."""
    found = shrunken_for_severity(list("aabbcc"), list("XYXYXY"), [70, 72, 75, 73, 80, 80])
    assert found.severity_deviation == 0
    assert found.severity.tolist() == [0, 0]
    assert found.scores.tolist() == found.raw.tolist() == [71, 74, 80]
    assert found.deviation == pytest.approx(np.sqrt(4 / 3))
    assert found.errors == pytest.approx(found.deviation / np.sqrt(2))


def test_without_chance_nothing_is_shrunken() -> None:
    """The ratio of variances has no bound then, and is searched for up to one that no longer matters."""
    names, judges = panel(9, 4, 2, 2)
    merit, severity = truth(names, judges, 2)
    found = shrunken_for_severity(
        names, judges, [merit[name] - severity[judge] for name, judge in zip(names, judges, strict=True)]
    )
    assert found.scores == pytest.approx([merit[name] for name in found.items], abs=1e-4)
    assert found.severity == pytest.approx([severity[name] for name in found.reviewers], abs=1e-4)


def test_one_reviewer_has_no_severity() -> None:
    found = adjusted_for_severity(["a", "b", "b"], ["X", "X", "X"], [70, 80, 84])
    assert (found.severity.tolist(), found.severity_deviation) == ([0], 0)
    assert found.scores.tolist() == [70, 82]
    assert (found.deviation, found.degrees_of_freedom) == (pytest.approx(np.sqrt(8)), 1)


def test_two_reviewers_differ_by_what_lies_between_their_severities() -> None:
    """Four points on each item: severities of ±2, whose standard deviation, of two, is √8."""
    found = adjusted_for_severity(list("aabb"), list("XYXY"), [70, 74, 80, 84])
    assert found.severity.tolist() == pytest.approx([2, -2])
    assert found.severity_deviation == pytest.approx(np.sqrt(8))


def test_one_judgement_more_than_items_is_enough_to_shrink_by() -> None:
    """Its single contrast has the variance 2 (chance + between): which of the two it is cannot be told."""
    found = shrunken_for_severity(["a", "a", "b"], ["X", "Y", "Y"], [70, 76, 80])
    assert found.degrees_of_freedom == 1
    assert 2 * (found.deviation**2 + found.severity_deviation**2) == pytest.approx(6**2)


def coverage(method: Method, rounds: int) -> float:
    """How often the 90 % interval of a score holds the merit, all items of all rounds."""
    held = []
    for seed in range(rounds):
        names, judges = panel(10, 5, 3, seed)
        merit, severity = truth(names, judges, seed)
        noise = np.random.default_rng(10_000 + seed).normal(0, 3, len(names))
        scores = [merit[name] - severity[judge] for name, judge in zip(names, judges, strict=True)] + noise
        found: AdjustedScores = method(names, judges, scores)
        half = t.isf(0.05, found.degrees_of_freedom) * found.errors
        held.extend(
            abs(score - merit[name]) <= h for name, score, h in zip(found.items, found.scores, half, strict=True)
        )
    return float(np.mean(held))


def test_intervals_of_scores_hold_at_their_level() -> None:
    assert coverage(adjusted_for_severity, 200) == pytest.approx(0.9, abs=0.03)


def test_adjusted_scores_are_nearer_the_truth_than_means() -> None:
    off_by: dict[str, list[float]] = {"raw": [], "adjusted": [], "shrunken": []}
    for seed in range(60):
        names, judges = panel(10, 5, 2, seed)
        merit, severity = truth(names, judges, seed)
        noise = np.random.default_rng(seed).normal(0, 2, len(names))
        scores = [merit[name] - severity[judge] for name, judge in zip(names, judges, strict=True)] + noise
        found = adjusted_for_severity(names, judges, scores)
        true = np.array([merit[name] for name in found.items])
        off_by["raw"].append(float(np.mean((found.raw - true) ** 2)))
        off_by["adjusted"].append(float(np.mean((found.scores - true) ** 2)))
        shrunken = shrunken_for_severity(names, judges, scores).scores
        off_by["shrunken"].append(float(np.mean((shrunken - true) ** 2)))
    assert np.mean(off_by["adjusted"]) < 0.6 * np.mean(off_by["raw"])
    assert np.mean(off_by["shrunken"]) < 0.6 * np.mean(off_by["raw"])


def test_no_judgement_left_over_tells_no_chance() -> None:
    found = adjusted_for_severity(["A", "A", "B"], ["X", "Y", "Y"], [70, 75, 80])
    assert found.degrees_of_freedom == 0
    assert np.isnan(found.errors).all()
    assert found.scores == pytest.approx([72.5, 77.5])


@BOTH
def test_panels_without_a_common_item_are_named(method: Method) -> None:
    with pytest.raises(Refused, match=r"2 groups judged no item in common.*: X, Y \| Z, W"):
        method(list("aabbccdd"), list("XYXYZWZW"), range(8))


@BOTH
def test_judgements_that_do_not_fit_are_refused(method: Method) -> None:
    with pytest.raises(Refused, match="2 items, 1 reviewers and 2 scores: one of each"):
        method(["a", "b"], ["X"], [1, 2])
    with pytest.raises(Refused, match="“scores” at place 2 is nan"):
        method(["a", "b"], ["X", "X"], [1, float("nan")])


def test_one_judgement_each_has_nothing_to_shrink_by() -> None:
    with pytest.raises(Refused, match="2 judgements of 2 items: more judgements than items"):
        shrunken_for_severity(["a", "b"], ["X", "X"], [1, 2])


def restricted_likelihood(by_item: np.ndarray, by_reviewer: np.ndarray, scores: np.ndarray, ratio: float) -> float:
    """−2 × restricted log-likelihood up to a constant, from the covariance of all judgements as it is defined."""
    covariance = np.eye(len(scores)) + ratio * by_reviewer @ by_reviewer.T
    inverse = np.linalg.inv(covariance)
    information = by_item.T @ inverse @ by_item
    left = scores - by_item @ np.linalg.solve(information, by_item.T @ inverse @ scores)
    degrees = len(scores) - by_item.shape[1]
    return float(
        degrees * np.log(left @ inverse @ left / degrees)
        + np.linalg.slogdet(covariance)[1]
        + np.linalg.slogdet(information)[1]
    )


@settings(max_examples=15)
@given(st.integers(0, 999))
def test_no_other_variance_is_more_likely(seed: int) -> None:
    names, judges = panel(9, 4, 3, seed)
    scores = np.random.default_rng(seed).normal(70, 5, len(names))
    found = shrunken_for_severity(names, judges, scores)
    by_item = np.array([[float(name == one) for one in found.items] for name in names])
    by_reviewer = np.array([[float(judge == one) for one in found.reviewers] for judge in judges])
    ratio = (found.severity_deviation / found.deviation) ** 2
    best = restricted_likelihood(by_item, by_reviewer, scores, ratio)
    for other in (0.0, 0.5 * ratio, 0.9 * ratio, 1.1 * ratio + 1e-3, 2 * ratio + 0.1):
        assert best <= restricted_likelihood(by_item, by_reviewer, scores, other) + 1e-5


@settings(max_examples=15)
@given(st.integers(0, 999))
def test_shrunken_scores_are_generalized_least_squares(seed: int) -> None:
    """With the variances found, scores and errors are those of the covariance of all judgements."""
    names, judges = panel(8, 4, 3, seed)
    scores = np.random.default_rng(seed).normal(70, 5, len(names)) + 3 * np.array([int(j[-1]) for j in judges])
    found = shrunken_for_severity(names, judges, scores)
    by_item = np.array([[float(name == one) for one in found.items] for name in names])
    by_reviewer = np.array([[float(judge == one) for one in found.reviewers] for judge in judges])
    covariance = (
        found.deviation**2 * np.eye(len(names)) + found.severity_deviation**2 * by_reviewer @ by_reviewer.T
    )
    information = by_item.T @ np.linalg.solve(covariance, by_item)
    assert found.scores == pytest.approx(
        np.linalg.solve(information, by_item.T @ np.linalg.solve(covariance, scores)), rel=1e-6
    )
    assert found.errors == pytest.approx(np.sqrt(np.diag(np.linalg.inv(information))), rel=1e-4)


@settings(max_examples=20)
@given(st.integers(0, 999))
def test_residuals_are_at_right_angles_to_items_and_reviewers(seed: int) -> None:
    """What defines least squares: judgements left over add up to nothing for every item and every reviewer."""
    names, judges = panel(9, 4, 2, seed)
    scores = np.random.default_rng(seed).normal(70, 5, len(names))
    found = adjusted_for_severity(names, judges, scores)
    merit = dict(zip(found.items, found.scores, strict=True))
    severity = dict(zip(found.reviewers, found.severity, strict=True))
    left = np.array([s - merit[n] + severity[j] for s, n, j in zip(scores, names, judges, strict=True)])
    for group in (names, judges):
        for one in set(group):
            assert left[[name == one for name in group]].sum() == pytest.approx(0, abs=1e-8)
    assert found.severity.sum() == pytest.approx(0, abs=1e-8)
    assert left @ left == pytest.approx(found.deviation**2 * found.degrees_of_freedom)


@BOTH
@settings(max_examples=15)
@given(seed=st.integers(0, 99), data=st.data())
def test_the_order_of_judgements_does_not_matter(method: Method, seed: int, data: st.DataObject) -> None:
    names, judges = panel(6, 3, 2, seed)
    scores = np.random.default_rng(seed).normal(70, 5, len(names))
    order = data.draw(st.permutations(range(len(names))))
    plain = method(names, judges, scores)
    moved = method([names[p] for p in order], [judges[p] for p in order], scores[list(order)])
    before, after = (dict(zip(one.items, one.scores, strict=True)) for one in (plain, moved))
    assert after == pytest.approx(before, rel=1e-5)


@BOTH
def test_judging_again_makes_surer(method: Method) -> None:
    names, judges = panel(8, 4, 2, 3)
    merit, severity = truth(names, judges, 3)
    noise = np.random.default_rng(3).normal(0, 2, len(names))
    scores = np.array([merit[n] - severity[j] for n, j in zip(names, judges, strict=True)]) + noise
    once, twice = method(names, judges, scores), method(names * 2, judges * 2, np.concatenate([scores, scores]))
    assert twice.scores == pytest.approx(once.scores, abs=1)
    assert (twice.errors <= once.errors + 1e-9).all()


def test_errors_of_severities_hold_at_their_level() -> None:
    held = []
    for seed in range(150):
        names, judges = panel(10, 5, 3, seed)
        merit, severity = truth(names, judges, seed)
        noise = np.random.default_rng(20_000 + seed).normal(0, 3, len(names))
        scores = [merit[n] - severity[j] for n, j in zip(names, judges, strict=True)] + noise
        found = adjusted_for_severity(names, judges, scores)
        half = t.isf(0.05, found.degrees_of_freedom) * found.severity_errors
        held.extend(
            abs(one - severity[judge]) <= h
            for judge, one, h in zip(found.reviewers, found.severity, half, strict=True)
        )
    assert np.mean(held) == pytest.approx(0.9, abs=0.035)


def test_the_variance_between_reviewers_is_found_again() -> None:
    """REML is nearly unbiased: 200 panels of twelve reviewers, variance 16."""
    found = []
    for seed in range(200):
        random = np.random.default_rng(seed)
        names = [f"item {item}" for item in range(24) for _ in range(3)]
        judges = [f"reviewer {(item + step) % 12}" for item in range(24) for step in (0, 1, 5)]
        severity = random.normal(0, 4, 12)
        scores = 70 - severity[[int(judge.split()[1]) for judge in judges]] + random.normal(0, 2, len(judges))
        found.append(shrunken_for_severity(names, judges, scores).severity_deviation ** 2)
    assert np.mean(found) == pytest.approx(16, abs=3 * np.std(found) / np.sqrt(200) + 0.3)


def test_large_panels_are_those_of_the_definition() -> None:
    """Items are eliminated; here are all equations at once, with the ratio of variances that was found."""
    names, judges = panel(60, 12, 3, 5)
    _, severity = truth(names, judges, 5)
    scores = np.random.default_rng(5).normal(70, 2, len(names)) - np.array([severity[judge] for judge in judges])
    found = shrunken_for_severity(names, judges, scores)
    ratio = (found.severity_deviation / found.deviation) ** 2
    items = np.array([[name == one for one in found.items] for name in names], dtype=float)
    reviewers = np.array([[judge == one for one in found.reviewers] for judge in judges], dtype=float)
    both = np.hstack([items, -reviewers])
    matrix = both.T @ both
    matrix[60:, 60:] += np.eye(12) / ratio
    inverse = np.linalg.inv(matrix)
    assert np.concatenate([found.scores, found.severity]) == pytest.approx(inverse @ both.T @ scores, abs=1e-6)
    errors = found.deviation * np.sqrt(np.diag(inverse))
    assert np.concatenate([found.errors, found.severity_errors]) == pytest.approx(errors, rel=1e-6)


def test_the_ratio_of_variances_is_the_likeliest() -> None:
    """The restricted likelihood from the covariance of all scores: no ratio nearby gives more."""
    names, judges = panel(12, 5, 3, 6)
    merit, severity = truth(names, judges, 6)
    noise = np.random.default_rng(6).normal(0, 2, len(names))
    scores = np.array([merit[n] - severity[j] for n, j in zip(names, judges, strict=True)]) + noise
    found = shrunken_for_severity(names, judges, scores)
    items = np.array([[name == one for one in found.items] for name in names], dtype=float)
    reviewers = np.array([[judge == one for one in found.reviewers] for judge in judges], dtype=float)

    def likelihood(chance: float, between: float) -> float:
        covariance = chance**2 * np.eye(len(scores)) + between**2 * reviewers @ reviewers.T
        inverse = np.linalg.inv(covariance)
        information = items.T @ inverse @ items
        left = scores - items @ np.linalg.solve(information, items.T @ inverse @ scores)
        determinants = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1]
        return float(-determinants - left @ inverse @ left)

    best = likelihood(found.deviation, found.severity_deviation)
    for chance, between in ((1.02, 1), (0.98, 1), (1, 1.05), (1, 0.95), (1.02, 0.95)):
        assert likelihood(chance * found.deviation, between * found.severity_deviation) < best


def test_a_thousand_items_take_no_time() -> None:
    names, judges = panel(1000, 50, 3, 9)
    merit, severity = truth(names, judges, 9)
    scores = [merit[n] - severity[j] for n, j in zip(names, judges, strict=True)]
    scores = np.array(scores) + np.random.default_rng(9).normal(0, 1, len(scores))
    found = shrunken_for_severity(names, judges, scores)
    assert found.deviation == pytest.approx(1, abs=0.05)
    assert found.scores == pytest.approx([merit[name] for name in found.items], abs=4)


@pytest.mark.parametrize(("reviewers", "items", "each"), [(4, 8, 2), (5, 10, 3)])
def test_shrunken_scores_of_few_reviewers_need_the_degrees_of_freedom_of_these(
    reviewers: int, items: int, each: int
) -> None:
    """90 % by m − 1 degrees of freedom, or a little more; with those of the judgements somewhat less."""
    names = [f"{item}" for item in range(items) for _ in range(each)]
    place = np.array([(item + step) % reviewers for item in range(items) for step in range(each)])
    by_reviewers, by_judgements = [], []
    for seed in range(250):
        random = np.random.default_rng(seed)
        merit, severity = random.normal(75, 8, items), random.normal(0, 4, reviewers)
        scores = np.repeat(merit, each) - severity[place] + random.normal(0, 3, len(names))
        found = shrunken_for_severity(names, [f"{one}" for one in place], scores)
        off = np.abs(found.scores - merit) / found.errors
        by_reviewers.extend(off <= t.isf(0.05, reviewers - 1))
        by_judgements.extend(off <= t.isf(0.05, found.degrees_of_freedom))
    assert 0.9 <= np.mean(by_reviewers) <= 0.97
    assert 0.85 <= np.mean(by_judgements) < 0.9


def test_intervals_of_shrunken_scores_hold_at_their_level() -> None:
    """Thirty reviewers drawn anew each time: the score that reviewers like these would give, 90 %."""
    names, judges = panel(40, 30, 4, 0)
    place = {judge: number for number, judge in enumerate(dict.fromkeys(judges))}
    held = []
    for seed in range(120):
        random = np.random.default_rng(30_000 + seed)
        merit, severity = random.normal(75, 8, 40), random.normal(0, 4, 30)
        scores = random.normal(0, 3, len(names)) - severity[[place[judge] for judge in judges]]
        found = shrunken_for_severity(names, judges, scores + np.repeat(merit, 4))
        held.extend(np.abs(found.scores - merit) <= t.isf(0.05, 29) * found.errors)
    assert np.mean(held) == pytest.approx(0.9, abs=0.03)


def test_reviewers_called_by_numbers_are_told_as_well() -> None:
    for method in (adjusted_for_severity, shrunken_for_severity):
        with pytest.raises(Refused, match=r"2 groups judged no item in common.*: 10, 11 \| 20"):
            method([1, 1, 2, 2], [10, 11, 20, 20], [80, 74, 70, 77])  # type: ignore[list-item]
