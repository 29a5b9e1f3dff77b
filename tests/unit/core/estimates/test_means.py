import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.core.estimates.samples import Sample, samples
from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import Estimates, mean, ratio, total, variance

moves = st.tuples(st.floats(-50, 50), st.floats(0.1, 9))


def near(expected: object) -> object:
    return pytest.approx(np.asarray(expected), rel=1e-7, abs=1e-7)


@given(samples(missing=True), moves)
def test_a_mean_moves_with_its_values(sample: Sample, move: tuple[float, float]) -> None:
    design, y = sample
    shift, scale = move
    before, after = mean(design, y), mean(design, shift + scale * y)
    assert after.values == near(shift + scale * before.values)
    assert after.standard_errors == near(scale * before.standard_errors)


@given(samples(missing=True), st.floats(0.1, 50))
def test_a_mean_does_not_ask_how_large_the_population_is(sample: Sample, factor: float) -> None:
    design, y = sample
    larger = Design.clusters(design.psu, strata=design.stratum, weights=design.weights * factor)
    assert mean(larger, y).values == near(mean(design, y).values)
    assert mean(larger, y).standard_errors == near(mean(design, y).standard_errors)
    assert total(larger, y).standard_errors == near(factor * total(design, y).standard_errors)


@given(samples(missing=True), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(sample: Sample, random) -> None:
    design, y = sample
    order = list(range(design.size))
    random.shuffle(order)
    shuffled = Design.clusters(design.psu[order], strata=design.stratum[order], weights=design.weights[order])
    for estimator in (mean, total, variance):
        one, other = estimator(design, y), estimator(shuffled, y[order])
        assert other.values == near(one.values)
        assert other.standard_errors == near(one.standard_errors)


@given(samples(missing=True))
def test_a_row_without_value_is_a_row_outside_the_domain(sample: Sample) -> None:
    design, y = sample
    told = ~np.isnan(y)
    for estimator in (mean, total, variance):
        missing, outside = estimator(design, y), estimator(design.domain(told), np.where(told, y, 77.0))
        assert missing.values == near(outside.values)
        assert missing.standard_errors == near(outside.standard_errors)
        assert missing.degrees_of_freedom == design.degrees_of_freedom


@given(samples())
def test_a_total_over_the_size_is_the_mean(sample: Sample) -> None:
    design, y = sample
    found = ratio(design, y, np.ones(design.size))
    assert found.values == near(mean(design, y).values)
    assert found.standard_errors == near(mean(design, y).standard_errors)
    assert total(design, y).values == near(mean(design, y).values * design.weights.sum())


@given(samples())
def test_several_columns_are_as_one_by_one(sample: Sample) -> None:
    design, y = sample
    for estimator in (mean, total, variance):
        both: Estimates = estimator(design, {"one": y, "squared": y**2})
        assert both.names == ("one", "squared")
        assert both.values == near([estimator(design, y).value, estimator(design, y**2).value])
        assert both.variances == near([estimator(design, y).variances[0], estimator(design, y**2).variances[0]])


def test_missing_is_not_deleted():
    """Of three clusters one has no value left; it was drawn all the same, and counts as one of three."""
    design = Design.clusters([1, 1, 2, 3], weights=10)
    found = total(design, [2.0, 4.0, 3.0, None])
    totals = np.array([60.0, 30.0, 0.0])
    assert found.value == 90
    assert found.standard_error == pytest.approx(np.sqrt(3 / 2 * ((totals - 30) ** 2).sum()))


def test_a_simple_sample_is_its_own_measure():
    design, y = Design.simple(6, population=60), [3.0, 1.0, 4.0, 1.0, 5.0, 9.0]
    assert mean(design, y).design_effects == pytest.approx([1.0])
    assert total(design, y).design_effects == pytest.approx([1.0])
    assert mean(design, y).standard_error == pytest.approx(np.sqrt(np.var(y, ddof=1) / 6 * 0.9))


def test_a_constant_has_no_design_effect():
    assert np.isnan(mean(Design.simple(3, population=9), [2.0, 2.0, 2.0]).design_effects[0])


def test_weights_that_count_no_population_have_no_design_effect_either():
    assert np.isnan(mean(Design.simple(3, weights=0.1), [2.0, 3.0, 5.0]).design_effects[0])


def test_the_variance_has_the_divisor_of_a_sample():
    y = [3.0, 1.0, 4.0, 1.0, 5.0]
    assert variance(Design.simple(5, population=50), y).value == pytest.approx(np.var(y, ddof=1))


def test_ratios_of_columns_one_by_one_or_over_one():
    design = Design.simple(3, population=9)
    y, x = np.array([[2.0, 3.0], [4.0, 3.0], [6.0, 3.0]]), np.array([[1.0, 2.0], [1.0, 2.0], [2.0, 2.0]])
    assert ratio(design, y, x).values == pytest.approx([3.0, 1.5])
    assert ratio(design, y, x[:, 0]).names == ("y1/y", "y2/y")


def test_a_row_that_lacks_one_side_of_a_ratio_is_in_neither():
    found = ratio(Design.simple(3, weights=2), [2.0, 4.0, None], [1.0, None, 5.0])
    assert found.value == 2.0


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda design: mean(design, [1.0, 2.0]), r"shape \(2, 1\); expected one value for each of 3 rows"),
        (lambda design: mean(design, [1.0, 2.0, np.inf]), "infinite in row 2"),
        (lambda design: mean(design, [None] * 3), "no row of the domain has a value"),
        (lambda design: mean(design, {"a": [1.0, 2.0, 3.0], "b": [1.0]}), r"shapes \[\(3,\), \(1,\)\]"),
        (lambda design: ratio(design, [1.0] * 3, [0.0] * 3), "the denominator has the total 0"),
        (lambda design: ratio(design, np.ones((3, 3)), np.ones((3, 2))), "3 columns stand over 2"),
        (lambda design: variance(design, [1.0, None, None]), "the domain has one row"),
        (lambda design: variance(design, [1.0, 2.0, 3.0]).design_effects, "no design effect"),
    ],
)
def test_what_cannot_be_estimated_is_refused(make, message):
    with pytest.raises(DesignError, match=message):
        make(Design.simple(3, weights=2))


def test_one_row_has_no_design_effect_for_any_column():
    part = Design.simple(4, population=40).domain(np.array([True, False, False, False]))
    assert np.isnan(mean(part, {"a": np.arange(4.0), "b": np.ones(4)}).design_effects).tolist() == [True, True]
