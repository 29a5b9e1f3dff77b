"""Adjusted p-values hold what their method promises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from zhicheng.core.ranking import Method, adjusted
from zhicheng.core.refused import Refused

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=25)
EVERY = pytest.mark.parametrize("method", list(Method))


@EVERY
@given(p_values=P_VALUES)
def test_adjusting_only_raises_and_keeps_the_order(method: Method, p_values: list[float]) -> None:
    found = adjusted(p_values, method)
    assert (found >= np.array(p_values) - 1e-12).all()
    assert found.max() <= 1
    order = np.argsort(p_values, kind="stable")
    assert (np.diff(found[order]) >= -1e-12).all()


@EVERY
@given(p_values=P_VALUES, data=st.data())
def test_the_order_of_tests_does_not_matter(method: Method, p_values: list[float], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(p_values))))
    shuffled = adjusted([p_values[place] for place in order], method)
    assert shuffled == pytest.approx(adjusted(p_values, method)[list(order)])


@given(P_VALUES)
def test_each_finds_no_less_than_the_stricter(p_values: list[float]) -> None:
    bonferroni, holm, hochberg = (adjusted(p_values, method) for method in list(Method)[:3])
    assert (holm <= bonferroni + 1e-12).all()
    assert (hochberg <= holm + 1e-12).all()


@given(P_VALUES)
def test_holm_rejects_step_by_step(p_values: list[float]) -> None:
    """Sorted, p₍ᵢ₎ is rejected while p₍ⱼ₎ ≤ α/(n − j + 1) for all j up to i."""
    alpha, rejected = 0.05, 0
    for step, p_value in enumerate(sorted(p_values)):
        if p_value * (len(p_values) - step) > alpha:
            break
        rejected += 1
    assert (adjusted(p_values, Method.HOLM) <= alpha).sum() == rejected


@given(P_VALUES)
def test_benjamini_and_hochberg_step_up(p_values: list[float]) -> None:
    """Rejected are the k smallest, k the largest i with p₍ᵢ₎·n ≤ i·q."""
    ordered, total = sorted(p_values), len(p_values)
    adjusted_ones = [min(ordered[j] * total / (j + 1) for j in range(i, total)) for i in range(total)]
    assert np.sort(adjusted(p_values)) == pytest.approx(np.minimum(adjusted_ones, 1))


def simulated_rates(method: Method) -> tuple[float, float]:
    """Over 2,000 rounds of 20 tests, 15 of them of nothing: how often any false finding, and their mean share."""
    random = np.random.default_rng(1995)
    any_false, share = [], []
    for _ in range(2000):
        z = random.normal(size=20)
        z[15:] += 3
        found = adjusted(norm.sf(z), method) <= 0.1
        any_false.append(found[:15].any())
        share.append(found[:15].sum() / max(1, found.sum()))
    return float(np.mean(any_false)), float(np.mean(share))


@pytest.mark.parametrize("method", [Method.BONFERRONI, Method.HOLM])
def test_the_chance_of_a_false_finding_is_held(method: Method) -> None:
    any_false, _ = simulated_rates(method)
    assert 0.05 < any_false <= 0.11


def test_the_share_of_false_findings_is_held_and_not_their_chance() -> None:
    any_false, share = simulated_rates(Method.BENJAMINI_HOCHBERG)
    assert share == pytest.approx(0.1 * 15 / 20, abs=0.012)  # exactly q·(share of true nulls) if independent
    assert any_false > 0.2


@pytest.mark.parametrize("wrong", [-0.01, 1.5])
def test_no_probability_is_refused(wrong: float) -> None:
    with pytest.raises(Refused, match=r"“p_values” at place 2 is .*: a probability from 0 to 1"):
        adjusted([0.5, wrong])


@EVERY
def test_a_method_may_be_named_by_its_text(method: Method) -> None:
    p_values = [0.01, 0.02, 0.02, 0.9]
    assert adjusted(p_values, method.value).tolist() == adjusted(p_values, method).tolist()
    with pytest.raises(Refused, match="“method” is “fdr”; expected one of bonferroni, holm, bh, by"):
        adjusted(p_values, "fdr")
