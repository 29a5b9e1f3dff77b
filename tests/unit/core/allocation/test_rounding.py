import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unit.core.allocation.populations import limited_strata, spreads_of
from zhicheng.core.allocation.rounding import Demands, rounded_up, thrifty
from zhicheng.core.allocation.strata import AllocationError, Strata, loss_weights, total_variance


@st.composite
def demanded(draw: st.DrawFn) -> tuple[Strata, Demands]:
    """Strata with one to three demands that can be met."""
    strata = draw(limited_strata())
    squares = np.array(
        [loss_weights(strata, spreads_of(draw, strata)) ** 2 for _ in range(draw(st.integers(1, 3)))]
    )
    lowest = Demands(squares, strata.sizes, np.ones(len(squares))).variances(strata.most)
    assume(np.all(np.isfinite(lowest)))
    return strata, Demands(squares, strata.sizes, lowest * draw(st.floats(1, 3)) + draw(st.floats(0.01, 10)))


@given(demanded(), st.data())
def test_whatever_they_are_made_from_the_whole_numbers_meet_every_demand(case, data: st.DataObject):
    strata, demands = case
    shares = np.array([data.draw(st.floats(0, 1)) for _ in strata.names])
    ideal = strata.least + shares * (strata.most - strata.least)
    for numbers in (rounded_up(strata, demands, ideal), thrifty(strata, demands, ideal)):
        assert not demands.exceeded_by(numbers).any()
        assert np.all((numbers >= strata.least) & (numbers <= strata.most))


@given(demanded())
def test_thrift_spares_every_unit_that_can_be_spared_and_never_costs_more(case):
    strata, demands = case
    numbers = thrifty(strata, demands, strata.most)
    assert strata.costs @ numbers <= strata.costs @ rounded_up(strata, demands, strata.most)
    for stratum in np.flatnonzero(numbers > strata.least):
        numbers[stratum] -= 1
        assert demands.exceeded_by(numbers).any()
        numbers[stratum] += 1


def without_correction(squares: list[list[float]], limits: list[float]) -> Demands:
    """Demands on populations so large that drawing without replacement saves nothing."""
    return Demands(np.array(squares), np.full(2, 1e18), np.array(limits))


def test_a_number_that_is_whole_up_to_a_solvers_precision_stays():
    demands = without_correction([[1.0, 1.0]], [9.0])
    assert rounded_up(Strata.of([100, 100], least=0), demands, np.array([3 + 1e-9, 4.3])).tolist() == [3, 5]


def test_what_rounding_leaves_unmet_is_mended_where_it_helps_most_for_its_cost():
    demands, ideal = without_correction([[100.0, 100.0]], [39.9]), np.array([5.0, 5.0])
    cheap_first = Strata.of([10, 10], costs=[1, 3], least=0)
    assert rounded_up(cheap_first, demands, ideal).tolist() == [6, 5]
    cheap_last = Strata.of([10, 10], costs=[3, 1], least=0)
    assert rounded_up(cheap_last, demands, ideal).tolist() == [5, 6]


def test_the_dearest_units_are_spared_first():
    strata = Strata.of([10, 10], costs=[1, 9], least=1)
    assert thrifty(strata, without_correction([[10.0, 10.0]], [5.0]), np.array([10.0, 3.0])).tolist() == [6, 3]


def test_millions_of_units_are_not_mended_and_spared_one_by_one():
    strata = Strata.of([1e9, 1e9], costs=[1, 4])
    demands = without_correction([[1e12, 1e12]], [2e4])
    mended, spared = (rounded_up(strata, demands, strata.least), thrifty(strata, demands, strata.most))
    for numbers in (mended, spared):
        assert demands.variances(numbers)[0] == pytest.approx(2e4, rel=1e-7)


def test_a_demand_that_full_strata_do_not_meet_is_named():
    demands = without_correction([[1.0, 1.0], [90.0, 0.0]], [9.0, 8.0])
    with pytest.raises(AllocationError, match="Demand 2 of the sample cannot be met in whole numbers"):
        rounded_up(Strata.of([10, 10]), demands, np.array([5.0, 5.0]))


def test_a_demand_on_a_stratum_that_is_not_drawn_from_is_infinitely_missed():
    demands = without_correction([[4.0, 0.0], [0.0, 9.0]], [1.0, 3.0])
    assert demands.variances(np.array([0, 3])).tolist() == [np.inf, 3]
    assert demands.exceeded_by(np.array([0, 3])).tolist() == [True, False]


def test_a_demand_near_the_census_is_met_in_its_own_measure_and_not_in_that_of_what_the_census_saves():
    """One of a million units is left out: what is left is a millionth of the terms."""
    strata = Strata.of([10**6])
    allowed = 0.9999999 * total_variance(strata, 1.0, [10**6 - 1])
    demands = Demands(strata.sizes[np.newaxis] ** 2, strata.sizes, np.array([allowed]))
    assert rounded_up(strata, demands, np.array([10**6 - 1.0])).tolist() == [10**6]


def test_what_each_stratum_needs_when_all_others_are_drawn_whole_by_hand():
    """w² = 10⁴ in both leaves 400 at 20 of 100, and 9 · 10⁴ in the second alone leaves 900 at 50 of 100."""
    demands = Demands(np.array([[1e4, 1e4], [0.0, 9e4]]), np.full(2, 100.0), np.array([400.0, 900.0]))
    needed, barely = demands.unavoidable(Strata.of([100, 100], least=2))
    assert needed == pytest.approx([20, 50])
    assert barely.tolist() == [False, False]
    assert demands.unavoidable(Strata.of([100, 100], least=[2, 60]))[0] == pytest.approx([20, 60])


@pytest.mark.parametrize("limit", [400.0, 399.0])
def test_where_all_that_may_be_drawn_hardly_meets_a_demand_all_of_it_is_needed(limit: float):
    demands = Demands(np.array([[1e4, 1e4]]), np.full(2, 100.0), np.array([limit]))
    needed, barely = demands.unavoidable(Strata.of([100, 100], most=[20, 100]))
    assert needed == pytest.approx([20, 100])
    assert barely.tolist() == [True, True]


def test_what_does_not_vary_is_needed_for_nothing():
    demands = Demands(np.array([[1e4, 0.0]]), np.full(2, 100.0), np.array([400.0]))
    needed, barely = demands.unavoidable(Strata.of([100, 100], least=[0, 0]))
    assert needed == pytest.approx([20, 0])
    assert barely.tolist() == [False, False]
