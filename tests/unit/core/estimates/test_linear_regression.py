import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.core.estimates.samples import Sample, samples
from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import calibrated, mean, quantile, regression

X = np.array([1.0, 2.0, 4.0, 4.0, 6.0, 7.0])
Y = np.array([2.0, 3.0, 9.0, 6.0, 11.0, 15.0])
DESIGN = Design.clusters([1, 1, 2, 2, 3, 3], weights=[2, 3, 2, 1, 5, 4])


@given(samples(missing=True), st.floats(-9, 9), st.floats(0.1, 9))
def test_coefficients_move_with_what_they_explain(sample: Sample, shift: float, scale: float) -> None:
    design, y = sample
    x = np.arange(design.size, dtype=np.float64) ** 2
    before, after = regression(design, y, {"x": x}), regression(design, shift + scale * y, {"x": x})
    assert after.values == pytest.approx(scale * before.values + np.array([shift, 0.0]), rel=1e-6, abs=1e-6)
    assert after.standard_errors == pytest.approx(scale * before.standard_errors, rel=1e-6, abs=1e-6)


def test_without_anything_to_explain_the_intercept_is_the_mean():
    centred = X - mean(DESIGN, X).value
    found = regression(DESIGN, Y, {"x": centred})
    assert found.part("(Intercept)").value == pytest.approx(mean(DESIGN, Y).value)


def test_a_line_that_is_true_leaves_no_error():
    found = regression(DESIGN, 3 - 2 * X, {"x": X})
    assert found.values == pytest.approx([3, -2])
    assert found.standard_errors == pytest.approx([0, 0], abs=1e-9)


def test_the_sandwich_of_a_simple_sample():
    """(XᵀX)⁻¹ Σ e² x xᵀ (XᵀX)⁻¹ · n/(n − 1), for independent rows (Eicker, Huber, White)."""
    columns = np.column_stack((np.ones(6), X))
    bread = np.linalg.inv(columns.T @ columns)
    residuals = Y - columns @ bread @ columns.T @ Y
    sandwich = bread @ (columns.T @ (residuals[:, None] ** 2 * columns)) @ bread * 6 / 5
    found = regression(Design.simple(6, weights=7), Y, {"x": X})
    assert found.covariance == pytest.approx(sandwich)


def test_each_slope_costs_a_degree_of_freedom():
    found = regression(DESIGN, Y, np.column_stack((X, X**2)))
    assert found.names == ("(Intercept)", "y1", "y2")
    assert found.degrees_of_freedom == DESIGN.degrees_of_freedom - 2


def test_columns_that_explain_each_other_are_refused():
    with pytest.raises(DesignError, match="the columns explain each other"):
        regression(DESIGN, Y, np.column_stack((X, 2 * X)))


def test_one_column_is_explained_at_a_time():
    with pytest.raises(DesignError, match="2 columns are to be explained; expected one"):
        regression(Design.simple(3, weights=1), np.ones((3, 2)), {"x": [1, 2, 3]})


def test_negative_weights_fit_neither_lines_nor_quantiles():
    x = np.array([1.0, 2.0, 9.0, 4.0])
    moved = calibrated(Design.simple(4, weights=5), {"all": np.ones(4), "x": x}, {"all": 20, "x": 20})
    assert moved.weights.min() < 0
    for estimate in (lambda: regression(moved, x, {"z": [1, 0, 0, 2]}), lambda: quantile(moved, x, [0.5])):
        with pytest.raises(DesignError, match="1 weights are negative after the calibration; expected 0 or more"):
            estimate()


@pytest.mark.parametrize("far", [1e3, 1e6, 1e9])
def test_columns_far_from_zero_lose_no_digits(far):
    """Whole numbers and quarters, which are exact also far from 0: the slopes are those near 0."""
    x, z = np.arange(24.0) % 7, np.arange(24.0) * 5 % 11 / 4
    y = np.arange(24.0) * 7 % 5 + x
    design = Design.clusters(np.arange(24) // 2, weights=1 + np.arange(24) % 3)
    near, moved = (
        regression(design, y, {"x": x, "z": z}),
        regression(design, y - far, {"x": x + far, "z": z - far}),
    )
    assert moved.values[1:] == pytest.approx(near.values[1:], rel=1e-7)
    assert moved.covariance[1:, 1:] == pytest.approx(near.covariance[1:, 1:], rel=1e-7)


def test_an_intercept_alone_is_the_mean():
    design, y = Design.clusters([1, 1, 2, 3], weights=[1, 2, 3, 4]), [3.0, 5.0, 4.0, 9.0]
    found = regression(design, y, np.empty((4, 0)))
    assert found.values == pytest.approx(mean(design, y).values)
    assert found.covariance == pytest.approx(mean(design, y).covariance)


def test_columns_that_no_row_has_together_are_refused():
    with pytest.raises(DesignError, match="no row of the domain has a value"):
        regression(Design.simple(4, weights=1), [1, 2, None, None], {"x": [None, None, 1, 2]})


@pytest.mark.parametrize(
    ("y", "x"),
    [
        ([1.0, 2.0, 4.0, 9.0], {"one": [7.0] * 4}),
        ([1.0, 2.0, 4.0, 9.0], {"nearly one": [1e9, 1e9 + 1e-4, 1e9, 1e9]}),
        ([1.0, 2.0, 4.0, 9.0], {"nothing": [0.0] * 4}),
        ([1.0, 2.0, 4.0, 9.0], {"x": [1.0, 2, 3, 4], "one": [2.0] * 4}),
        ([1.0, 2.0, None, None], {"x": [1.0, 2, 3, 4], "z": [1.0, 0, 0, 5]}),
        ([1.0, None, None, None], {"x": [1.0, 2, 3, 4]}),
        ([1.0, 2.0, 4.0, 9.0], {"x": [1.0, 2, 3, 4], "z": [0.0, 1, 5, 2], "both": [1.0, 3, 8, 6]}),
    ],
    ids=[
        "constant",
        "constant but for rounding",
        "0",
        "constant beside a slope",
        "rows for no slope",
        "a row",
        "a sum",
    ],
)
def test_columns_that_fix_no_line_are_refused(y, x):
    with pytest.raises(DesignError, match="the columns explain each other; expected columns that are not sums of"):
        regression(Design.simple(4, weights=2), y, x)


def test_as_many_rows_as_coefficients_are_fitted_exactly():
    found = regression(Design.simple(3, weights=2), [1.0, 3.0, 8.0], {"x": [0.0, 1, 2], "z": [0.0, 1, 4]})
    assert found.values == pytest.approx([1, 0.5, 1.5])
    assert found.degrees_of_freedom == 0


def test_a_column_may_be_of_any_size_beside_another():
    x, z = np.arange(12.0) % 5, np.arange(12.0) * 7 % 11
    design, y = Design.simple(12, weights=3), np.sqrt(np.arange(12.0))
    once, again = regression(design, y, {"x": x, "z": z}), regression(design, y, {"x": 1e12 * x, "z": 1e-12 * z})
    assert again.values == pytest.approx(once.values / [1, 1e12, 1e-12], rel=1e-9)
    assert again.standard_errors == pytest.approx(once.standard_errors / [1, 1e12, 1e-12], rel=1e-9)


def test_weights_count_as_repeated_rows():
    """Coefficients alone: a row that stands for three is not three rows when it comes to their errors."""
    x, y, times = np.array([1.0, 2, 4, 7]), np.array([2.0, 1, 5, 6]), np.array([3, 1, 2, 1])
    weighted = regression(Design.simple(4, weights=times), y, {"x": x})
    repeated = regression(Design.simple(7, weights=1), np.repeat(y, times), {"x": np.repeat(x, times)})
    assert weighted.values == pytest.approx(repeated.values)
    assert weighted.values == pytest.approx(np.polynomial.Polynomial.fit(x, y, 1, w=np.sqrt(times)).convert().coef)
