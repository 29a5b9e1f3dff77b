"""Mean run lengths of charts against the published tables.

Montgomery, Introduction to Statistical Quality Control, tables 9.3 (CUSUM, also Lucas and Crosier 1982) and 9.11
(EWMA, from Lucas and Saccucci 1990); Hawkins 1993 for limits; the R package spc 0.6.7 for more digits.
"""

import numpy as np
import pytest
from scipy.stats import poisson

from zhicheng.core.ranking import cusum_limit, cusum_run_length, ewma_run_length, ewma_width, opening_run_length
from zhicheng.core.ranking.run_length import grid_cusum, normal_cusum

SHIFTS = (0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4)
CUSUM = {
    4: (168, 74.2, 26.6, 13.3, 8.38, 4.75, 3.34, 2.62, 2.19, 1.71),
    5: (465, 139, 38.0, 17.0, 10.4, 5.75, 4.01, 3.11, 2.57, 2.01),
}
"""By h, with k = 0.5."""
HEAD_START = {
    4: (148.696, 62.698, 20.064, 8.968, 5.287, 2.862, 2.014, 1.586, 1.325, 1.067),
    5: (430.391, 121.688, 28.666, 11.236, 6.347, 3.372, 2.362, 1.856, 1.540, 1.159),
}
"""The same with sums that start at h/2: xcusum.arl of spc; Lucas and Crosier 1982 print three digits of them."""
EWMA_SHIFTS = (0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4)
EWMA = {
    (0.40, 3.054): (500, 224, 71.2, 28.4, 14.3, 5.9, 3.5, 2.5, 2.0, 1.4),
    (0.25, 2.998): (500, 170, 48.2, 20.1, 11.1, 5.5, 3.6, 2.7, 2.3, 1.7),
    (0.20, 2.962): (500, 150, 41.8, 18.2, 10.5, 5.5, 3.7, 2.9, 2.4, 1.9),
    (0.10, 2.814): (500, 106, 31.3, 15.9, 10.3, 6.1, 4.4, 3.4, 2.9, 2.2),
    (0.05, 2.615): (500, 84.1, 28.8, 16.4, 11.4, 7.1, 5.2, 4.2, 3.5, 2.7),
}
"""By (λ, L)."""


def as_printed(found: float, printed: float) -> bool:
    """Equal within one unit of the last digit that is printed."""
    digits = len(str(printed).partition(".")[2])
    return abs(found - printed) <= 1.01 * 10.0**-digits


@pytest.mark.parametrize("limit", list(CUSUM))
def test_cusum_table(limit: float) -> None:
    found = [cusum_run_length(0.5, limit, shift=shift).mean for shift in SHIFTS]
    assert [shift for shift, one, other in zip(SHIFTS, found, CUSUM[limit], strict=True)
            if not as_printed(one, other)] == []  # fmt: skip


@pytest.mark.parametrize("limit", list(HEAD_START))
def test_cusum_with_a_head_start(limit: float) -> None:
    found = [cusum_run_length(0.5, limit, shift=shift, head_start=limit / 2).mean for shift in SHIFTS]
    assert found == pytest.approx(HEAD_START[limit], abs=6e-4)


POISSON = [
    (4.0, 1, 5, 10, 0, 421.650098486), (6.0, 1, 5, 10, 0, 9.72616620702),
    (5.0, 2, 11, 41, 0, 739.099934891), (5.0, 2, 11, 41, 20, 685.189157634), (10.0, 2, 11, 41, 20, 3.01110146973),
    (1.0, 2, 3, 13, 0, 889.810551198), (1.5, 2, 3, 13, 0, 39.6080898114), (3.0, 2, 3, 13, 0, 5.03619168702),
]  # fmt: skip
"""Mean, step, reference, limit, head start; run length by pois.cusum.arl of spc, which signals above limit − 1."""
LUCAS = [(1.88, 0, 37.20), (1.88, 3, 29.19), (3.2, 0, 5.49), (3.2, 3, 3.33)]
"""Lucas 1985, Technometrics 27:129–144, k = 2 and h = 6: mean, head start, run length; printed by the R package
IAcsSPCR."""


@pytest.mark.parametrize(("mean", "step", "reference", "limit", "start", "printed"), POISSON)
def test_poisson_cusum_of_the_r_package_spc(
    mean: float, step: int, reference: int, limit: int, start: int, printed: float
) -> None:
    chances = poisson.pmf(np.arange(80), mean)
    assert grid_cusum(chances, step, reference, limit, start).mean == pytest.approx(printed, rel=1e-9)


@pytest.mark.parametrize(("mean", "start", "printed"), LUCAS)
def test_poisson_cusum_of_lucas(mean: float, start: int, printed: float) -> None:
    chances = poisson.pmf(np.arange(60), mean)
    assert grid_cusum(chances, 1, 2, 6, start).mean == pytest.approx(printed, abs=6e-3)


@pytest.mark.parametrize(("weight", "width"), list(EWMA))
def test_ewma_table(weight: float, width: float) -> None:
    found = [ewma_run_length(weight, width, shift=shift).mean for shift in EWMA_SHIFTS]
    assert [shift for shift, one, other in zip(EWMA_SHIFTS, found, EWMA[weight, width], strict=True)
            if not as_printed(one, other)] == []  # fmt: skip


@pytest.mark.parametrize(
    ("reference", "limit"), [(0.25, 8.01), (0.5, 4.77), (0.75, 3.34), (1.0, 2.52), (1.25, 1.99), (1.5, 1.61)]
)
def test_limits_for_370_periods(reference: float, limit: float) -> None:
    """Hawkins 1993 (Montgomery, table 9.4)."""
    assert cusum_limit(reference, 370) == pytest.approx(limit, abs=0.006)


def test_widths_for_500_periods() -> None:
    assert [ewma_width(weight, 500) for weight, _ in EWMA] == pytest.approx([width for _, width in EWMA], abs=6e-4)


def test_run_lengths_of_the_r_package_spc() -> None:
    """xcusum.arl and xewma.arl of spc 0.6.7, R 4.2.2, ten digits."""
    assert cusum_run_length(0.5, 4).mean == pytest.approx(167.6837888, rel=1e-8)
    assert cusum_run_length(0.5, 5).mean == pytest.approx(465.443506, rel=1e-8)
    assert cusum_run_length(0.25, 8, shift=1).mean == pytest.approx(11.39320821, rel=1e-8)
    assert normal_cusum(0.5, 5, 0, 2.5).mean == pytest.approx(895.8343452, rel=1e-8)
    assert ewma_run_length(0.1, 2.814).mean == pytest.approx(499.5795501, rel=1e-8)
    assert opening_run_length(0.2, 2.962) == pytest.approx(494.385651, rel=1e-8)
    assert ewma_run_length(0.2, 2.962, shift=1).mean == pytest.approx(10.5416658, rel=1e-8)
