import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.allocation import Allocation, AllocationError, Strata, total_variance
from zhicheng.core.allocation.strata import LEAST, loss


def test_single_values_hold_for_every_stratum():
    strata = Strata.of([10, 20, 30], costs=3, least=4, most=9)
    assert strata.names == ("1", "2", "3")
    assert len(strata) == 3
    assert strata.costs.tolist() == [3, 3, 3]
    assert strata.least.tolist() == [4, 4, 4]
    assert strata.most.tolist() == [9, 9, 9]


def test_two_are_drawn_everywhere_unless_there_are_fewer():
    strata = Strata.of([1, 2, 3])
    assert strata.least.tolist() == [1, LEAST, LEAST]
    assert strata.most.tolist() == [1, 2, 3]


def test_a_maximum_is_never_above_the_size_and_both_limits_are_whole():
    strata = Strata.of([10, 10.7], least=[1.2, 0], most=[99, 8.9])
    assert strata.least.tolist() == [2, 0]
    assert strata.most.tolist() == [10, 8]


def test_strata_of_the_census_are_taken_whole_whatever_the_limits_say():
    strata = Strata.of([50, 7], names=["rice", "cranes"], census=["cranes"], most=5)
    assert strata.least.tolist() == [2, 7]
    assert strata.most.tolist() == [5, 7]


def test_a_size_that_is_estimated_need_not_be_whole_and_no_part_of_a_unit_is_drawn():
    """Sizes estimated from elsewhere: of one and a half units one can be drawn, whatever the minimum is."""
    strata = Strata.of([1.5, 7.5, 9.5], names=["a", "b", "c"], census=["b"], least=2)
    assert strata.sizes.tolist() == [1.5, 7.5, 9.5]
    assert strata.least.tolist() == [1, 7, 2]
    assert strata.most.tolist() == [1, 7, 9]


def test_names_and_numbers_given_in_lists_are_kept_apart_from_them():
    names, sizes = ["a", "b"], np.array([5.0, 6.0])
    strata = Strata.of(sizes, names=names)
    assert strata.names == ("a", "b")
    allocation = Allocation(strata, np.array([3, 4]), sizes, 0.0)
    assert isinstance(allocation.cost, float)
    with pytest.raises(AttributeError):
        strata.sizes = sizes


@pytest.mark.parametrize(
    ("sizes", "options", "sentence"),
    [
        ([], {}, "0 names for 0 strata; expected is one name for each, and one stratum or more"),
        ([5, 6], {"names": ["a"]}, "1 names for 2 strata; expected is one name for each, and one stratum or more"),
        ([5, 6], {"names": ["a", "a"]}, "Several strata are called “a”"),
        ([5] * 18, {"names": [*"ihgfedcba"] * 2}, "Several strata are called “a”"),
        ([5, 6], {"census": ["cranes"]}, "No stratum is called “cranes”"),
        ([5, 6], {"census": [*"hgfedcba"]}, "No stratum is called “a”"),
        ([5, 0.5], {"names": ["a", "b"]}, "Stratum “b” has the size 0.5; expected is 1 or more"),
        ([5, np.nan], {}, "Stratum “2” has the size nan; expected is 1 or more"),
        ([5, np.inf], {}, "Stratum “2” has the size inf; expected is 1 or more"),
        ([[5, 6]], {}, "Sizes of strata with 2 dimensions; expected is one list of numbers"),
        ([5, 6], {"costs": [1, 0]}, "Stratum “2” has the cost 0; expected is more than 0"),
        ([5, 6], {"costs": [1, 2, 3]}, "cost: 3 values for 2 strata; expected is one, or one for each"),
        ([5, 6], {"costs": [[1, 2]]}, "cost: 2 values for 2 strata; expected is one, or one for each"),
        ([5, 6], {"costs": np.inf}, "Stratum “1” has the cost inf; expected is more than 0"),
        ([5, 6], {"most": [1, np.nan]}, "Stratum “2” has the maximum nan; expected is 0 or more"),
        ([5, 6], {"least": [1, -1]}, "Stratum “2” has the minimum -1; expected is 0 or more"),
        ([5, 6], {"least": 4, "most": [5, 3]}, "Stratum “2” asks for at least 4 and at most 3 units"),
    ],
)
def test_what_contradicts_itself_is_refused_by_name(sizes, options, sentence):
    with pytest.raises(AllocationError) as refused:
        Strata.of(sizes, **options)
    assert str(refused.value) == sentence


def test_an_allocation_tells_its_total_its_cost_and_each_number():
    strata = Strata.of([10, 20], names=["rice", "toys"], costs=[2, 0.5])
    allocation = Allocation(strata, np.array([3, 8]), np.array([2.6, 8.4]), 0.0)
    assert (allocation.total, allocation.cost) == (11, 10)
    assert (allocation["rice"], allocation["toys"]) == (3, 8)
    with pytest.raises(KeyError):
        allocation["pots"]


def test_a_stratum_without_spread_loses_nothing_and_one_without_units_everything():
    strata = Strata.of([10, 20], least=0)
    assert total_variance(strata, [3, 0], [10, 0]) == 0
    assert total_variance(strata, [3, 0], [0, 20]) == np.inf
    assert loss(np.array([0.0]), np.array([0.0])) == 0


def test_what_a_sample_cannot_be_is_refused_by_stratum():
    strata = Strata.of([10, 20], names=["rice", "toys"])
    for numbers, sentence in (
        ([11, 21], "11 units are drawn in stratum “rice”; expected is at most its size, 10"),
        ([10, 20.5], "20.5 units are drawn in stratum “toys”; expected is at most its size, 20"),
        ([[1, 2]], "number of units: 2 values for 2 strata; expected is one, or one for each"),
    ):
        with pytest.raises(AllocationError) as refused:
            total_variance(strata, 1.0, numbers)
        assert str(refused.value) == sentence
    assert total_variance(strata, 1.0, [10, 10]) == pytest.approx(20)


def test_near_a_census_the_variance_keeps_its_digits():
    """One of ten thousand million units is left out: both terms are 10¹⁰ times their difference."""
    assert total_variance(Strata.of([1e10]), 1.0, [1e10 - 1]) == pytest.approx(1 + 1e-10, rel=1e-12)
    assert total_variance(Strata.of([1e10]), 1.0, [1e10]) == 0


def test_a_spread_below_zero_is_refused():
    with pytest.raises(AllocationError, match="Stratum “2” has the standard deviation -1; expected is 0 or more"):
        total_variance(Strata.of([10, 20]), [3, -1], [2, 2])


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=6), st.data())
def test_the_variance_is_that_of_all_samples(values: list[float], data: st.DataObject):
    """Against the definition: the estimated total over every sample without replacement of one stratum."""
    import itertools

    drawn = data.draw(st.integers(1, len(values)))
    totals = [len(values) * np.mean(sample) for sample in itertools.combinations(values, drawn)]
    strata = Strata.of([len(values)])
    assert total_variance(strata, np.std(values, ddof=1), [drawn]) == pytest.approx(np.var(totals), abs=1e-9)


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ({"sizes": [4, "many"]}, "size"),
        ({"least": "many"}, "minimum"),
        ({"most": [3, "many"]}, "maximum"),
        ({"costs": ["many", 1]}, "cost"),
    ],
)
def test_text_for_numbers_of_strata_is_refused_with_what_it_stands_for(given, label: str):
    with pytest.raises(AllocationError) as refused:
        Strata.of(**{"sizes": [4, 5], **given})
    assert str(refused.value) == f"{label}: “many” is no number; expected is one, or one for each stratum"


def test_text_for_what_a_sample_draws_and_what_varies_is_refused():
    strata = Strata.of([4, 5])
    with pytest.raises(AllocationError, match="number of units: “few” is no number"):
        total_variance(strata, 1.0, [2, "few"])
    with pytest.raises(AllocationError, match="standard deviation: “wide” is no number"):
        total_variance(strata, "wide", [2, 2])
