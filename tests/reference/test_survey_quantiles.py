"""Quantiles and their intervals are those of R's `svyquantile`, by every rule."""

import numpy as np
import pytest

from reference.survey import cases, column, design, near
from zhicheng.core.estimates import quantile


@pytest.mark.parametrize("case", cases("quantile."))
def test_quantiles(case):
    file, sample = design(case["id"].split(".")[0])
    rule, interval = case["id"].split(".")[-2:]
    result = case["result"]
    found = quantile(sample, column(file, "api00"), result["probs"], rule=rule, interval=interval)
    assert found.values == near(result["estimate"])
    assert found.lower == near(result["ci95_lower"])
    assert found.upper == near(result["ci95_upper"])
    assert found.standard_errors == near(result["se"])
    assert np.all(found.lower <= found.values)
