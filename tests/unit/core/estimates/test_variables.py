import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import indicators, mean, quantile, ratio, regression, share, total, variance
from zhicheng.core.estimates.variables import coded, titled, unsigned_weights, variables, without

labels = st.lists(st.sampled_from(["甲", "乙", "丙", None]), min_size=4, max_size=20).filter(any)


@given(labels)
def test_shares_of_labels_add_up_to_one(column):
    found = mean(Design.simple(len(column), weights=3), indicators(column))
    assert found.values.sum() == pytest.approx(1)
    assert found.covariance.sum(axis=0) == pytest.approx(np.zeros(len(found.values)), abs=1e-12)


@given(labels)
def test_totals_of_labels_count_the_rows_that_have_one(column):
    found = total(Design.simple(len(column), weights=3), indicators(column))
    counts = [3 * column.count(label) for label in sorted({label for label in column if label})]
    assert found.values.tolist() == pytest.approx(counts)


def test_labels_are_numbers_too_in_their_order():
    codes, named = coded(np.array([10.0, 2.0, np.nan, 10.0]))
    assert (codes.tolist(), named) == ([1, 0, -1, 1], [2.0, 10.0])


def test_a_row_is_complete_in_every_column_or_outside():
    found = variables(Design.simple(3, weights=2), np.array([[1.0, 2.0], [np.nan, 2.0], [3.0, 4.0]]))
    assert found.names == ("y1", "y2")
    assert found.values.tolist() == [[1, 2], [0, 0], [3, 4]]
    assert found.design.weights.tolist() == [2, 0, 2]


def test_what_is_missing_outside_the_domain_does_not_matter():
    part = Design.simple(3, weights=2).domain(np.array([True, False, True]))
    assert variables(part, [1.0, None, 3.0]).design is part
    assert without(part, np.array([False, True, False])) is part


def test_true_and_false_are_one_and_zero():
    assert mean(Design.simple(4, weights=1), [True, False, True, True]).value == 0.75


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["E", "H", "E"], "“y” holds “E”; expected numbers"),
        ({"x": [1, 2, 3], "type": ["1", "2", "?"]}, "“type” holds “\\?”; expected numbers"),
        (3.0, r"the variable has the shape \(1, 1\); expected one value for each of 3 rows"),
        ([None, None, None], "no row of the domain has a value"),
    ],
)
def test_what_is_no_column_of_numbers_is_refused(columns, message):
    with pytest.raises(DesignError, match=message):
        mean(Design.simple(3, weights=1), columns)


@pytest.mark.parametrize(
    "estimator",
    [
        mean,
        total,
        variance,
        share,
        lambda design, y: ratio(design, y, [1, 1, 1]),
        lambda design, y: regression(design, y, {"x": [1, 2, 4]}),
        lambda design, y: quantile(design, y, [0.5]),
    ],
)
def test_a_domain_without_rows_is_refused(estimator):
    nobody = Design.simple(3, weights=2).domain(np.zeros(3, dtype=bool))
    with pytest.raises(DesignError, match="no row of the domain has a value; expected one or more"):
        estimator(nobody, [0, 1, 1])


def test_an_infinite_value_is_refused_by_its_row_and_no_missing_one():
    design = Design.simple(3, weights=1)
    with pytest.raises(DesignError, match="the variable is infinite in row 2"):
        variables(design, [1.0, None, -np.inf])
    found = variables(design, {"x": [np.nan, 2.0, 3.0], "y": [np.inf, 2.0, 3.0]})
    assert found.design.weights.tolist() == [0, 1, 1]
    assert found.values.tolist() == [[0, 0], [2, 2], [3, 3]]


def test_complete_columns_keep_the_design_itself():
    design = Design.simple(3, weights=2)
    found = variables(design, [4, 5, 6])
    assert found.design is design
    assert (found.names, found.values.tolist()) == (("y",), [[4], [5], [6]])


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({}, r"the columns have the shapes \[\]; expected one number for each row in every column"),
        ({"x": [1, 2, 3], "y": [1, 2]}, r"the columns have the shapes \[\(3,\), \(2,\)\]; expected one number"),
        ({"x": np.ones((3, 1))}, r"the columns have the shapes \[\(3, 1\)\]; expected one number"),
        ({"x": 4.0}, r"the columns have the shapes \[\(\)\]; expected one number"),
        (np.ones((3, 2, 2)), r"the variable has the shape \(3, 2, 2\); expected one value for each of 3 rows"),
        ([1.0, 2.0], r"the variable has the shape \(2, 1\); expected one value for each of 3 rows"),
    ],
)
def test_columns_of_other_shapes_are_refused(columns, message):
    with pytest.raises(DesignError, match=message):
        variables(Design.simple(3, weights=1), columns)


def test_negative_weights_are_counted():
    moved = Design.simple(3, weights=1).reweighted([-1.0, 0.0, -2.0], adjustment=None)
    with pytest.raises(DesignError, match="2 weights are negative after the calibration; expected 0 or more"):
        unsigned_weights(moved)
    zero = Design.simple(3, weights=[0, 1, 2])
    assert unsigned_weights(zero) is zero.weights


def test_labels_of_several_kinds_stand_in_the_order_of_their_text():
    codes, named = coded([10, "b", 9, "10", None, "b", (1, "x")])
    assert named == [(1, "x"), 10, "10", 9, "b"]
    assert codes.tolist() == [1, 4, 3, 2, -1, 4, 0]
    assert coded(np.array(["b", "a", "b"]))[1] == ["a", "b"]


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (5, "“labels” is “5”; expected a column with a label for each row"),
        ([["a"]], "row 0 has the label “\\['a'\\]”"),
    ],
)
def test_what_is_no_column_of_labels_is_refused(labels, message):
    with pytest.raises(DesignError, match=message):
        indicators(labels)


def test_labels_read_as_they_are_and_pairs_side_by_side():
    assert [titled(label) for label in ("north", 3, 2.5, ("north", 3), ())] == [
        "north",
        "3",
        "2.5",
        "north, 3",
        "",
    ]
    assert list(indicators([("a", 1), ("a", 2), None])) == ["a, 1", "a, 2"]
