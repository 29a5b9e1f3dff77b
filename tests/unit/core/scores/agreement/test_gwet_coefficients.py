"""Gwet's coefficients: 1 for full agreement, 0 for guessing, with errors that hold."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhicheng.core.refused import Refused
from zhicheng.core.scores.agreement import Weights, alpha, fleiss, gwet
from zhicheng.core.scores.agreement.gwet_coefficients import _linearised
from zhicheng.core.scores.agreement.kappa import nearness
from zhicheng.core.scores.agreement.krippendorff import Metric
from zhicheng.core.scores.agreement.tally import tally

EVERY = pytest.mark.parametrize("weights", list(Weights))
SEEDS = st.integers(0, 9999)


def judgements(seed: int, *, units: int = 12, raters: int = 3, missing: float = 0.2) -> np.ndarray:
    """Raters who see the truth four times in five, of a lopsided scale of four."""
    random = np.random.default_rng(seed)
    truth = random.choice([1, 2, 3, 4], (units, 1), p=[0.6, 0.2, 0.1, 0.1])
    guess = random.integers(1, 5, (units, raters))
    found = np.where(random.random((units, raters)) < 0.8, truth, guess).astype(float)
    found[random.random(found.shape) < missing] = np.nan
    found[:4, :2] = np.where(np.isnan(found[:4, :2]), 1, found[:4, :2])
    return found


@EVERY
@given(seed=SEEDS)
def test_raters_and_units_may_change_places(weights: Weights, seed: int) -> None:
    table = judgements(seed)
    assume(len(tally(table)[1]) > 1)
    random = np.random.default_rng(seed)
    one, other = gwet(table, weights=weights), gwet(random.permutation(table[:, ::-1]), weights=weights)
    assert (one.value, one.error) == pytest.approx((other.value, other.error), abs=1e-9)


@EVERY
@given(seed=SEEDS)
def test_it_lies_within_its_interval_and_below_one(weights: Weights, seed: int) -> None:
    found = gwet(judgements(seed), values=[1, 2, 3, 4], weights=weights)
    assert -1 <= found.interval.low <= found.value <= found.interval.high <= 1
    assert found.error >= 0


@EVERY
def test_full_agreement_is_one_even_if_all_units_are_alike(weights: Weights) -> None:
    assert gwet([[2, 2]] * 5, values=[1, 2, 3], weights=weights).value == pytest.approx(1)
    assert gwet([[1, 1], [2, 2], [3, 3]], weights=weights).value == pytest.approx(1)


@given(SEEDS)
def test_names_of_categories_do_not_matter_without_weights(seed: int) -> None:
    table = judgements(seed)
    assume(len(tally(table)[1]) > 1)
    renamed = np.array([0, 40, 10, 30, 20.0])[np.nan_to_num(table).astype(int)]
    renamed[np.isnan(table)] = np.nan
    assert gwet(renamed).value == pytest.approx(gwet(table).value)


@given(SEEDS, st.floats(-9, 9), st.floats(0.1, 9))
def test_units_of_the_scale_do_not_matter_to_weights(seed: int, shift: float, factor: float) -> None:
    table = judgements(seed)
    values = np.arange(1, 5)
    plain = gwet(table, values=values, weights=Weights.QUADRATIC)
    moved = gwet(
        np.round(shift + factor * table, 9), values=np.round(shift + factor * values, 9), weights=Weights.QUADRATIC
    )
    assert moved.value == pytest.approx(plain.value, abs=1e-6)


def test_a_unit_judged_once_tells_what_is_chosen_and_nothing_of_agreement() -> None:
    table = [[1, 1], [1, 2], [2, 2], [1, 1]]
    more = [*table, [2, None], [2, None]]
    agreeing = 3 / 4
    for given_ones, share in ((table, 5 / 8), (more, 5 / 8 * 4 / 6)):
        by_chance = 2 * share * (1 - share)
        assert gwet(given_ones).value == pytest.approx((agreeing - by_chance) / (1 - by_chance))
    assert gwet([*table, [None, None]]) == gwet(table)


def test_of_two_raters_by_the_definition_of_2008() -> None:
    """Agreement 7/10; 3/4 of all judgements are 1, so chance is 2·3/4·1/4."""
    table = [[1, 1]] * 6 + [[1, 2]] * 2 + [[2, 1]] + [[2, 2]]
    assert gwet(table).value == pytest.approx((0.7 - 0.375) / (1 - 0.375))


def leaving_out(table: np.ndarray, weights: Weights) -> float:
    """The error by the coefficient without one unit at a time."""
    counted = tally(table)[0]
    counted, near = counted[counted.sum(axis=1) > 0], nearness(weights, np.arange(4.0))
    units = len(counted)
    without = [_linearised(np.delete(counted, one, axis=0), near)[0] for one in range(units)]
    return float(np.sqrt((units - 1) / units * ((without - np.mean(without)) ** 2).sum()))


@EVERY
def test_errors_are_those_of_leaving_out_one_unit(weights: Weights) -> None:
    table = judgements(3, units=400, missing=0)
    assert gwet(table, weights=weights).error == pytest.approx(leaving_out(table, weights), rel=0.01)


@EVERY
def test_units_judged_once_make_errors_a_little_larger_than_need_be(weights: Weights) -> None:
    table = judgements(3, units=400)
    assert 1 <= gwet(table, weights=weights).error / leaving_out(table, weights) < 1.15


@EVERY
def test_influences_add_up_to_nothing(weights: Weights) -> None:
    counted, values = tally(judgements(8, units=30))
    counted = counted[counted.sum(axis=1) > 0]
    assert _linearised(counted, nearness(weights, values))[1].sum() == pytest.approx(0, abs=1e-9)


def test_guessing_is_near_zero_and_lopsided_agreement_is_not() -> None:
    random = np.random.default_rng(5)
    guessed = random.integers(1, 4, (4000, 2))
    assert gwet(guessed).value == pytest.approx(0, abs=0.04)
    table = [[1, 1]] * 95 + [[1, 2]] * 3 + [[2, 1]] * 2
    assert gwet(table).value > 0.94
    assert alpha(table, Metric.NOMINAL).value < 0
    assert fleiss([[2, 0]] * 95 + [[1, 1]] * 5).value < 0


@pytest.mark.parametrize("weights", [Weights.NONE, Weights.QUADRATIC])
def test_intervals_hold_at_their_level(weights: Weights) -> None:
    """Units drawn anew, what many units give as the truth."""
    options = {"values": [1, 2, 3, 4], "weights": weights}
    true = gwet(judgements(0, units=60_000), **options).value
    held = [true in gwet(judgements(seed, units=60), level=0.9, **options).interval for seed in range(600)]
    assert np.mean(held) == pytest.approx(0.9, abs=0.04)


def test_what_tells_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="All judgements are the same"):
        gwet([[1, 1], [1, 1], [1, 1]])
    with pytest.raises(Refused, match="2 units were judged by two or more: 3 or more"):
        gwet([[1, 2], [1, 1], [2, None]])
    with pytest.raises(Refused, match="“5” is none of the categories 1, 2, 3"):
        gwet([[1, 2], [5, 1], [2, 2]], values=[1, 2, 3])


@EVERY
def test_weights_may_be_named_by_their_text(weights: Weights) -> None:
    table = judgements(5)
    assert gwet(table, weights=weights.value) == gwet(table, weights=weights)


def test_weights_that_are_none_are_not_taken_for_squares() -> None:
    with pytest.raises(Refused, match="“weights” is “ordinal”; expected one of none, linear, quadratic"):
        gwet(judgements(5), weights="ordinal")
