import time

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unit.core.allocation.populations import every_allocation, limited_strata, spreads_of
from zhicheng.core.allocation.priority import in_numbers, turns, until_loss
from zhicheng.core.allocation.strata import TOLERANCE, Strata, loss, loss_weights


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
    numbers = until_loss(weights, strata.least, strata.most, limit)
    kept = limit * (1 + TOLERANCE)
    assert loss(weights, numbers.astype(float)) <= kept
    keeping = (each.sum() for each in every_allocation(strata) if loss(weights, each.astype(float)) <= kept)
    assert numbers.sum() == min(keeping)


@given(limited_strata(), st.data())
def test_turns_fill_every_stratum_and_no_unit_gains_more_than_the_one_before(strata: Strata, data: st.DataObject):
    weights = loss_weights(strata, spreads_of(data.draw, strata))
    numbers, before = strata.least.copy(), np.inf
    for stratum in turns(weights, strata.least, strata.most):
        lost = loss(weights, numbers)
        numbers[stratum] += 1
        gained = lost - loss(weights, numbers)
        if np.isfinite(lost):
            assert gained <= before + 1e-9 * lost
            before = gained
    assert numbers.tolist() == strata.most.tolist()


def test_of_equal_strata_the_first_comes_first():
    assert list(turns(np.array([2.0, 2.0]), np.array([1.0, 1.0]), np.array([3.0, 3.0]))) == [0, 1, 0, 1]


def test_a_stratum_without_units_comes_before_all_others_if_it_matters():
    assert next(turns(np.array([100.0, 0.1, 0.0]), np.array([1.0, 0.0, 0.0]), np.array([9.0, 9.0, 9.0]))) == 1


def test_what_cannot_be_kept_takes_everything():
    assert until_loss(np.array([5.0]), np.array([1.0]), np.array([4.0]), 0.1).tolist() == [4]


def test_tens_of_thousands_of_units_take_no_time_to_speak_of():
    weights = np.linspace(1, 9, 500)
    started = time.process_time()
    numbers = in_numbers(weights, np.full(500, 2.0), np.full(500, 1000.0), 50_000)
    assert numbers.sum() == 50_000
    assert time.process_time() - started < 2
