"""Sets of ranks of 43 areas whose expenditure on fresh milk was surveyed (Arora and Lahiri 1997, Statistica Sinica
7:1053–1063; the R package sae publishes estimates and errors): nothing but the extremes can be told apart."""

import pytest

from zhicheng.core.ranking import Comparison, rank_sets

ESTIMATES = [
    1.099, 1.075, 1.105, 0.628, 0.753, 0.981, 1.257, 1.095, 1.405, 1.356, 0.615, 1.46, 1.338, 0.854, 1.176, 1.111,
    1.257, 1.43, 1.278, 1.292, 1.002, 1.183, 1.044, 1.267, 1.193, 0.791, 0.795, 0.759, 0.796, 0.565, 0.886, 0.952,
    0.807, 0.582, 0.684, 0.787, 0.44, 0.759, 0.77, 0.8, 0.756, 0.865, 0.64,
]  # fmt: skip
ERRORS = [
    0.163, 0.08, 0.083, 0.109, 0.119, 0.141, 0.202, 0.127, 0.168, 0.178, 0.1, 0.201, 0.148, 0.143, 0.149, 0.145,
    0.135, 0.172, 0.137, 0.163, 0.125, 0.247, 0.14, 0.171, 0.106, 0.121, 0.121, 0.259, 0.106, 0.089, 0.225, 0.205,
    0.119, 0.067, 0.106, 0.126, 0.092, 0.132, 0.1, 0.113, 0.083, 0.121, 0.129,
]  # fmt: skip


@pytest.mark.parametrize("comparison", [Comparison.BONFERRONI, Comparison.HOLM])
def test_the_first_may_be_fortieth(comparison: Comparison) -> None:
    found = rank_sets(ESTIMATES, ERRORS, level=0.95, comparison=comparison)
    first = found.rank.tolist().index(1)
    assert (found.best[first], found.worst[first]) == (1, 40)
    assert found.mean_width == pytest.approx(41.3, abs=0.05)


def test_intervals_tell_less_than_pairs() -> None:
    pairs = rank_sets(ESTIMATES, ERRORS, comparison=Comparison.HOLM)
    intervals = rank_sets(ESTIMATES, ERRORS, comparison=Comparison.INTERVALS)
    assert (intervals.best <= pairs.best).all()
    assert (intervals.worst >= pairs.worst).all()
