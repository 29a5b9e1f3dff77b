"""The satisfaction index: on its scale, with the error of its survey."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from zhicheng.core.designs import Design, DesignError, LonelyPsu
from zhicheng.core.refused import Refused
from zhicheng.core.scores import SatisfactionIndex, satisfaction_index

ANSWERS = st.tuples(st.integers(3, 12), st.integers(1, 4), st.integers(0, 999)).map(
    lambda size: np.random.default_rng(size[2]).integers(1, 11, (size[0], size[1])).astype(float)
)


def index(answers: np.ndarray, design: Design | None = None, **options: Any) -> SatisfactionIndex:
    drawn = design or Design.simple(len(answers), population=1000)
    return satisfaction_index(answers, drawn, lowest=1, highest=10, **options)


@given(ANSWERS)
def test_it_lies_on_its_scale_and_is_the_mean_of_its_questions(answers: np.ndarray) -> None:
    found = index(answers)
    assert 0 <= found.interval.low <= found.value <= found.interval.high <= 100
    assert found.value == pytest.approx(found.questions.mean())
    assert found.value == pytest.approx(100 * (answers.mean() - 1) / 9)


@given(ANSWERS, st.floats(-5, 5), st.floats(0.5, 4))
def test_the_scale_of_the_answers_does_not_matter(answers: np.ndarray, shift: float, scale: float) -> None:
    design = Design.simple(len(answers), population=1000)
    ends = {"lowest": shift + scale * 1 - 1e-9, "highest": shift + scale * 10 + 1e-9}
    found = satisfaction_index(shift + scale * answers, design, **ends)
    assert found.value == pytest.approx(index(answers).value, abs=1e-6)
    assert found.error == pytest.approx(index(answers).error, abs=1e-6)


@given(ANSWERS)
def test_turned_round_answers_turn_the_index_round(answers: np.ndarray) -> None:
    assert index(11 - answers).value == pytest.approx(100 - index(answers).value)
    assert index(11 - answers).error == pytest.approx(index(answers).error)


@settings(max_examples=30)
@given(ANSWERS, st.integers(2, 5))
def test_only_the_proportions_of_weights_count(answers: np.ndarray, factor: int) -> None:
    weights = np.arange(1, answers.shape[1] + 1)
    assert index(answers, weights=weights).value == pytest.approx(index(answers, weights=factor * weights).value)
    first = np.eye(answers.shape[1])[0]
    assert index(answers, weights=first).value == pytest.approx(index(answers[:, :1]).value)


def test_complete_answers_have_the_error_of_a_mean() -> None:
    """With one score a person the error is s/√n·√(1 − n/N)."""
    answers = np.random.default_rng(2).integers(1, 11, (50, 3)).astype(float)
    scores = 100 * (answers.mean(axis=1) - 1) / 9
    found = index(answers, Design.simple(50, population=500))
    assert found.error == pytest.approx(scores.std(ddof=1) / np.sqrt(50) * np.sqrt(0.9))


def test_answers_of_one_person_go_together() -> None:
    """Two questions answered alike tell no more than one, and opposite ones tell the index exactly."""
    one = np.random.default_rng(3).integers(1, 11, (40, 1)).astype(float)
    assert index(np.hstack([one, one])).error == pytest.approx(index(one).error)
    assert index(np.hstack([one, 11 - one])).error == pytest.approx(0, abs=1e-9)


def test_a_missing_answer_is_a_ratio_and_no_zero() -> None:
    answers = np.array([[9.0, 8], [7, np.nan], [5, 4], [10, 10]])
    found = index(answers)
    assert found.questions[1] == pytest.approx(100 * (22 / 3 - 1) / 9)
    assert found.influence[1] == pytest.approx(250 * (100 * 6 / 9 - found.questions[0]) / 1000 / 2)


def test_chances_of_people_count() -> None:
    answers = np.array([[10.0], [10], [1], [1]])
    found = index(answers, Design.stratified(["n", "n", "s", "s"], population=[30, 30, 10, 10]))
    assert (found.value, found.error) == pytest.approx((75, 0), abs=1e-9)


def test_groups_and_their_difference() -> None:
    """Two groups of one simple sample hardly depend on each other: variances add up."""
    random = np.random.default_rng(4)
    answers, women = random.integers(1, 11, (400, 2)).astype(float), random.random(400) < 0.5
    design = Design.simple(400, population=100_000)
    one, other = (index(answers, design.domain(group)) for group in (women, ~women))
    covariance = design.covariance(np.column_stack([one.influence, other.influence]))
    assert np.sqrt(np.diag(covariance)) == pytest.approx([one.error, other.error])
    assert abs(covariance[0, 1]) < 0.02 * covariance[0, 0]
    assert one.value == pytest.approx(
        index(answers[women], Design.simple(int(women.sum()), population=1000)).value
    )


def test_intervals_hold_at_their_level() -> None:
    """Households of several people, drawn as clusters: those of a household are alike, one in five misses."""
    random = np.random.default_rng(38)
    homes, members = 800, 4
    mood = random.normal(0, 1.5, (homes, 1, 1))
    everybody = np.clip(np.round(7 + mood + random.normal(0, 1.5, (homes, members, 3))), 1, 10)
    weights = [3, 2, 1]
    true = 100 * (np.average(everybody.mean(axis=(0, 1)), weights=weights) - 1) / 9
    held = []
    for _ in range(300):
        drawn = random.choice(homes, 50, replace=False)
        answers = everybody[drawn].reshape(-1, 3).copy()
        answers[random.random(answers.shape) < 0.2] = np.nan
        design = Design.clusters(np.repeat(drawn, members), population=homes)
        held.append(true in index(answers, design, weights=weights, level=0.9).interval)
    assert np.mean(held) == pytest.approx(0.9, abs=0.05)


def test_what_makes_no_index_is_refused() -> None:
    answers = np.array([[9.0, 8], [7, 9], [5, 4]])
    with pytest.raises(Refused, match=r"Person 2 answered question 1 with 11\.0: from 1 to 10"):
        index(np.array([[9.0], [11], [5]]))
    with pytest.raises(Refused, match="Question 2 was answered by nobody"):
        index(np.array([[9.0, np.nan], [7, np.nan], [5, np.nan]]))
    with pytest.raises(Refused, match=r"1 weights that add up to 1\.0: 2 with a sum above 0"):
        index(answers, weights=[1])
    with pytest.raises(Refused, match="“weights” at place 1 is -1"):
        index(answers, weights=[-1, 2])
    with pytest.raises(Refused, match="2 with a sum above 0"):
        index(answers, weights=[0, 0])
    with pytest.raises(Refused, match=r"Answers of shape \(3, 2\): a row for each of 4 people"):
        index(answers, Design.simple(4, population=100))
    with pytest.raises(Refused, match="A scale from 10 to 1: the lower end first"):
        satisfaction_index(answers, Design.simple(3, population=9), lowest=10, highest=1)


def test_a_sample_without_degrees_of_freedom_has_no_interval() -> None:
    """One person shows no spread: the design's own rule says so first, unless it is told to let it pass."""
    alone = Design.simple(1, population=100)
    with pytest.raises(DesignError):
        index(np.array([[9.0, 8]]), alone)
    with pytest.raises(Refused, match="The sample has 0 degrees of freedom: more primary units than strata"):
        index(np.array([[9.0, 8]]), replace(alone, lonely=LonelyPsu.REMOVE))


def test_two_people_have_one_degree_of_freedom() -> None:
    """Answers of 40 and 60 of 100 have the error 10; half the time Student's t of one degree is within ±1."""
    found = satisfaction_index([[40], [60]], Design.simple(2, population=1e12), lowest=0, highest=100, level=0.5)
    assert (found.value, found.error) == (50, pytest.approx(10))
    assert (found.interval.low, found.interval.high) == pytest.approx((40, 60))


def leaving_out(answers: np.ndarray, weights: np.ndarray) -> float:
    """The error by leaving out one person at a time, as if drawn with replacement."""
    people = len(answers)
    values = []
    for person in range(people):
        rest = np.delete(np.arange(people), person)
        design = Design.simple(people - 1, weights=weights[rest])
        values.append(index(answers[rest], design, weights=[2, 1, 1]).value)
    return float(np.sqrt((people - 1) / people * np.sum((values - np.mean(values)) ** 2)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_linearisation_agrees_with_leaving_out_people(seed: int) -> None:
    random = np.random.default_rng(seed)
    answers = random.integers(1, 11, (120, 3)).astype(float)
    answers[random.random(answers.shape) < 0.3] = np.nan
    weights = random.uniform(1, 4, 120)
    found = index(answers, Design.simple(120, weights=weights), weights=[2, 1, 1])
    assert found.error == pytest.approx(leaving_out(answers, weights), rel=0.03)


def test_people_who_live_together_tell_less() -> None:
    """Ten alike in each of twenty homes: the error is that of twenty people, √10 times that of two hundred."""
    one = np.repeat(np.random.default_rng(6).integers(1, 11, 20), 10).astype(float)[:, None]
    homes = np.repeat(np.arange(20), 10)
    apart = index(one, Design.simple(200, weights=np.full(200, 5.0)))
    together = index(one, Design.clusters(homes, weights=np.full(200, 5.0)))
    assert together.value == pytest.approx(apart.value)
    assert together.error / apart.error == pytest.approx(np.sqrt(10 * 199 / 190), rel=0.01)


def test_strata_take_out_what_lies_between_them() -> None:
    random = np.random.default_rng(7)
    answers = np.concatenate([random.integers(1, 5, 50), random.integers(7, 11, 50)]).astype(float)[:, None]
    strata = ["town"] * 50 + ["country"] * 50
    stratified = index(answers, Design.stratified(strata, population=[500] * 100))
    simple = index(answers, Design.simple(100, population=1000))
    assert stratified.value == pytest.approx(simple.value)
    assert stratified.error < 0.5 * simple.error


@given(ANSWERS)
def test_influence_adds_up_to_nothing_and_gives_the_error(answers: np.ndarray) -> None:
    design = Design.simple(len(answers), population=1000)
    found = index(answers, design)
    assert found.influence.sum() == pytest.approx(0, abs=1e-9)
    assert np.sqrt(design.covariance(found.influence)[0, 0]) == pytest.approx(found.error, abs=1e-12)


@given(ANSWERS, st.floats(0.5, 0.9))
def test_a_higher_level_is_a_wider_interval(answers: np.ndarray, level: float) -> None:
    low, high = index(answers, level=level).interval, index(answers, level=0.99).interval
    assert high.low <= low.low
    assert high.high >= low.high
    assert (low.level, low.method) == (level, "linearised")


def test_an_index_by_hand() -> None:
    """On a scale from 1 to 5: 3 and 5, 5 and 4, 4 and none are 75 and 87.5 of 100; the first counts twice."""
    answers = [[3, 5], [5, 4], [4, None]]
    found = satisfaction_index(answers, Design.simple(3, population=300), lowest=1, highest=5, weights=[2, 1])
    assert found.questions.tolist() == [75, 87.5]
    assert found.value == pytest.approx((2 * 75 + 87.5) / 3)
    first = np.array([50, 100, 75]) - 75
    second = np.array([100, 75, 87.5]) - 87.5  # the third says nothing, and adds nothing
    each = (2 * first / 3 + second / 2) / 3
    assert found.influence == pytest.approx(100 * each / 100)
    assert found.error == pytest.approx(np.sqrt(0.99 * 3 / 2 * (each**2).sum()))
    assert found.question_errors[0] == pytest.approx(np.sqrt(0.99 * 3 / 2 * ((first / 3) ** 2).sum()))


@given(ANSWERS)
def test_each_question_is_an_index_of_its_own(answers: np.ndarray) -> None:
    found = index(answers)
    for question in range(answers.shape[1]):
        alone = index(answers[:, [question]])
        assert found.questions[question] == pytest.approx(alone.value)
        assert found.question_errors[question] == pytest.approx(alone.error)


@pytest.mark.parametrize(("answer", "value"), [(1.0, 0), (10.0, 100), (5.5, 50)])
def test_where_all_answer_alike_nothing_is_unsure(answer: float, value: float) -> None:
    found = index(np.full((6, 2), answer))
    assert (found.value, found.error) == (pytest.approx(value), pytest.approx(0, abs=1e-12))
    assert (found.interval.low, found.interval.high) == pytest.approx((value, value))


def test_an_interval_ends_where_the_scale_does() -> None:
    """One of twenty is not at the end of it."""
    nearly = np.array([[10.0]] * 19 + [[1.0]])
    found = index(nearly)
    assert found.value == pytest.approx(95)
    assert (found.interval.low, found.interval.high) == (pytest.approx(95 - t.isf(0.025, 19) * found.error), 100)
    turned = index(11 - nearly)
    assert (turned.interval.low, turned.interval.high) == (0, pytest.approx(5 + t.isf(0.025, 19) * found.error))


def test_who_asks_everybody_is_sure() -> None:
    answers = np.random.default_rng(11).integers(1, 11, (30, 2)).astype(float)
    assert index(answers, Design.simple(30, population=30)).error == pytest.approx(0, abs=1e-12)


@given(ANSWERS)
def test_a_question_that_does_not_count_changes_nothing_and_is_told_all_the_same(answers: np.ndarray) -> None:
    further = np.column_stack([answers, answers[:, 0]])
    plain, found = index(answers), index(further, weights=[1] * answers.shape[1] + [0])
    assert (found.value, found.error) == (pytest.approx(plain.value), pytest.approx(plain.error))
    assert found.questions[-1] == pytest.approx(found.questions[0])


@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_people_and_of_questions_plays_no_part(answers: np.ndarray, random) -> None:
    people = random.sample(range(len(answers)), len(answers))
    questions = random.sample(range(answers.shape[1]), answers.shape[1])
    weights = np.arange(1, answers.shape[1] + 1)
    plain, found = (
        index(answers, weights=weights),
        index(answers[people][:, questions], weights=weights[questions]),
    )
    assert (found.value, found.error) == (pytest.approx(plain.value), pytest.approx(plain.error))
    assert found.questions == pytest.approx(plain.questions[questions])
    assert found.influence == pytest.approx(plain.influence[people])


def test_intervals_of_a_simple_sample_hold_at_their_level() -> None:
    """400 samples of 40 of 2000, answers skewed and one in ten missing: 95 %, within three standard errors."""
    random = np.random.default_rng(1996)
    everybody = np.minimum(10, 11 - random.geometric(0.35, (2000, 2))).clip(1).astype(float)
    true = 100 * (everybody.mean() - 1) / 9
    held = []
    for _ in range(400):
        answers = everybody[random.choice(2000, 40, replace=False)].copy()
        answers[random.random(answers.shape) < 0.1] = np.nan
        held.append(true in index(answers, Design.simple(40, population=2000)).interval)
    assert np.mean(held) == pytest.approx(0.95, abs=0.035)


@pytest.mark.parametrize("level", [0, 1, 1.5, -0.1, float("nan")])
def test_what_is_no_level_is_refused(level: float) -> None:
    with pytest.raises(Refused, match="level"):
        index(np.array([[9.0], [7], [5]]), level=level)


@pytest.mark.parametrize("shape", [(3,), (3, 1, 1), (2, 1)])
def test_what_is_no_table_of_answers_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(
        Refused, match=r"Answers of shape \(.*\): a row for each of 3 people and a column for each qu"
    ):
        index(np.full(shape, 5.0), Design.simple(3, population=10))


@pytest.mark.parametrize(("lowest", "highest"), [(5, 5), (5, 1), (float("nan"), 5), (1, float("inf"))])
def test_a_scale_without_extent_is_refused(lowest: float, highest: float) -> None:
    with pytest.raises(Refused, match=r"A scale from .* to .*: the lower end first was expected"):
        satisfaction_index([[3], [4]], Design.simple(2, population=9), lowest=lowest, highest=highest)


@pytest.mark.parametrize(("answer", "place"), [(0.5, (0, 0)), (10.5, (2, 1)), (float("inf"), (1, 1))])
def test_an_answer_off_the_scale_is_told_by_person_and_question(answer: float, place: tuple[int, int]) -> None:
    answers = np.full((3, 2), 5.0)
    answers[place] = answer
    told = f"Person {place[0] + 1} answered question {place[1] + 1} with {answer}: from 1 to 10 was expected"
    with pytest.raises(Refused, match=told):
        index(answers)


def test_answers_are_numbers() -> None:
    with pytest.raises(Refused, match="“answers” holds “very”: numbers were expected"):
        satisfaction_index([[9], ["very"], [8]], Design.simple(3, population=9), lowest=1, highest=10)
