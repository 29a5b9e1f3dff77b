"""Sets of ranks hold the true ranks, all at once, and units with few cases are not ranked."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from zhicheng.core.ranking import Comparison, rank_sets, rank_sets_of_covariance, standings
from zhicheng.core.refused import Refused

VALUES = st.lists(st.integers(-100, 100).map(float), min_size=2, max_size=15)
EVERY = pytest.mark.parametrize("comparison", list(Comparison))


@EVERY
@given(values=VALUES, error=st.floats(0.01, 50))
def test_a_set_holds_the_rank_of_the_estimate(comparison: Comparison, values: list[float], error: float) -> None:
    found = rank_sets(values, np.full(len(values), error), comparison=comparison)
    assert (found.best <= found.rank).all()
    assert (found.rank <= found.worst).all()
    assert found.best.min() == 1
    assert found.worst.max() == len(values)
    assert 1 <= found.mean_width <= len(values)


@EVERY
@given(values=st.lists(st.integers(-1000, 1000), min_size=2, max_size=12, unique=True))
def test_tiny_errors_leave_one_rank_and_huge_ones_all(comparison: Comparison, values: list[int]) -> None:
    sure = rank_sets(values, np.full(len(values), 1e-3), comparison=comparison)
    assert (sure.best == sure.worst).all()
    assert sure.best.tolist() == [1 + sum(other > value for other in values) for value in values]
    unsure = rank_sets(values, np.full(len(values), 1e6), comparison=comparison)
    assert unsure.mean_width == len(values)


@EVERY
@given(values=VALUES, data=st.data())
def test_ranks_turn_round_if_less_is_more(
    comparison: Comparison, values: list[float], data: st.DataObject
) -> None:
    error = data.draw(st.lists(st.floats(0.5, 30), min_size=len(values), max_size=len(values)))
    more = rank_sets(values, error, comparison=comparison)
    less = rank_sets(values, error, comparison=comparison, lower_is_better=True)
    assert less.best.tolist() == (len(values) + 1 - more.worst).tolist()


@given(VALUES, st.floats(0.5, 30))
def test_holm_is_never_wider_than_bonferroni(values: list[float], error: float) -> None:
    errors = np.full(len(values), error)
    holm = rank_sets(values, errors, comparison=Comparison.HOLM)
    bonferroni = rank_sets(values, errors, comparison=Comparison.BONFERRONI)
    assert (holm.best >= bonferroni.best).all()
    assert (holm.worst <= bonferroni.worst).all()


@given(VALUES, st.floats(0.5, 30))
def test_independent_estimates_are_the_diagonal_case(values: list[float], error: float) -> None:
    errors = error * np.linspace(1, 2, len(values))
    separate, joint = rank_sets(values, errors), rank_sets_of_covariance(values, np.diag(errors**2))
    assert (separate.best == joint.best).all()
    assert (separate.worst == joint.worst).all()


def test_what_moves_together_is_easier_to_rank() -> None:
    covariance = np.full((4, 4), 3.9) + 0.1 * np.eye(4)
    together = rank_sets_of_covariance([1, 3, 5, 7], covariance)
    apart = rank_sets([1, 3, 5, 7], np.sqrt(np.diag(covariance)))
    assert together.mean_width == 1
    assert apart.mean_width > 2


def truly_within(truth: np.ndarray, comparison: Comparison, rounds: int, seed: int) -> float:
    """How often every set holds its unit's true ranks, tied ones included."""
    random = np.random.default_rng(seed)
    best = 1 + (truth[None, :] > truth[:, None]).sum(axis=1)
    worst = (truth[None, :] >= truth[:, None]).sum(axis=1)
    error = random.uniform(0.5, 1.5, len(truth))
    held = 0
    for _ in range(rounds):
        found = rank_sets(random.normal(truth, error), error, level=0.9, comparison=comparison)
        held += bool((found.best <= best).all() and (found.worst >= worst).all())
    return held / rounds


@EVERY
@pytest.mark.parametrize(
    "truth",
    [np.zeros(8), np.arange(8.0), np.repeat([0.0, 3.0, 6.0], 3), np.array([0, 0, 0, 0, 9.0])],
    ids=["all alike", "in steps", "in groups", "one apart"],
)
def test_all_sets_hold_at_their_level(comparison: Comparison, truth: np.ndarray) -> None:
    held = truly_within(truth, comparison, rounds=600, seed=1812)
    assert held >= 0.9 - 3 * np.sqrt(0.9 * 0.1 / 600)


def test_all_alike_is_the_hardest_and_close_to_the_level() -> None:
    assert truly_within(np.zeros(5), Comparison.HOLM, rounds=1500, seed=5) < 0.95


def test_a_unit_with_one_case_never_tops_a_ranking() -> None:
    lines = standings(
        ["one case", "large", "small"], [100.0, 98.2, 97.1], [np.nan, 0.3, 0.9], [1, 2200, 310], minimum=30
    )
    assert [(line.unit, line.rank) for line in lines] == [("large", 1), ("small", 2), ("one case", None)]
    assert (lines[2].best, lines[2].worst, lines[2].estimate) == (None, None, 100.0)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 100)), min_size=1, max_size=12))
def test_every_unit_is_listed_once_and_few_cases_take_no_part(units: list[tuple[int, int]]) -> None:
    names = [f"unit {place:02}" for place in range(len(units))]
    sizes, values = [size for size, _ in units], [value for _, value in units]
    lines = standings(names, values, np.ones(len(units)), sizes, minimum=30)
    assert sorted(line.unit for line in lines) == names
    ranked = [line for line in lines if line.rank is not None]
    assert all((line.rank is None) == (line.size < 30) for line in lines)
    assert lines[: len(ranked)] == tuple(ranked)
    assert max((line.worst or 0 for line in ranked), default=0) <= len(ranked)


def test_what_cannot_be_ranked_is_refused() -> None:
    with pytest.raises(Refused, match="“estimates” has 1 values: 2 or more"):
        rank_sets([1], [1])
    with pytest.raises(Refused, match="“errors” at place 1 is 0"):
        rank_sets([1, 2], [0, 1])
    with pytest.raises(Refused, match=r"“covariance” has shape \(2, 3\): symmetric, 2 rows"):
        rank_sets_of_covariance([1, 2], np.ones((2, 3)))
    with pytest.raises(Refused, match="“variance of differences” at place 1 is 0"):
        rank_sets_of_covariance([1, 2], np.ones((2, 2)))
    with pytest.raises(Refused, match="independent estimates"):
        rank_sets_of_covariance([1, 2], np.eye(2), comparison=Comparison.INTERVALS)
    with pytest.raises(Refused, match="comparison “tukey” is for independent estimates: “holm” bears any"):
        rank_sets_of_covariance([1, 2], np.eye(2), comparison=Comparison.TUKEY)
    with pytest.raises(Refused, match="3 units are named and 2 have sizes"):
        standings(["A", "B", "C"], [1, 2], [1, 1], [9, 9], minimum=5)


def test_sets_hold_for_estimates_that_depend_on_each_other() -> None:
    """Six domains of one sample, correlated by a half; two of them truly alike."""
    truth = np.array([0, 0, 1.5, 3, 4.5, 6.0])
    covariance = 0.5 + 0.5 * np.eye(6)
    random = np.random.default_rng(2020)
    drawn = random.multivariate_normal(truth, covariance, size=500)
    best = 1 + (truth[None, :] > truth[:, None]).sum(axis=1)
    worst = (truth[None, :] >= truth[:, None]).sum(axis=1)
    sets = [rank_sets_of_covariance(estimates, covariance, level=0.9) for estimates in drawn]
    held = np.mean([(one.best <= best).all() and (one.worst >= worst).all() for one in sets])
    assert held >= 0.9 - 3 * np.sqrt(0.09 / 500)


@given(VALUES, st.floats(0.5, 30), st.floats(1.01, 10))
def test_more_cases_never_widen_a_set(values: list[float], error: float, factor: float) -> None:
    wide = rank_sets(values, np.full(len(values), error))
    narrow = rank_sets(values, np.full(len(values), error / factor))
    assert (narrow.best >= wide.best).all()
    assert (narrow.worst <= wide.worst).all()


@EVERY
@given(values=VALUES, error=st.floats(0.5, 30))
def test_a_higher_level_never_narrows_a_set(comparison: Comparison, values: list[float], error: float) -> None:
    low, high = (
        rank_sets(values, np.full(len(values), error), level=level, comparison=comparison) for level in (0.8, 0.99)
    )
    assert (high.best <= low.best).all()
    assert (high.worst >= low.worst).all()


def test_one_pair_by_hand() -> None:
    """Difference 4, error √2·1.4 = 1.98: z = 2.02, clear at 95 % and not at 96 %; intervals overlap still."""
    assert rank_sets([4, 0], [1.4, 1.4], level=0.95).best.tolist() == [1, 2]
    assert rank_sets([4, 0], [1.4, 1.4], level=0.96).best.tolist() == [1, 1]
    assert rank_sets([4, 0], [1.4, 1.4], level=0.95, comparison=Comparison.INTERVALS).best.tolist() == [1, 1]


def test_holm_finds_more_once_the_clearest_is_found() -> None:
    """Three units, z of 6.4, 4.2 and 2.1: by Bonferroni the last pair needs 2.39, by Holm 1.96."""
    values, errors = [0, 3, 9], [1, 1, 1]
    assert rank_sets(values, errors, comparison=Comparison.HOLM).best.tolist() == [3, 2, 1]
    assert rank_sets(values, errors, comparison=Comparison.BONFERRONI).best.tolist() == [2, 2, 1]


@given(VALUES, st.data())
def test_tukey_is_never_wider_than_bonferroni(values: list[float], data: st.DataObject) -> None:
    error = data.draw(st.lists(st.floats(0.5, 30), min_size=len(values), max_size=len(values)))
    tukey, bonferroni = (
        rank_sets(values, error, comparison=one) for one in (Comparison.TUKEY, Comparison.BONFERRONI)
    )
    assert (tukey.best >= bonferroni.best).all()
    assert (tukey.worst <= bonferroni.worst).all()


def test_tukey_at_its_critical_difference() -> None:
    """Ten units with error 1: qtukey(0.95, 10, Inf) of R is 4.47412; two of its units differ by so many errors."""
    below, above = ([0] * 9 + [4.47412 + more] for more in (-1e-3, 1e-3))
    assert rank_sets(below, np.ones(10), comparison=Comparison.TUKEY).best.tolist() == [1] * 10
    assert rank_sets(above, np.ones(10), comparison=Comparison.TUKEY).best.tolist() == [2] * 9 + [1]


def test_tukey_is_exact_where_all_are_alike() -> None:
    """Twelve like units of like error: all sets hold in 90 % of rounds, no more and no less."""
    random = np.random.default_rng(1953)
    sets = [
        rank_sets(random.normal(size=12), np.ones(12), level=0.9, comparison=Comparison.TUKEY) for _ in range(1500)
    ]
    held = np.mean([(one.best == 1).all() and (one.worst == 12).all() for one in sets])
    assert held == pytest.approx(0.9, abs=3 * np.sqrt(0.09 / 1500))


def test_equal_estimates_share_a_rank() -> None:
    assert rank_sets([5, 7, 5, 9], [1, 1, 1, 1]).rank.tolist() == [3, 2, 3, 1]


def test_intervals_are_joint_and_need_not_touch() -> None:
    """Two units at 95 %: each interval at √0.95, 2.236 errors to both sides; 4.47 errors apart they part."""
    half = norm.isf((1 - np.sqrt(0.95)) / 2)
    for apart, best in ((2 * half - 1e-6, [1, 1]), (2 * half + 1e-6, [1, 2])):
        assert rank_sets([apart, 0], [1, 1], comparison=Comparison.INTERVALS).best.tolist() == best
    assert half == pytest.approx(2.236, abs=5e-4)


def test_a_set_is_as_wide_as_the_ranks_it_holds() -> None:
    sets = rank_sets([90, 80, 79, 60], [2, 2, 2, 2])
    assert (sets.mean_width, sets.level) == (1.5, 0.95)
    assert rank_sets([90, 80], [2, 2], level=0.9).level == 0.9


def test_correlation_enters_twice() -> None:
    """Variances of 1 and a covariance of 0.5: the difference has a variance of 1, and 1.96 parts them."""
    covariance = [[1, 0.5], [0.5, 1]]
    assert rank_sets_of_covariance([1.97, 0], covariance).best.tolist() == [1, 2]
    assert rank_sets_of_covariance([1.95, 0], covariance).best.tolist() == [1, 1]
    turned = rank_sets_of_covariance([1.97, 0], covariance, lower_is_better=True)
    assert (turned.rank.tolist(), turned.best.tolist(), turned.worst.tolist()) == ([2, 1], [2, 1], [2, 1])


def test_lines_are_in_order_of_rank_then_of_size_then_of_name() -> None:
    names = ["E", "D", "C", "B", "A", "F"]
    lines = standings(names, [5, 9, 5, 1, 2, 3], [1e-3] * 6, [30, 99, 30, 7, 7, 29], minimum=30)
    assert [line.unit for line in lines] == ["D", "C", "E", "F", "A", "B"]
    assert [(line.rank, line.best, line.worst) for line in lines[:3]] == [(1, 1, 1), (2, 2, 3), (2, 2, 3)]
    assert [(line.estimate, line.size) for line in lines[:3]] == [(9, 99), (5, 30), (5, 30)]


def test_a_ranking_may_turn_round_and_hold_another_level_by_another_comparison() -> None:
    """z of 6.4, 4.2 and 2.1: the last pair is clear by Holm at 95 %, and neither at 99 % nor by Bonferroni."""
    given = (["A", "B", "C"], [0.0, 3.0, 9.0], [1.0, 1.0, 1.0], [9, 9, 9])
    assert [line.unit for line in standings(*given, minimum=9, lower_is_better=True)] == ["A", "B", "C"]
    assert [line.best for line in standings(*given, minimum=9)] == [1, 2, 3]
    assert [line.best for line in standings(*given, minimum=9, level=0.99)] == [1, 2, 2]
    assert [line.best for line in standings(*given, minimum=9, comparison=Comparison.BONFERRONI)] == [1, 2, 2]


def test_of_nobody_with_cases_enough_there_is_no_first() -> None:
    lines = standings(["A", "B"], [1.0, 2.0], [0.0, 0.0], [3, 4], minimum=5)
    assert [(line.unit, line.rank) for line in lines] == [("B", None), ("A", None)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: rank_sets([1, 2, 3], [1, 1]), "“estimates” has 3 values and “errors” has 2"),
        (lambda: rank_sets([1, 2], [1, 1], level=1), "“level” is 1: a number above 0 and below 1"),
        (lambda: rank_sets([1, 2], [1, 1], level=0), "“level” is 0: a number above 0 and below 1"),
        (lambda: rank_sets_of_covariance([1, 2], [[1, 0.5], [0.4, 1]]), "symmetric, 2 rows and columns"),
        (lambda: rank_sets_of_covariance([1], [[1]]), "“estimates” has 1 values: 2 or more"),
        (lambda: standings(["A", "B"], [1, 2], [1], [9, 9], minimum=5), "“errors” has 1 values and “sizes” has 2"),
        (lambda: standings(["A", "B"], [1], [1, 1], [9, 9], minimum=5), "“estimates” has 1 values and “sizes”"),
        (lambda: standings(["A"], [1], [1], [-9], minimum=5), "“sizes” at place 1 is -9: 0 or more"),
    ],
)
def test_rankings_without_a_meaning_are_refused(asked: Callable[[], object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        asked()


@EVERY
def test_a_comparison_may_be_named_by_its_text(comparison: Comparison) -> None:
    values, errors = [90, 86, 84, 60], [2, 2, 2, 2]
    by_text, by_member = (rank_sets(values, errors, comparison=each) for each in (comparison.value, comparison))
    assert (by_text.best.tolist(), by_text.worst.tolist()) == (by_member.best.tolist(), by_member.worst.tolist())


def test_an_unknown_comparison_is_not_taken_for_another() -> None:
    said = "“comparison” is “scheffe”; expected one of bonferroni, holm, tukey, intervals"
    with pytest.raises(Refused, match=said):
        rank_sets([1, 2], [1, 1], comparison="scheffe")
    with pytest.raises(Refused, match=said):
        rank_sets_of_covariance([1, 2], np.eye(2), comparison="scheffe")
    with pytest.raises(Refused, match="“tukey” is for independent estimates"):
        rank_sets_of_covariance([1, 2], np.eye(2), comparison="tukey")


def test_a_minimum_that_is_no_number_does_not_lose_all_units() -> None:
    with pytest.raises(Refused, match="“minimum” is nan: a finite number was expected"):
        standings(["A", "B"], [1.0, 0.9], [0.1, 0.1], [40, 50], minimum=float("nan"))
