from dataclasses import replace
from math import inf

import numpy as np
import pytest

from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import Estimates, by_domain, mean, together, total, variance
from zhicheng.core.estimates.estimate import t_quantile
from zhicheng.core.estimates.interval import IntervalError

DESIGN = Design.clusters([1, 1, 2, 2, 3, 3], weights=[2, 3, 2, 1, 5, 4])
Y, X = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0]), np.array([2.0, 7.0, 1.0, 8.0, 2.0, 8.0])
BOTH = mean(DESIGN, {"y": Y, "x": X})


def test_the_t_of_an_interval():
    found = mean(DESIGN, Y)
    interval = found.interval(0.9)
    assert found.degrees_of_freedom == 2
    assert interval.low == pytest.approx(found.value - 2.9199856 * found.standard_error)
    assert interval.high + interval.low == pytest.approx(2 * found.value)
    assert (interval.level, interval.method) == (0.9, "t")


def test_endless_degrees_of_freedom_are_normal():
    assert t_quantile(0.95, inf) == pytest.approx(1.959964)
    assert t_quantile(0.95, 1e9) == pytest.approx(t_quantile(0.95, inf))
    assert BOTH.intervals(degrees_of_freedom=inf).upper[0] < BOTH.intervals().upper[0]


def test_an_interval_needs_a_level_and_degrees_of_freedom():
    with pytest.raises(IntervalError, match="95"):
        BOTH.intervals(95)
    with pytest.raises(
        DesignError, match="there are 0 degrees of freedom; expected more primary units than strata"
    ):
        mean(Design.clusters([1, 1], weights=1, lonely="remove"), [1.0, 2.0]).interval()


def test_one_estimate_is_taken_out_by_name():
    part = BOTH.part("x")
    assert part.value == pytest.approx(mean(DESIGN, X).value)
    assert part.standard_error == pytest.approx(mean(DESIGN, X).standard_error)
    assert part.design_effects == pytest.approx(mean(DESIGN, X).design_effects)


def test_a_name_that_is_not_there():
    with pytest.raises(DesignError, match="no estimate is called “z”; expected one of y, x"):
        BOTH.part("z")


@pytest.mark.parametrize("read", [lambda: BOTH.value, lambda: BOTH.standard_error, lambda: BOTH.interval()])
def test_several_estimates_have_not_one_value(read):
    with pytest.raises(DesignError, match="2 estimates are given; expected one"):
        read()


def test_weights_scaled_to_one_have_a_design_effect_against_draws_with_replacement():
    scaled = Design.clusters([1, 1, 2, 2, 3, 3], weights=np.array([2, 3, 2, 1, 5, 4]) / 17)
    for estimator in (mean, total):
        whole, part = estimator(DESIGN, {"y": Y, "x": X}), estimator(scaled, {"y": Y, "x": X})
        assert part.design_effects_with_replacement == pytest.approx(whole.design_effects_with_replacement)
        assert whole.design_effects_with_replacement == pytest.approx(whole.design_effects * (1 - 6 / 17))
        assert np.isnan(part.design_effects).all()
    assert whole.part("x").design_effects_with_replacement == whole.design_effects_with_replacement[1]


def test_a_design_with_replacement_has_no_effect_against_itself():
    found = mean(Design.simple(6, weights=4), Y)
    assert found.design_effects_with_replacement == pytest.approx([1])
    assert mean(Design.simple(6, population=24), Y).design_effects == pytest.approx([1])


def test_estimates_of_one_sample_have_covariances():
    joined = together([mean(DESIGN, {"y": Y}), total(DESIGN, {"x": X})])
    assert joined.names == ("y", "x")
    one, other = mean(DESIGN, Y), total(DESIGN, X)
    sum_of_both = DESIGN.covariance(one.influence + other.influence)[0, 0]
    assert joined.variances == pytest.approx([one.variances[0], other.variances[0]])
    assert joined.covariance.sum() == pytest.approx(sum_of_both)


def test_domains_of_one_sample_are_of_one_sample():
    first = np.array([True, True, True, False, False, False])
    joined = together([mean(DESIGN.domain(first), Y), mean(DESIGN.domain(~first), Y)])
    assert joined.design.observed == 6
    assert joined.covariance[0, 1] == pytest.approx(DESIGN.covariance(joined.influence)[0, 1])


def test_estimates_of_different_samples_do_not_go_together():
    other = Design.clusters([1, 1, 2, 2, 3, 3], weights=1)
    with pytest.raises(DesignError, match="come from different samples"):
        together([mean(DESIGN, Y), mean(other, Y)])
    with pytest.raises(DesignError, match="no estimates are given"):
        together([])


def test_what_rounding_leaves_below_zero_is_zero():
    found = Estimates.of(DESIGN, ("y",), np.array([1.0]), np.zeros((6, 1)))
    assert found.standard_error == 0
    assert found.interval().width == 0


def test_coefficients_of_variation_are_relative_and_never_negative():
    below = mean(DESIGN, {"y": Y, "less": -Y, "none": 0 * Y})
    one, other, none = below.coefficients_of_variation
    assert one == other == pytest.approx(mean(DESIGN, Y).standard_error / mean(DESIGN, Y).value)
    assert np.isnan(none)


def test_what_is_printed_is_the_estimates_and_not_the_sample():
    shown = repr(mean(DESIGN, Y))
    assert shown.startswith("Estimates(names=('y',), values=array([4.6470")
    assert "influence" not in shown
    assert "design" not in shown


@pytest.mark.parametrize(
    ("influence", "variance", "expected"),
    [
        ([1e-17, -1e-17], -1e-33, 0.0),
        ([3.0, -3.0], -1e-13, 0.0),
        ([3.0, -3.0], -2.0, np.nan),
        ([3.0, -3.0], 4.0, 2.0),
    ],
)
def test_below_zero_rounding_is_nothing_and_more_is_not_known(influence, variance, expected):
    found = replace(
        mean(Design.simple(2, weights=1), [1.0, 1.0]),
        influence=np.array(influence)[:, None],
        covariance=np.array([[variance]]),
    )
    assert found.standard_error == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("read", ["design_effects", "design_effects_with_replacement"])
def test_what_has_no_simple_sample_to_compare_with_has_no_design_effect(read):
    found = variance(DESIGN, {"y": Y, "x": X}).part("x")
    assert found.value == pytest.approx(variance(DESIGN, X).value)
    with pytest.raises(
        DesignError, match="these estimates have no design effect; expected means, totals or ratios"
    ):
        getattr(found, read)


def test_what_is_the_same_everywhere_has_no_design_effect():
    effects = mean(DESIGN, {"y": Y, "same": np.full(6, 3.0)}).design_effects
    assert np.isnan(effects).tolist() == [False, True]


def test_one_alone_goes_together():
    joined = together([BOTH])
    assert joined.names == ("y", "x")
    assert joined.covariance == pytest.approx(BOTH.covariance)


def test_parts_of_what_was_put_together_have_the_rows_they_were_made_of():
    first = np.array([True, True, True, False, False, False])
    one, other = (by_domain(mean, DESIGN.domain(each), Y, by="aabaab") for each in (first, ~first))
    joined = together([one, other])
    assert [each.design.observed for each in joined.alone] == [2, 1, 2, 1]
    assert joined.part("b").design.inside.tolist() == [False, False, True, False, False, False]
    assert joined.part("b").degrees_of_freedom == joined.degrees_of_freedom
