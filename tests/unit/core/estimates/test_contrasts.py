import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.core.estimates.samples import Sample, samples
from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import by_domain, combined, contrast, mean, ratio, together, total

factors = st.floats(-5, 5)
DESIGN = Design.clusters([1, 1, 2, 2, 3, 3], weights=[2, 3, 2, 1, 5, 4])
BOTH = total(DESIGN, {"y": [3.0, 1.0, 4.0, 1.0, 5.0, 9.0], "x": [2.0, 7.0, 1.0, 8.0, 2.0, 8.0]})


@given(samples(), factors, factors)
def test_a_contrast_of_means_is_the_mean_of_the_contrast(sample: Sample, one: float, other: float) -> None:
    design, y = sample
    found = contrast(mean(design, {"y": y, "s": np.sin(y)}), {"y": one, "s": other})
    direct = mean(design, one * y + other * np.sin(y))
    assert found.value == pytest.approx(direct.value, abs=1e-8)
    assert found.standard_error == pytest.approx(direct.standard_error, rel=1e-6, abs=1e-6)


def test_a_difference_of_the_same_is_nothing():
    twice = together([BOTH.part("y"), BOTH.part("y")])
    found = contrast(twice, [1, -1])
    assert (found.value, found.standard_error) == pytest.approx((0, 0), abs=1e-12)


def test_a_quotient_of_totals_is_the_ratio():
    found = combined(BOTH, lambda totals: totals["y"] / totals["x"])
    direct = ratio(DESIGN, [3.0, 1.0, 4.0, 1.0, 5.0, 9.0], [2.0, 7.0, 1.0, 8.0, 2.0, 8.0])
    assert found.value == pytest.approx(direct.value)
    assert found.standard_error == pytest.approx(direct.standard_error)


def test_a_straight_function_is_a_contrast():
    found = combined(BOTH, lambda totals: 3 * totals["y"] - totals["x"] / 2)
    straight = contrast(BOTH, {"y": 3, "x": -0.5})
    assert found.value == pytest.approx(straight.value)
    assert found.standard_error == pytest.approx(straight.standard_error)


def test_slopes_are_exact():
    found = combined(BOTH.part("y"), lambda totals: np.exp(-(np.sqrt(totals["y"])) / 9) * np.log(totals["y"]))
    y = BOTH.part("y").value
    slope = np.exp(-np.sqrt(y) / 9) * (1 / y - np.log(y) / (18 * np.sqrt(y)))
    assert found.standard_error == pytest.approx(abs(slope) * BOTH.part("y").standard_error, rel=1e-12)


def test_a_contrast_can_be_contrasted_again():
    first = contrast(BOTH, [1, 1], name="sum")
    again = contrast(together([first, BOTH.part("x")]), {"sum": 1, "x": -1})
    assert again.value == pytest.approx(BOTH.part("y").value)
    assert again.standard_error == pytest.approx(BOTH.part("y").standard_error)


def test_domains_that_share_clusters_are_closer_than_they_look():
    found = by_domain(mean, DESIGN, [3.0, 4.0, 5.0, 6.0, 9.0, 9.5], by="ababab")
    apart = np.sqrt(found.variances.sum())
    assert contrast(found, {"a": -1, "b": 1}).standard_error < apart


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"z": 1}, "no estimate is called “z”; expected one of y, x"),
        ([1], "1 weights are given; expected one for"),
    ],
)
def test_weights_that_do_not_fit(weights, message):
    with pytest.raises(DesignError, match=message):
        contrast(BOTH, weights)


def test_a_combination_that_is_no_number():
    with (
        np.errstate(all="ignore"),
        pytest.raises(DesignError, match=r"“odds” is (inf|nan); expected a finite number"),
    ):
        combined(BOTH, lambda totals: totals["y"] / (totals["x"] - totals["x"]), name="odds")


def test_a_combination_moves_with_each_row_as_its_tangent_does():
    design = Design.clusters([1, 1, 2, 2, 3, 3], weights=5)
    found = mean(design, {"a": [4.0, 6.0, 5.0, 9.0, 6.0, 9.0], "b": [1.0, 2.0, 2.0, 5.0, 3.0, 4.0]})
    tangent = (found.influence[:, 0] * found.values[1] - found.influence[:, 1] * found.values[0]) / found.values[
        1
    ] ** 2
    moved = combined(found, lambda means: means["a"] / means["b"]).influence[:, 0]
    assert moved == pytest.approx(tangent)


def test_what_is_divided_by_0_is_refused_though_its_slope_is_a_number():
    found = mean(Design.simple(3, weights=2), {"a": [1.0, -1.0, 0.0]})
    with pytest.raises(DesignError, match="“combination” is inf; expected a finite number"):
        combined(found, lambda means: 1 / means["a"])
