"""Judgements of six items by four reviewers, adjusted by R 4.2.2: lm with contr.sum, lme4 1.1-31 by REML."""

import pytest

from zhicheng.core.scores import adjusted_for_severity, shrunken_for_severity

ITEMS = list("11122334455666")
REVIEWERS = list("ABCABBCCDADBCD")
SCORES = [82, 75, 80, 90, 84, 70, 74, 88, 80, 91, 82, 65, 70, 61]


def test_least_squares_are_those_of_lm() -> None:
    found = adjusted_for_severity(ITEMS, REVIEWERS, SCORES)
    assert found.scores == pytest.approx(
        [77.21590909, 85.72727273, 71.5, 85.27272727, 87.0, 66.78409091], rel=1e-9
    )
    assert found.errors == pytest.approx(
        [0.2949983991, 0.3790075121, 0.376996848, 0.3790075121, 0.376996848, 0.2949983991], rel=1e-8
    )
    assert -found.severity[:3] == pytest.approx([4.352272727, -1.806818182, 2.806818182], rel=1e-8)
    assert found.deviation == pytest.approx(0.4838294215, rel=1e-8)


def test_shrunken_ones_are_those_of_lmer() -> None:
    found = shrunken_for_severity(ITEMS, REVIEWERS, SCORES)
    assert found.scores == pytest.approx(
        [77.22535699, 85.73805484, 71.50256068, 85.26194516, 86.99743932, 66.77635013], rel=1e-6
    )
    assert found.errors == pytest.approx(
        [2.226866555, 2.239520871, 2.239186344, 2.239520871, 2.239186344, 2.226866555], rel=1e-4
    )
    assert -found.severity == pytest.approx([4.329050389, -1.805160061, 2.800038708, -5.323929036], rel=1e-5)
    assert (found.severity_deviation, found.deviation) == pytest.approx((4.41450643, 0.48381334), rel=1e-4)
