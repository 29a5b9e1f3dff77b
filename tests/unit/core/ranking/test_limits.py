"""Funnel limits hold the share of units outside that they promise."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, norm, poisson

from zhicheng.core.ranking import (
    Limits,
    Rule,
    byar_interval,
    expected_within,
    mean_limits,
    proportion_limits,
    ratio_limits,
    ratio_position,
)
from zhicheng.core.refused import Refused

SIZES = st.integers(1, 5000)
TARGETS = st.floats(0.001, 0.999)
TAILS = st.sampled_from([0.001, 0.025, 0.1])
EVERY_RULE = pytest.mark.parametrize("rule", list(Rule))


@given(SIZES, TARGETS, TAILS)
def test_exact_limits_of_proportions_leave_at_most_the_tail_outside(n: int, target: float, tail: float) -> None:
    limits = proportion_limits([n], target, tail=tail, rule=Rule.EXACT)
    low, high = round(limits.lower[0] * n), round(limits.upper[0] * n)
    chance = binom(n, target)
    assert chance.cdf(low - 1) <= tail + 1e-12
    assert chance.sf(high) <= tail + 1e-12
    assert low == 0 or chance.cdf(low) >= tail - 1e-12  # one case less far out would be too many
    assert high == n or chance.sf(high - 1) >= tail - 1e-12


@given(st.floats(0.1, 500), TAILS)
def test_exact_limits_of_ratios_leave_at_most_the_tail_outside(expected: float, tail: float) -> None:
    limits = ratio_limits([expected], tail=tail, rule=Rule.EXACT)
    low, high = np.rint(limits.lower[0] * expected), np.rint(limits.upper[0] * expected)
    assert poisson.cdf(low - 1, expected) <= tail + 1e-12
    assert poisson.sf(high, expected) <= tail + 1e-12


def test_where_hardly_a_case_is_expected_none_is_still_inside() -> None:
    for limits in (proportion_limits([1], 1 / 64, tail=0.025), ratio_limits([0.01], tail=0.025)):
        assert limits.lower[0] == limits.upper[0] == 0
        assert limits.position([0.0])[0] == 0


@EVERY_RULE
@given(target=TARGETS, tail=TAILS, n=SIZES)
def test_limits_stand_around_the_target_and_within_possible_figures(
    rule: Rule, target: float, tail: float, n: int
) -> None:
    limits = proportion_limits([n], target, tail=tail, rule=rule)
    assert 0 <= limits.lower[0] <= limits.upper[0] <= 1
    if rule is Rule.SCORE:
        assert limits.lower[0] <= target <= limits.upper[0]


@given(SIZES, TARGETS)
def test_interpolated_limits_lie_within_a_case_of_the_exact_ones(n: int, target: float) -> None:
    exact = proportion_limits([n], target, rule=Rule.EXACT)
    smooth = proportion_limits([n], target, rule=Rule.INTERPOLATED)
    for one, other in ((exact.lower, smooth.lower), (exact.upper, smooth.upper)):
        assert -1e-9 <= (one[0] - other[0]) * n <= 1 + 1e-9


@EVERY_RULE
def test_funnels_narrow_towards_the_target(rule: Rule) -> None:
    limits = proportion_limits([10**power for power in range(1, 8)], 0.2, tail=0.025, rule=rule)
    assert (np.diff(limits.upper) < 0).all()
    assert (np.diff(limits.lower) > 0).all() or limits.lower[0] == 0
    assert limits.lower[-1] == pytest.approx(0.2, abs=3e-4)
    assert limits.upper[-1] == pytest.approx(0.2, abs=3e-4)


@EVERY_RULE
def test_large_units_meet_the_normal_limits(rule: Rule) -> None:
    half = norm.isf(0.001) * np.sqrt(0.3 * 0.7 / 10**6)
    assert proportion_limits([10**6], 0.3, rule=rule).upper[0] == pytest.approx(0.3 + half, abs=3e-6)
    half = norm.isf(0.001) / np.sqrt(10**6)
    assert ratio_limits([10**6], rule=rule).lower[0] == pytest.approx(1 - half, abs=3e-6)


def test_score_limits_are_wilsons_interval_turned_round() -> None:
    """At the limit x/n, Wilson's interval for x of n ends exactly at the target (Wilson 1927)."""
    n, target, z = 50.0, 0.3, norm.isf(0.025)
    upper = proportion_limits([n], target, tail=0.025, rule=Rule.SCORE).upper[0]
    middle = (upper + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(upper * (1 - upper) / n + z**2 / (4 * n**2))
    assert middle - half == pytest.approx(target, abs=1e-12)


def test_a_rate_is_a_ratio_with_a_target() -> None:
    rates = ratio_limits([20000, 50000], 5 / 10000, tail=0.025)
    ratios = ratio_limits([10, 25], tail=0.025)
    assert rates.upper * 10000 == pytest.approx(ratios.upper * 5)


@given(st.integers(0, 400), TAILS)
def test_expected_counts_turn_the_funnel_round(observed: int, tail: float) -> None:
    found = expected_within([observed], tail=tail)
    assert poisson.cdf(observed, found.upper[0]) == pytest.approx(tail, rel=1e-6)
    if observed:
        assert poisson.sf(observed - 1, found.lower[0]) == pytest.approx(tail, rel=1e-6)
    else:
        assert found.lower[0] == 0


@given(st.integers(10, 10**5))
def test_byar_is_close_from_ten_cases_on(observed: int) -> None:
    exact, close = expected_within([observed], tail=0.025), byar_interval([observed], tail=0.025)
    assert close.lower[0] == pytest.approx(exact.lower[0], rel=2e-3)
    assert close.upper[0] == pytest.approx(exact.upper[0], rel=2e-3)


@given(st.integers(0, 200), st.floats(0.5, 200))
def test_positions_of_ratios_agree_with_the_exact_test(observed: int, expected: float) -> None:
    found = ratio_position([observed], [expected], tail=0.025)[0]
    above, below = poisson.sf(observed - 1, expected), poisson.cdf(observed, expected)
    if abs(above - 0.025) > 2e-3 and abs(below - 0.025) > 2e-3:
        assert found == int(above < 0.025) - int(below < 0.025)


def test_a_figure_on_its_limit_is_inside_whatever_division_left_over() -> None:
    limits = proportion_limits([3], 0.5, tail=0.2, rule=Rule.EXACT)
    assert limits.position([2 / 3]) == [0]
    assert limits.position([1.0]) == [1]
    assert Limits(np.array([0.1 + 0.2]), np.array([0.4])).position([0.3]) == [0]


def test_means_lie_within_so_many_errors() -> None:
    limits = mean_limits([1.0, 4.0], 10, tail=0.025)
    assert limits.upper - limits.lower == pytest.approx(2 * norm.isf(0.025) * np.array([1.0, 4.0]))


@EVERY_RULE
def test_about_the_promised_share_is_outside(rule: Rule) -> None:
    """100,000 units that are like all others, of 30 to 3,000 cases; the exact limits are on the safe side."""
    random = np.random.default_rng(8170)
    size = random.integers(30, 3000, 100_000)
    found = random.binomial(size, 0.1) / size
    outside = (proportion_limits(size, 0.1, tail=0.025, rule=rule).position(found) != 0).mean()
    assert outside <= 0.05 if rule is Rule.EXACT else outside == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize("rule", [Rule.EXACT, Rule.INTERPOLATED])
def test_what_cannot_be_computed_of_counts_is_refused_and_not_answered_with_no_number(rule: Rule) -> None:
    with pytest.raises(Refused, match=r"“tail” is 1e-17: a number above 1e-12 and below 0.5"):
        ratio_limits([100], tail=1e-17, rule=rule)
    with pytest.raises(Refused, match=r"“expected” at place 2 is 1e[+]12: at most"):
        ratio_limits([100, 1e12], tail=0.001, rule=rule)
    large = ratio_limits([1e9], tail=0.001, rule=rule)
    assert large.lower == pytest.approx(1 - norm.isf(0.001) / 1e9**0.5, abs=1e-8)
    assert ratio_limits([1e12], tail=1e-17, rule=Rule.SCORE).lower == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("target", "tail", "said"),
    [(0, 0.1, "“target” is 0"), (1, 0.1, "“target” is 1"), (0.5, 0.5, "“tail” is 0.5"), (0.5, 0, "“tail” is 0")],
)
def test_what_makes_no_limits_is_refused(target: float, tail: float, said: str) -> None:
    with pytest.raises(Refused, match=said):
        proportion_limits([10], target, tail=tail)


def test_below_inside_and_above_are_told_apart() -> None:
    """One step below the lower limit is low, not only “outside”; both limits themselves are inside."""
    limits = Limits(np.full(5, -0.3), np.full(5, 0.2))
    assert limits.position([-0.31, -0.3, 0.0, 0.2, 0.21]).tolist() == [-1, 0, 0, 0, 1]
    assert proportion_limits([400] * 3, 0.1, tail=0.025).position([0.02, 0.1, 0.3]).tolist() == [-1, 0, 1]
    assert ratio_limits([50] * 3, tail=0.025).position([0.5, 1.0, 1.5]).tolist() == [-1, 0, 1]


@pytest.mark.parametrize("rule", [Rule.EXACT, Rule.INTERPOLATED])
def test_of_a_size_only_whole_cases_count_and_one_at_least(rule: Rule) -> None:
    """Weighted sizes are no whole numbers: 10.9 cases are ten, and half a case is one."""
    broken = proportion_limits([10.9, 0.5], 0.3, tail=0.025, rule=rule)
    whole = proportion_limits([10, 1], 0.3, tail=0.025, rule=rule)
    assert broken.lower.tolist() == whole.lower.tolist()
    assert broken.upper.tolist() == whole.upper.tolist()


def test_what_can_be_computed_is_a_number_of_cases_and_not_of_people() -> None:
    """Two billion people at a rate of a fourth are half a billion cases; at three fourths there are too many."""
    assert ratio_limits([2e9], 0.25).upper[0] == pytest.approx(0.25, rel=2e-4)
    with pytest.raises(Refused, match=r"“expected” at place 1 is 1500000000: at most “most that can be computed”"):
        ratio_limits([2e9], 0.75)
    with pytest.raises(Refused, match=r"“expected” at place 1 is 1010000000: at most .*, 1000000000, was"):
        ratio_limits([1.01e9])


def test_one_in_a_thousand_is_the_usual_tail() -> None:
    for usual, stated in (
        (proportion_limits([90], 0.2), proportion_limits([90], 0.2, tail=0.001)),
        (ratio_limits([20]), ratio_limits([20], tail=0.001)),
        (mean_limits([2.0], 5), mean_limits([2.0], 5, tail=0.001)),
        (expected_within([20]), expected_within([20], tail=0.001)),
        (byar_interval([20]), byar_interval([20], tail=0.025)),
    ):
        assert (usual.lower[0], usual.upper[0]) == (stated.lower[0], stated.upper[0])


def test_byars_interval_of_few_cases_stays_possible() -> None:
    """The cube of a negative number is negative: with one case and a tail of 0.001 it would be −0.003."""
    none, one = byar_interval([0]), byar_interval([1], tail=0.001)
    assert none.lower[0] == one.lower[0] == 0
    assert none.upper[0] == pytest.approx((1 - 1 / 9 + norm.isf(0.025) / 3) ** 3)
    assert byar_interval([1]).lower[0] == pytest.approx((1 - 1 / 9 - norm.isf(0.025) / 3) ** 3)


def test_from_ten_cases_on_the_interval_is_byars() -> None:
    """Between the two lower limits of nine cases the exact rule decides, of ten cases Byar's does."""
    for observed, decides in ((9, expected_within), (10, byar_interval)):
        exact, byar = expected_within([observed], tail=0.025), byar_interval([observed], tail=0.025)
        for end, outside in (("lower", 1), ("upper", -1)):
            between = (getattr(exact, end)[0] + getattr(byar, end)[0]) / 2
            limit = getattr(decides([observed], tail=0.025), end)[0]
            beyond = between < limit if end == "lower" else between > limit
            assert ratio_position([observed], [between], tail=0.025)[0] == (outside if beyond else 0)


def test_a_position_is_by_the_tail_that_was_asked_for() -> None:
    """Thirty cases where 18 were expected: beyond one tail in forty, within one in a thousand, as is usual."""
    assert ratio_position([30], [18], tail=0.025).tolist() == [1]
    assert ratio_position([30], [18]).tolist() == [0]
    tail = poisson.sf(3, 1.0)  # four cases are then exactly on the limit of one expected
    assert ratio_position([4], [1.0], tail=tail * 1.04).tolist() == [1]
    assert ratio_position([4], [1.0], tail=tail * 0.96).tolist() == [0]


OF_TAILS: list[Callable[[Any], object]] = [
    lambda tail: proportion_limits([10], 0.5, tail=tail, rule=Rule.SCORE),
    lambda tail: ratio_limits([10], tail=tail, rule=Rule.SCORE),
    lambda tail: mean_limits([1.0], 0, tail=tail),
    lambda tail: expected_within([10], tail=tail),
    lambda tail: byar_interval([10], tail=tail),
    lambda tail: ratio_position([10], [10], tail=tail),
]


@pytest.mark.parametrize("asked", OF_TAILS)
@pytest.mark.parametrize("tail", [0, 0.5, 0.52, 1.5, -0.1, float("nan")])
def test_no_limits_have_half_of_all_units_beyond_them(asked: Callable[[float], object], tail: float) -> None:
    with pytest.raises(Refused, match=r"“tail” is .*: a number above 0 and below 0\.5 was expected"):
        asked(tail)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: proportion_limits([5, 0], 0.5), "“sizes” at place 2 is 0: a number above 0"),
        (lambda: ratio_limits([5, 0]), "“expected” at place 2 is 0: a number above 0"),
        (lambda: ratio_limits([5], 0), "“target” is 0: a number above 0"),
        (lambda: ratio_limits([5], -1, rule=Rule.SCORE), "“target” is -1: a number above 0"),
        (lambda: mean_limits([0.0], 5), "“errors” at place 1 is 0: a number above 0"),
        (lambda: expected_within([3, -1]), "“observed” at place 2 is -1: 0 or more"),
        (lambda: byar_interval([-1]), "“observed” at place 1 is -1: 0 or more"),
        (lambda: ratio_position([-1], [1]), "“observed” at place 1 is -1: 0 or more"),
        (lambda: ratio_position([1], [0]), "“expected” at place 1 is 0: a number above 0"),
        (lambda: ratio_position([1, 2], [4]), "“observed” has 2 values and “expected” has 1: as many"),
    ],
)
def test_units_without_a_size_have_no_limits(asked: Callable[[], object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        asked()


@EVERY_RULE
def test_a_rule_may_be_named_by_its_text(rule: Rule) -> None:
    """A text that was taken for another rule would be a wrong figure that nobody sees."""
    for limits in (proportion_limits, ratio_limits):
        by_member, by_text = limits([7, 90], 0.3, rule=rule), limits([7, 90], 0.3, rule=rule.value)
        assert by_text.upper.tolist() == by_member.upper.tolist()
        with pytest.raises(Refused, match="“rule” is “wilson”; expected one of interpolated, exact, score"):
            limits([7, 90], 0.3, rule="wilson")


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([0.1, float("nan")], "“figures” at place 2 is nan: a finite number"),
        ([0.1, None], "“figures” at place 2 is nan: a finite number"),
        ([0.1, "low"], "“figures” holds “low”: numbers were expected"),
        ([0.1], "“figures” has 1 values and “limits” has 2"),
    ],
)
def test_a_missing_figure_does_not_lie_inside(figures: list[Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        proportion_limits([50, 90], 0.1).position(figures)


def test_what_cannot_be_computed_is_refused_at_once() -> None:
    with pytest.raises(Refused, match=r"“sizes” at place 2 is 1e\+16: at most “most that can be computed”"):
        proportion_limits([50, 1e16], 0.1)
    assert proportion_limits([1e15], 0.1).upper == pytest.approx(0.1, abs=1e-7)
    with pytest.raises(Refused, match="“target” is nan: a finite number was expected"):
        mean_limits([1.0, 2.0], float("nan"))
