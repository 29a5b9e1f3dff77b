"""Intervals of shares are those of R's `svyciprop`."""

import numpy as np
import pytest

from reference.survey import cases, column, design, labels, near
from zhicheng.core.estimates import share, share_interval

TOLERANCES = {"likelihood": 1e-4}
"""R reads the ends of the profile likelihood off a spline; the others are closed forms."""


@pytest.mark.parametrize("case", cases("prop."))
def test_intervals(case):
    file, sample = design(case["id"].split(".")[0])
    method = case["id"].split(".")[-1].removesuffix("_neff")
    found = share(sample, [label == "Yes" for label in labels(file, "sch.wide")])
    result = case["result"]
    assert found.values == near(result["estimate"])
    assert found.standard_errors == near(result["se"])
    interval = share_interval(found, method, degrees_of_freedom=result["ci_df"])
    expected = [result["ci95_lower"], result["ci95_upper"]]
    assert np.array([interval.low, interval.high]) == near(expected, TOLERANCES.get(method, 1e-8))


def test_every_row_has_a_weight_that_counts():
    file, sample = design("clus1")
    assert sample.weights.sum() == pytest.approx(column(file, "pw").sum())
