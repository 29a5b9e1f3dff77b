import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.estimates.interval import Interval, IntervalError, checked_level, normal_quantile


def test_both_ends_belong_to_an_interval() -> None:
    interval = Interval(0.25, 0.5, level=0.9, method="wilson")
    assert 0.25 in interval
    assert 0.5 in interval
    assert 0.51 not in interval
    assert interval.width == 0.25


def test_an_interval_may_be_a_point() -> None:
    assert Interval(0.0, 0.0, level=0.9, method="wald").width == 0


@pytest.mark.parametrize(("low", "high"), [(0.5, 0.4), (math.nan, 1.0), (0.0, math.nan)])
def test_crossed_ends_are_refused(low: float, high: float) -> None:
    with pytest.raises(IntervalError, match=r"the lower one first"):
        Interval(low, high, level=0.95, method="wilson")


@pytest.mark.parametrize("level", [0, 1, -0.5, 95, math.nan])
def test_what_is_no_level_is_refused(level: float) -> None:
    with pytest.raises(IntervalError, match="expected more than 0 and less than 1"):
        checked_level(level)
    with pytest.raises(IntervalError):
        Interval(0.0, 1.0, level=level, method="wilson")


@pytest.mark.parametrize(
    ("level", "z"), [(0.9, 1.6448536269514722), (0.95, 1.959963984540054), (0.99, 2.5758293035489004)]
)
def test_quantiles_are_those_of_the_tables(level: float, z: float) -> None:
    assert normal_quantile(level) == pytest.approx(z, rel=1e-14)


@given(st.floats(1e-6, 1 - 1e-6))
def test_a_quantile_leaves_out_half_of_the_error_on_each_side(level: float) -> None:
    assert math.erf(normal_quantile(level) / math.sqrt(2)) == pytest.approx(level, abs=1e-12)


@pytest.mark.parametrize("level", ["0.95", None, [0.95]])
def test_a_level_is_a_number(level: object) -> None:
    with pytest.raises(IntervalError, match=r"A confidence level of (“0\.95”|None|\[0\.95\]); expected more"):
        checked_level(level)  # type: ignore[arg-type]


@pytest.mark.parametrize("level", [Decimal("0.9"), Fraction(9, 10), np.float32(0.9)])
def test_a_level_may_be_a_number_of_any_type(level: object) -> None:
    assert normal_quantile(level) == pytest.approx(1.6448536, rel=1e-6)  # type: ignore[arg-type]
