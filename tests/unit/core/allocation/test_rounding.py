import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unit.core.allocation.populations import limited_strata, spreads_of
from zhicheng.core.allocation.rounding import exceeding, losses, rounded_up, thrifty
from zhicheng.core.allocation.strata import AllocationError, Reals, Strata, loss_weights


@st.composite
def demanded(draw: st.DrawFn) -> tuple[Strata, Reals, Reals]:
    """Strata with one to three demands that can be met."""
    strata = draw(limited_strata())
    demands = np.array(
        [loss_weights(strata, spreads_of(draw, strata)) ** 2 for _ in range(draw(st.integers(1, 3)))]
    )
    lowest = losses(demands, strata.most)
    assume(np.all(np.isfinite(lowest)))
    return strata, demands, lowest * draw(st.floats(1, 3)) + draw(st.floats(0.01, 10))


@given(demanded(), st.data())
def test_whatever_they_are_made_from_the_whole_numbers_meet_every_demand(case, data: st.DataObject):
    strata, demands, limits = case
    shares = np.array([data.draw(st.floats(0, 1)) for _ in strata.names])
    ideal = strata.least + shares * (strata.most - strata.least)
    for numbers in (rounded_up(strata, demands, limits, ideal), thrifty(strata, demands, limits, ideal)):
        assert not exceeding(demands, limits, numbers).any()
        assert np.all((numbers >= strata.least) & (numbers <= strata.most))


@given(demanded())
def test_thrift_spares_every_unit_that_can_be_spared_and_never_costs_more(case):
    strata, demands, limits = case
    numbers = thrifty(strata, demands, limits, strata.most)
    assert strata.costs @ numbers <= strata.costs @ rounded_up(strata, demands, limits, strata.most)
    for stratum in np.flatnonzero(numbers > strata.least):
        numbers[stratum] -= 1
        assert exceeding(demands, limits, numbers).any()
        numbers[stratum] += 1


def test_a_number_that_is_whole_up_to_a_solvers_precision_stays():
    strata = Strata.of([100, 100], least=0)
    demands, limits = np.array([[1.0, 1.0]]), np.array([9.0])
    assert rounded_up(strata, demands, limits, np.array([3 + 1e-9, 4.3])).tolist() == [3, 5]


def test_what_rounding_leaves_unmet_is_mended_where_it_helps_most_for_its_cost():
    demands, limits, ideal = np.array([[100.0, 100.0]]), np.array([39.9]), np.array([5.0, 5.0])
    cheap_first = Strata.of([10, 10], costs=[1, 3], least=0)
    assert rounded_up(cheap_first, demands, limits, ideal).tolist() == [6, 5]
    cheap_last = Strata.of([10, 10], costs=[3, 1], least=0)
    assert rounded_up(cheap_last, demands, limits, ideal).tolist() == [5, 6]


def test_the_dearest_units_are_spared_first():
    strata = Strata.of([10, 10], costs=[1, 9], least=1)
    numbers = thrifty(strata, np.array([[10.0, 10.0]]), np.array([5.0]), np.array([10.0, 3.0]))
    assert numbers.tolist() == [6, 3]


def test_a_demand_that_full_strata_do_not_meet_is_named():
    strata = Strata.of([10, 10])
    demands, limits = np.array([[1.0, 1.0], [90.0, 0.0]]), np.array([9.0, 8.0])
    with pytest.raises(AllocationError, match="Demand 2 of the sample cannot be met in whole numbers"):
        rounded_up(strata, demands, limits, np.array([5.0, 5.0]))


def test_a_demand_on_a_stratum_that_is_not_drawn_from_is_infinitely_missed():
    assert losses(np.array([[4.0, 0.0]]), np.array([0, 0])).tolist() == [np.inf]
    assert losses(np.array([[0.0, 9.0]]), np.array([0, 3])).tolist() == [3]
