import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unit.core.allocation.populations import every_allocation, limited_strata, spreads_of
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


@pytest.mark.parametrize(
    ("costs", "squares", "limit", "ideal", "numbers"),
    [
        # Down and mended 2, 9 costs 27; up and trimmed 3, 5 costs 32.
        ([9, 1], [29.0, 40.0], 19.0, [2.124, 7.483], [2, 9]),
        # Up 2, 3 and trimmed 2, 2 costs 30; down 1, 2 and mended 1, 3 costs 31.
        ([7, 8], [13.0, 52.0], 33.0, [1.236, 2.313], [2, 2]),
    ],
)
def test_of_the_two_roundings_the_cheaper_is_taken(
    costs: list[float], squares: list[float], limit: float, ideal: list[float], numbers: list[int]
):
    """In both no unit can be spared, and no whole numbers at all are cheaper than the one that is taken."""
    strata, demands = Strata.of([10, 10], costs=costs, least=1), without_correction([squares], [limit])
    assert thrifty(strata, demands, np.array(ideal)).tolist() == numbers
    meeting = [each for each in every_allocation(strata) if not demands.exceeded_by(each).any()]
    assert min(strata.costs @ each for each in meeting) == strata.costs @ numbers


@given(demanded(), st.data())
def test_one_stratum_gets_the_fewest_units_that_meet_all_demands(case, data: st.DataObject):
    """From wherever it is begun thrift ends at the cheapest; rounding up goes no further than it must."""
    strata, demands = case
    assume(len(strata) == 1)
    meeting = [int(each[0]) for each in every_allocation(strata) if not demands.exceeded_by(each).any()]
    start = data.draw(st.integers(int(strata.least[0]), int(strata.most[0]))) + data.draw(
        st.sampled_from([0.0, 0.01, 0.5])
    )
    ideal = np.minimum(start, strata.most)
    assert thrifty(strata, demands, ideal).tolist() == [min(meeting)]
    assert rounded_up(strata, demands, ideal).tolist() == [max(min(meeting), int(np.ceil(ideal[0])))]


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 60)), min_size=1, max_size=3), st.floats(1, 40))
def test_thrift_costs_less_than_one_unit_of_each_stratum_above_the_best(
    pairs: list[tuple[int, int]], limit: float
):
    """The ideal of one demand is in closed form, n ∝ w/√c, and no whole numbers cost less than it does."""
    costs, squares = np.array(pairs, dtype=float).T
    ideal = np.sqrt(squares / costs) * np.sqrt(squares * costs).sum() / limit
    assume(ideal.max() <= 11)
    strata = Strata.of([12] * len(costs), costs=costs, least=0)
    demands = Demands(squares[np.newaxis], np.full(len(costs), 1e18), np.array([limit]))
    numbers = thrifty(strata, demands, ideal)
    best = min(costs @ each for each in every_allocation(strata) if not demands.exceeded_by(each).any())
    assert costs @ ideal <= best * (1 + 1e-9)
    assert best <= costs @ numbers < costs @ ideal + costs.sum()


def test_where_many_are_missing_an_eighth_is_added_at_a_time_and_then_what_is_missing():
    """1/a + 1/b ≤ 1/50 from 80, 80: to 90, 90 by eighths, 101 by another, and then 1/(0.02 − 1/101) = 99.02."""
    strata = Strata.of([1000, 1000])
    demands = without_correction([[1.0, 1.0]], [0.02])
    assert rounded_up(strata, demands, np.array([80.0, 80.0])).tolist() == [101, 100]


def test_what_is_not_drawn_from_gets_its_first_unit_where_it_matters():
    """10/n ≤ 3 asks for four; a stratum that does not vary gets none, however cheap it is.

    10/a + 4/b from 1, 1 is 14, and by the greater gain 9 at 2, 1, then 7, 5.33 and 4.5 at 4, 2.
    """
    cheap = Strata.of([50, 50], costs=[8, 0.1], least=0)
    assert rounded_up(cheap, without_correction([[10.0, 0.0]], [3.0]), np.zeros(2)).tolist() == [4, 0]
    equal = Strata.of([50, 50], least=0)
    assert rounded_up(equal, without_correction([[10.0, 4.0]], [5.0]), np.zeros(2)).tolist() == [4, 2]


def test_a_full_stratum_leaves_the_rest_to_the_others():
    """100/5 in the full one; the other must bring 1/n below a quarter, or one."""
    strata = Strata.of([50, 50], most=[5, 50], least=0)
    for limit, needed in ((20.25, 4), (20.26, 4), (20.24, 5), (21.0, 1)):
        demands = without_correction([[100.0, 1.0]], [limit])
        assert rounded_up(strata, demands, np.array([5.0, 0.0])).tolist() == [5, needed]
        assert thrifty(strata, demands, np.array([5.0, 0.5])).tolist() == [5, needed]


def test_an_ideal_beyond_the_limits_of_a_stratum_is_brought_within_them():
    strata = Strata.of([9, 9, 9], least=[2, 0, 0], most=[8, 6, 9])
    free = Demands(np.zeros((1, 3)), strata.sizes, np.array([1.0]))
    ideal = np.array([0.3, 6.7, 8.2])
    numbers = rounded_up(strata, free, ideal)
    assert (numbers.tolist(), numbers.dtype) == ([2, 6, 9], np.int64)
    assert thrifty(strata, free, ideal).tolist() == [2, 0, 0]
    assert ideal.tolist() == [0.3, 6.7, 8.2]


def test_the_demand_that_is_missed_by_most_of_its_limit_is_mended_first():
    """At 5, 5 the first is 20 of 17.5, the second 120 of 117: nearer by its limit, though not in its unit.

    One more in the first stratum brings them to 17 and 116.67; had the second been mended first there would be one
    more in each.
    """
    demands = without_correction([[90.0, 10.0], [100.0, 500.0]], [17.5, 117.0])
    assert rounded_up(Strata.of([12, 12]), demands, np.array([5.0, 5.0])).tolist() == [6, 5]


def test_a_demand_met_but_for_the_last_digits_is_met():
    """A ten thousand millionth of the limit is all that rounding in sixteen digits may take; more is too much."""
    demands = Demands(np.array([[10.0]]), np.array([1e18]), np.array([2.0]))
    strata = Strata.of([50], least=1)
    for missed, numbers in ((0.5e-10, 5), (2e-10, 6)):
        nearly = Demands(demands.squares, demands.sizes, demands.limits * (1 - missed))
        assert nearly.exceeded_by(np.array([5])).tolist() == [numbers == 6]
        assert rounded_up(strata, nearly, np.array([4.2])).tolist() == [numbers]
        assert thrifty(strata, nearly, np.array([8.2])).tolist() == [numbers]


@given(demanded())
def test_what_is_unavoidable_is_in_every_allocation_that_meets_the_demands(case):
    strata, demands = case
    needed, _ = demands.unavoidable(strata)
    for numbers in every_allocation(strata):
        if not demands.exceeded_by(numbers).any():
            assert np.all(numbers >= needed * (1 - 1e-6))


def test_where_what_may_be_drawn_is_far_from_a_demand_all_of_it_is_needed_everywhere():
    """20 of 100 leave 400 of the first term, and 1 is allowed: no number in the second could make up for that."""
    demands = Demands(np.array([[1e4, 10.0]]), np.full(2, 100.0), np.array([1.0]))
    needed, barely = demands.unavoidable(Strata.of([100, 100], most=[20, 100]))
    assert (needed.tolist(), barely.tolist()) == ([20, 100], [True, True])


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
def test_what_is_needed_does_not_depend_on_the_unit_of_a_demand(unit: float):
    """Beside 67, 1/n ≤ 0.06 − 1/67 asks for 23 in the first, the dearer; and 0.06 − 1/23 then for 61."""
    demands = Demands(
        unit * np.array([[1e4, 1e4], [0.0, 9e4]]), np.full(2, 100.0), unit * np.array([400.0, 900.0])
    )
    strata, ideal = Strata.of([100, 100], costs=[2, 1]), np.array([40.2, 66.7])
    assert demands.unavoidable(strata)[0] == pytest.approx([20, 50])
    assert rounded_up(strata, demands, ideal).tolist() == [41, 67]
    assert thrifty(strata, demands, ideal).tolist() == [23, 61]
