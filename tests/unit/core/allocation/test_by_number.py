import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.core.allocation.populations import limited_strata, spreads_of, within_limits
from zhicheng.core.allocation import AllocationError, Strata, neyman, power, proportional, total_variance


@given(limited_strata(), st.data())
def test_neyman_keeps_number_and_limits_and_lies_above_its_bound(strata: Strata, data: st.DataObject):
    spread = spreads_of(data.draw, strata)
    total = data.draw(st.integers(int(strata.least.sum()), int(strata.most.sum())))
    allocation = neyman(strata, spread, total)
    assert allocation.total == total
    assert allocation.ideal.sum() == pytest.approx(total)
    assert within_limits(strata, allocation.numbers)
    assert within_limits(strata, allocation.ideal)
    slack = 1e-6 if np.isfinite(allocation.bound) else 0.0
    assert total_variance(strata, spread, allocation.numbers) >= allocation.bound * (1 - slack) - slack


@given(limited_strata(), st.data())
def test_neyman_is_never_less_precise_than_proportional(strata: Strata, data: st.DataObject):
    spread = spreads_of(data.draw, strata)
    total = data.draw(st.integers(int(strata.least.sum()), int(strata.most.sum())))
    ours = total_variance(strata, spread, neyman(strata, spread, total).numbers)
    theirs = total_variance(strata, spread, proportional(strata, total).numbers)
    assert ours <= theirs + 1e-9 * abs(ours) or ours == theirs


@given(st.lists(st.integers(1000, 10**6), min_size=1, max_size=6), st.integers(20, 400))
def test_proportional_is_in_proportion(sizes: list[int], total: int):
    strata = Strata.of(sizes, least=0)
    allocation = proportional(strata, total)
    assert allocation.ideal == pytest.approx(total * np.array(sizes) / sum(sizes))
    assert allocation.numbers.sum() == total


def test_neyman_is_in_proportion_to_size_and_spread():
    strata = Strata.of([1000, 2000, 3000])
    assert neyman(strata, [6, 3, 1], 30).ideal == pytest.approx([12, 12, 6])


def test_what_is_over_from_a_full_stratum_goes_to_the_others():
    strata = Strata.of([10, 1000, 1000])
    allocation = neyman(strata, [500, 1, 1], 40)
    assert allocation.numbers.tolist() == [10, 15, 15]


@pytest.mark.parametrize(("exponent", "numbers"), [(0, [40, 40, 40]), (1, [90, 27, 3])])
def test_the_exponent_leads_from_equal_precision_to_the_population(exponent, numbers):
    strata = Strata.of([10**6] * 3, least=0)
    assert power(strata, [3000, 900, 100], 0.8, 120, exponent=exponent).numbers.tolist() == numbers


@given(st.floats(0, 1))
def test_power_allocation_follows_its_formula(exponent: float):
    importance, variations = np.array([5000.0, 1200.0, 80.0]), np.array([0.6, 0.8, 1.1])
    strata = Strata.of([10**6] * 3, least=0)
    weights = importance**exponent * variations
    ideal = power(strata, importance, variations, 300, exponent=exponent).ideal
    assert ideal == pytest.approx(300 * weights / weights.sum())


@given(st.floats(0, 0.9))
def test_a_higher_exponent_never_takes_from_the_most_important(exponent: float):
    strata = Strata.of([10**6] * 3, least=0)
    lower, higher = (
        power(strata, [900, 90, 9], 1.0, 99, exponent=each).ideal for each in (exponent, exponent + 0.1)
    )
    assert higher[0] > lower[0]
    assert higher[2] < lower[2]


@pytest.mark.parametrize("total", [3, 61])
def test_a_number_outside_the_limits_is_refused(total):
    sentence = f"{total} units for strata that need 4 and allow 60; expected is a number between"
    with pytest.raises(AllocationError, match=sentence):
        proportional(Strata.of([20, 40]), total)


def test_a_number_is_whole():
    strata = Strata.of([20, 40])
    assert proportional(strata, 24.0).total == 24
    with pytest.raises(AllocationError, match=r"24\.5 units for all strata; expected is a whole number"):
        proportional(strata, 24.5)
    with pytest.raises(AllocationError, match="nan units for strata that need 4 and allow 60"):
        proportional(strata, np.nan)


def test_where_nothing_varies_units_go_where_room_is():
    strata = Strata.of([20, 40, 60])
    allocation = neyman(strata, 0.0, 60)
    assert allocation.numbers == pytest.approx(allocation.ideal, abs=1)
    assert allocation.bound == 0


@pytest.mark.parametrize(
    ("arguments", "exponent", "sentence"),
    [
        (([1, 1], 1.0, 9), 1.5, "The exponent is 1.5; expected is 0 to 1"),
        (([1, 0], 1.0, 9), 0.5, "Stratum “2” has the importance 0; expected is more than 0"),
        (([1, 1], [1, -1], 9), 0.5, "Stratum “2” has the coefficient of variation -1; expected is 0 or more"),
    ],
)
def test_what_power_allocation_cannot_use_is_refused(arguments, exponent, sentence):
    with pytest.raises(AllocationError, match=sentence):
        power(Strata.of([20, 40]), *arguments, exponent=exponent)


def test_the_bound_of_proportional_is_for_a_standard_deviation_of_1():
    """Σ N²(1/n − 1/N) with n = 4, 8: 20²/4 − 20 + 40²/8 − 40."""
    allocation = proportional(Strata.of([20, 40]), 12)
    assert allocation.ideal == pytest.approx([4, 8])
    assert allocation.bound == pytest.approx(240)


def test_power_allocation_takes_the_root_of_importance_unless_told_otherwise():
    strata = Strata.of([10**6] * 2, least=0)
    assert power(strata, [900, 100], 1.0, 100).numbers.tolist() == [75, 25]
    assert power(strata, [900, 100], 1.0, 100).bound == pytest.approx(30**2 / 75 + 10**2 / 25)


def test_both_ends_of_power_allocation():
    """Bankier 1988: by the coefficients of variation alone at a = 0, and Neyman's at a = 1 with X = Y."""
    strata = Strata.of([10**7] * 3, least=0)
    totals, variations = np.array([8e5, 1e5, 2e4]), np.array([0.5, 1.0, 2.0])
    alike = power(strata, totals, variations, 7000, exponent=0)
    assert alike.ideal == pytest.approx([1000, 2000, 4000])
    spreads = variations * totals / strata.sizes
    assert power(strata, totals, variations, 6000, exponent=1).ideal == pytest.approx(
        neyman(strata, spreads, 6000).ideal
    )


def test_integers_and_real_numbers_differ_by_less_than_a_unit_where_no_limit_binds():
    """Near the ideal, though no largest remainder: 100 divided by weights 1, 2, 4, 8 and 16."""
    strata = Strata.of([10**9] * 5, least=0)
    allocation = neyman(strata, [1, 2, 4, 8, 16], 100)
    assert np.abs(allocation.numbers - allocation.ideal).max() < 1
