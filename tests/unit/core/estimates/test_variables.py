import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import indicators, mean, quantile, ratio, regression, share, total, variance
from zhicheng.core.estimates.variables import coded, variables, without

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
