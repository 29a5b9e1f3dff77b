"""Rules of quantiles: with equal weights those of numpy, with whole weights those of rows repeated."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.designs import DesignError
from zhicheng.core.estimates.quantile_rules import RULES, Ladder, rule_named

NUMPY = {
    "hf1": "inverted_cdf",
    "hf2": "averaged_inverted_cdf",
    "hf5": "hazen",
    "hf6": "weibull",
    "hf7": "linear",
    "hf8": "median_unbiased",
    "hf9": "normal_unbiased",
}
"""The rules of R that are numpy's as well; R's hf3 joins equal values first, its hf4 does not go below a step."""
STEPS = ["hf1", "hf2", "math", "school"]
values = st.lists(st.integers(-9, 9).map(float), min_size=2, max_size=12)
shares = st.sampled_from([0.51, 0.55, 0.66, 0.75, 0.9, 1.0])
"""Shares that are not below the weight of the first of two values or more, where steps are as R has them."""


@pytest.mark.parametrize("rule", sorted(NUMPY))
@given(values=values, share=shares)
def test_equal_weights_are_no_weights(rule, values, share):
    ladder = Ladder.of(np.array(values), np.full(len(values), 2.0))
    assert RULES[rule](ladder, share) == pytest.approx(np.quantile(values, share, method=NUMPY[rule]), abs=1e-9)


@pytest.mark.parametrize("rule", STEPS)
@given(values=values, share=shares, data=st.data())
def test_a_whole_weight_is_a_repeated_row(rule, values, share, data):
    weights = data.draw(st.lists(st.integers(1, 4), min_size=len(values), max_size=len(values)))
    values, weights = [min(values) - 1, *values], [1, *weights]
    weighted = Ladder.of(np.array(values), np.array(weights, dtype=np.float64))
    repeated = np.repeat(values, weights)
    assert RULES[rule](weighted, share) == RULES[rule](Ladder.of(repeated, np.ones(len(repeated))), share)


@pytest.mark.parametrize("rule", sorted(RULES))
@given(values=values, share=shares, scale=st.floats(0.1, 9))
def test_quantiles_move_with_their_values(rule, values, share, scale):
    weights = 1.0 + np.arange(len(values)) % 2
    values = [min(values), *values]
    weights = np.append(1.0, weights)
    before = RULES[rule](Ladder.of(np.array(values), weights), share)
    after = RULES[rule](Ladder.of(5 + scale * np.array(values), weights), share)
    assert after == pytest.approx(5 + scale * before, abs=1e-9)
    assert min(values) - 1e-9 <= before <= max(values) + 1e-9


@pytest.mark.parametrize("rule", sorted(RULES))
@given(values=values)
def test_a_larger_share_has_no_smaller_quantile(rule, values):
    ladder = Ladder.of(np.array(values), np.ones(len(values)))
    read = [RULES[rule](ladder, share) for share in np.linspace(0.5, 0.98, 23)]
    assert np.all(np.diff(read) >= -1e-9)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_rows_without_weight_are_not_there(rule):
    with_them = Ladder.of(np.array([1.0, 7.0, 2.0, 4.0]), np.array([1.0, 0.0, 2.0, 1.0]))
    without = Ladder.of(np.array([1.0, 2.0, 4.0]), np.array([1.0, 2.0, 1.0]))
    assert RULES[rule](with_them, 0.4) == RULES[rule](without, 0.4)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_one_value_is_every_quantile(rule):
    ladder = Ladder.of(np.array([3.0]), np.array([2.0]))
    assert [RULES[rule](ladder, share) for share in (0.0, 0.3, 1.0)] == [3.0, 3.0, 3.0]


def test_the_steps_differ_where_a_share_is_exactly_reached():
    ladder = Ladder.of(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(4))
    assert {rule: RULES[rule](ladder, 0.5) for rule in ("math", "school", "hf3", "hf4")} == {
        "math": 2.0,
        "school": 2.5,
        "hf3": 2.0,
        "hf4": 2.0,
    }
    assert RULES["hf3"](ladder, 0.25) == 2.0  # the first step is odd


def test_shares_below_the_first_step_are_read_as_r_reads_them():
    ladder = Ladder.of(np.array([10.0, 20.0, 30.0]), np.array([2.0, 1.0, 1.0]))
    read = {rule: RULES[rule](ladder, 0.25) for rule in ("hf1", "hf2", "hf3", "hf4", "hf6")}
    assert read == {"hf1": 20.0, "hf2": 20.0, "hf3": 20.0, "hf4": 0.0, "hf6": 10.0}


def test_an_unknown_rule_is_named():
    with pytest.raises(DesignError, match="“rule” is “sas”; expected one of math, school, hf1"):
        rule_named("sas")


UNEVEN = Ladder.of(np.array([4.0, 1.0, 2.0]), np.array([2.0, 1.0, 1.0]))
"""1, 2 and 4 with the weights 1, 1 and 2."""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hf4", 2.0),  # 1/4, 2/4, 4/4
        ("hf5", 2 + 2 / 3),  # 1/8, 3/8, 6/8
        ("hf6", 3.0),  # 1/6, 2/6, 4/6: the last weight counts twice
        ("hf7", 2.0),  # 0, 1/2, 1
        ("hf8", 2.8),  # 2/14, 5/14, 10/14
        ("hf9", 2 + 2 * 5 / 13),  # 5/36, 13/36, 26/36
    ],
)
def test_medians_read_off_the_points_of_each_rule_by_hand(name: str, value: float) -> None:
    """The points of Hyndman and Fan 1996, table 1, with sums of weights in place of ranks."""
    assert rule_named(name)(UNEVEN, 0.5) == pytest.approx(value)


@pytest.mark.parametrize(
    ("share", "math", "school", "nearest_even"),
    [(0.25, 1, 1.5, 2), (0.3, 2, 2, 2), (0.5, 2, 2.5, 2), (0.6, 3, 3, 3), (0.75, 3, 3.5, 4), (0.9, 4, 4, 4)],
)
def test_steps_of_four_even_values_by_hand(share: float, math: float, school: float, nearest_even: float) -> None:
    """Where the share is a step itself: the value there, the middle to the next, or that of the even rank."""
    ladder = Ladder.of(np.array([1.0, 2, 3, 4]), np.ones(4))
    found = [rule_named(name)(ladder, share) for name in ("math", "hf1", "school", "hf2", "hf3")]
    assert found == [math, math, school, school, nearest_even]


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 1.0])
def test_of_one_value_every_quantile_is_that(name: str, share: float) -> None:
    assert rule_named(name)(Ladder.of(np.array([7.0]), np.array([3.0])), share) == 7


def test_an_unknown_rule_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(DesignError, match="“rule” is “hf10”; expected one of math, school, hf1, hf2"):
        rule_named("hf10")


def test_values_without_weight_are_no_steps_and_equal_ones_are_one_when_joined() -> None:
    ladder = Ladder.of(np.array([3.0, 1, 3, 2]), np.array([1.0, 2, 4, 0]))
    assert (ladder.values.tolist(), ladder.sums.tolist(), ladder.whole) == ([1, 3, 3], [2, 3, 7], 7)
    joined = ladder.joined()
    assert (joined.values.tolist(), joined.weights.tolist(), joined.sums.tolist()) == ([1, 3], [2, 5], [2, 7])
