"""The example that Benjamini and Hochberg published: 15 hypotheses on a treatment of heart attacks."""

import pytest

from zhicheng.core.ranking import Method, adjusted

P_VALUES = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip
"""Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289–300, §3.2."""


TIED = [0.01, 0.02, 0.02, 0.02, 0.03, 0.04, 0.04, 0.2, 0.2, 0.5, 0.9, 1.0, 0.0]
R_ADJUSTED = {
    Method.BONFERRONI: [0.13, 0.26, 0.26, 0.26, 0.39, 0.52, 0.52, 1, 1, 1, 1, 1, 0],
    Method.HOLM: [0.12, 0.22, 0.22, 0.22, 0.24, 0.28, 0.28, 1, 1, 1, 1, 1, 0],
    Method.BENJAMINI_HOCHBERG: [
        0.052, 0.052, 0.052, 0.052, 0.065, 0.065, 0.065, 0.26, 0.26, 0.590909090909, 0.975, 1, 0,
    ],
    Method.BENJAMINI_YEKUTIELI: [
        0.165366955267, 0.165366955267, 0.165366955267, 0.165366955267, 0.206708694084, 0.206708694084,
        0.206708694084, 0.826834776335, 0.826834776335, 1, 1, 1, 0,
    ],
}  # fmt: skip
"""`p.adjust` of R 4.2.2, with ties, 0 and 1."""


@pytest.mark.parametrize("method", list(Method))
def test_adjusted_values_are_those_of_r(method: Method) -> None:
    assert adjusted(TIED, method) == pytest.approx(R_ADJUSTED[method], abs=1e-12)


@pytest.mark.parametrize(
    ("method", "rejected"), [(Method.BENJAMINI_HOCHBERG, 4), (Method.BONFERRONI, 3), (Method.HOLM, 3)]
)
def test_as_many_are_rejected_as_published(method: Method, rejected: int) -> None:
    assert (adjusted(P_VALUES, method) <= 0.05).sum() == rejected


def test_the_first_adjusted_values() -> None:
    """By hand: p₍₁₎·15, p₍₂₎·15/2, p₍₃₎·15/3, p₍₄₎·15/4."""
    assert adjusted(P_VALUES)[:4] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])
