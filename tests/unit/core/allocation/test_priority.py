import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unit.core.allocation.populations import every_allocation, limited_strata, spreads_of
from zhicheng.core.allocation.priority import in_numbers, turns, until
from zhicheng.core.allocation.strata import Strata, loss, loss_weights


@settings(max_examples=60)
@given(limited_strata(), st.data())
def test_no_other_whole_numbers_lose_less(strata: Strata, data: st.DataObject):
    """Against every allocation of the same number."""
    weights = loss_weights(strata, spreads_of(data.draw, strata))
    total = data.draw(st.integers(int(strata.least.sum()), int(strata.most.sum())))
    numbers = in_numbers(weights, strata.least, strata.most, total)
    assert numbers.sum() == total
    assert np.all((numbers >= strata.least) & (numbers <= strata.most))
    best = min(loss(weights, each.astype(float)) for each in every_allocation(strata) if each.sum() == total)
    assert loss(weights, numbers.astype(float)) == pytest.approx(best)


@settings(max_examples=60)
@given(limited_strata(), st.data())
def test_no_fewer_units_keep_a_loss(strata: Strata, data: st.DataObject):
    """Against every allocation that keeps it."""
    weights = loss_weights(strata, spreads_of(data.draw, strata))
    reachable = loss(weights, strata.most)
    assume(np.isfinite(reachable))
    limit = reachable * data.draw(st.floats(1.0, 3.0))
    numbers = until(weights, strata.least, strata.most, lambda given: loss(weights, given) <= limit)
    assert loss(weights, numbers.astype(float)) <= limit
    keeping = (each.sum() for each in every_allocation(strata) if loss(weights, each.astype(float)) <= limit)
    assert numbers.sum() == min(keeping)


@given(limited_strata(), st.data())
def test_turns_fill_every_stratum_and_no_unit_gains_more_than_the_one_before(strata: Strata, data: st.DataObject):
    weights = loss_weights(strata, spreads_of(data.draw, strata))
    numbers, before = strata.least.copy(), np.inf
    full = np.where(weights > 0, strata.most, strata.least)
    for stratum in turns(weights, strata.least, strata.most):
        lost = loss(weights, numbers)
        numbers[stratum] += 1
        gained = lost - loss(weights, numbers)
        if np.isfinite(lost):
            assert gained <= before + 1e-9 * lost
            before = gained
    assert numbers.tolist() == full.tolist()


def test_of_equal_strata_the_first_comes_first():
    assert list(turns(np.array([2.0, 2.0]), np.array([1.0, 1.0]), np.array([3.0, 3.0]))) == [0, 1, 0, 1]


def test_a_stratum_without_units_comes_before_all_others_if_it_matters():
    assert next(turns(np.array([100.0, 0.1, 0.0]), np.array([1.0, 0.0, 0.0]), np.array([9.0, 9.0, 9.0]))) == 1


def test_what_nothing_is_enough_for_takes_everything():
    weights, least, most = np.array([5.0, 0.0]), np.array([1.0, 0.0]), np.array([4.0, 3.0])
    assert until(weights, least, most, lambda _: False).tolist() == [4, 0]
    assert until(weights, least, most, lambda _: True).tolist() == [1, 0]


def test_what_is_left_when_all_strata_with_weight_are_full_goes_where_room_is():
    weights, least, most = np.array([1.0, 0, 0]), np.array([2.0, 2, 0]), np.array([5.0, 12, 20])
    assert in_numbers(weights, least, most, 20).tolist() == [5, 6, 9]
    assert in_numbers(0 * weights, least, most, 37).tolist() == [5, 12, 20]


@settings(max_examples=60)
@given(
    st.lists(st.floats(1e-9, 1e9), min_size=1, max_size=6),
    st.integers(0, 300),
    st.lists(st.integers(0, 4), min_size=6, max_size=6),
)
def test_giving_many_units_at_once_is_giving_them_one_by_one(weights: list[float], extra: int, least: list[int]):
    """Against the definition, also for weights of very different size, and for none in a stratum."""
    weight, low = np.array([*weights, 0.0]), np.array([*least[: len(weights)], 1.0])
    high = low + 100
    extra = min(extra, 100 * len(weights))
    numbers = low.astype(int)
    for _, stratum in zip(range(extra), turns(weight, low, high), strict=False):
        numbers[stratum] += 1
    assert in_numbers(weight, low, high, int(low.sum()) + extra).tolist() == numbers.tolist()


def test_millions_of_units_are_not_given_one_by_one():
    weights, least, most = np.linspace(1, 9, 500), np.full(500, 2.0), np.full(500, 1e9)
    numbers = in_numbers(weights, least, most, 10**9)
    limit = loss(weights, numbers)
    same = until(weights, least, most, lambda given: loss(weights, given) <= limit)
    assert numbers.sum() == 10**9
    assert numbers == pytest.approx(1e9 * weights / weights.sum(), abs=1)
    assert same.sum() == pytest.approx(10**9, abs=5)
