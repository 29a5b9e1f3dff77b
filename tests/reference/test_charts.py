"""Control charts against the worked examples of Montgomery, Introduction to Statistical Quality Control: the data
sets orangejuice, circuit and pcmanufact of the R package qcc, and the examples of the CUSUM and EWMA chapters."""

import pytest

from zhicheng.core.ranking import c_chart, cusum, ewma, p_chart, u_chart

ORANGE_JUICE = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
]  # fmt: skip
"""Leaking cans among 50, 30 samples."""
CIRCUIT = [
    21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15,
]  # fmt: skip
"""Faults in 26 samples of 100 circuit boards."""
COMPUTERS = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5]
"""Faults in 20 samples of five computers."""
SHIFTED = [
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08,
    9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52,
]  # fmt: skip
"""Twenty measurements with mean 10 and deviation 1, then ten with mean 11."""


def test_leaking_cans() -> None:
    chart = p_chart(ORANGE_JUICE, [50] * 30)
    assert (chart.centre, chart.lower[0], chart.upper[0]) == pytest.approx((0.2313, 0.0524, 0.4102), abs=6e-5)
    assert [place + 1 for place in range(30) if chart.outside[place]] == [15, 23]


def test_circuit_boards() -> None:
    chart = c_chart(CIRCUIT)
    assert (chart.centre, chart.lower[0], chart.upper[0]) == pytest.approx((19.85, 6.48, 33.21), abs=6e-3)
    assert [place + 1 for place in range(26) if chart.outside[place]] == [6, 20]


def test_computers() -> None:
    chart = u_chart(COMPUTERS, [5] * 20)
    assert (chart.centre, chart.lower[0], chart.upper[0]) == pytest.approx((1.93, 0.07, 3.79), abs=6e-3)
    assert not chart.outside.any()


def test_cusum_of_the_shifted_measurements() -> None:
    """Target 10, k = ½, h = 5: the upper sum passes 5 in period 29, at 5.28, having been 0 until period 22."""
    chart = cusum(SHIFTED, centre=10, deviation=1, reference=0.5, limit=5)
    assert chart.high[3:8] == pytest.approx([1.16, 2.82, 2.50, 0.04, 1.00])
    assert chart.high[21:] == pytest.approx([0, 1.79, 2.79, 2.89, 3.47, 3.35, 4.47, 5.28, 5.30], abs=1e-9)
    assert chart.low[:4] == pytest.approx([0.05, 1.56, 1.77, 0])
    assert chart.first_signal == 29


def test_ewma_of_the_shifted_measurements() -> None:
    """λ = 0.1, L = 2.7: upper limits 10.27 and 10.36 in the first periods, 9.38 to 10.62 at last."""
    chart = ewma(SHIFTED, weight=0.1, width=2.7, centre=10, deviation=1, steady=False)
    assert chart.values[:4] == pytest.approx([9.945, 9.7495, 9.70355, 9.8992], abs=6e-5)
    assert chart.values[26:] == pytest.approx([10.4568, 10.5731, 10.6468, 10.6341], abs=6e-5)
    assert chart.upper[:2] == pytest.approx([10.27, 10.36], abs=5e-3)
    assert (chart.lower[-1], chart.upper[-1]) == pytest.approx((9.38, 10.62), abs=5e-3)
