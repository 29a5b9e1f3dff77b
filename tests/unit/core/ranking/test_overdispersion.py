"""Over-dispersion is found where it is, not where it is not, and limits grow by it."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from zhicheng.core.ranking import (
    Adjustment,
    Dispersion,
    Scale,
    Transformed,
    adjusted_limits,
    adjusted_z,
    dispersion,
    mean_limits,
    of_means,
    of_proportions,
    of_ratios,
    trimmed_dispersion,
)
from zhicheng.core.ranking.overdispersion import left_of_chance, trimmed, winsorised
from zhicheng.core.refused import Refused

SCORES = st.lists(st.floats(-50, 50), min_size=3, max_size=40)
SHARES = st.floats(0, 0.49)


def normal_units(units: int, tau: float, seed: int) -> Transformed:
    """Units with errors from 0.5 to 2 around true values that vary by `tau`."""
    random = np.random.default_rng(seed)
    error = random.uniform(0.5, 2, units)
    return of_means(random.normal(0, np.sqrt(error**2 + tau**2)), error, target=0)


@given(SCORES, SHARES)
def test_pulling_in_moves_only_extremes_and_keeps_the_order(scores: list[float], share: float) -> None:
    found = winsorised(scores, share)
    assert (np.abs(found - np.median(scores)) <= np.abs(np.array(scores) - np.median(scores)) + 1e-9).all()
    order = np.argsort(scores, kind="stable")
    assert (np.diff(found[order]) >= 0).all()
    assert winsorised(scores, 0) == pytest.approx(scores)


@given(st.lists(st.floats(-50, 50), min_size=20, max_size=60, unique=True))
def test_trimming_leaves_out_as_many_at_both_ends(scores: list[float]) -> None:
    kept = trimmed(scores, 0.1)
    ranks = np.argsort(np.argsort(scores))
    low, high = ranks[kept].min(), len(scores) - 1 - ranks[kept].max()
    assert abs(low - high) <= 1
    assert low >= len(scores) // 10 - 1


@given(st.integers(3, 30), st.floats(0.1, 9))
def test_phi_of_equal_scores_is_their_square(units: int, z: float) -> None:
    found = dispersion(of_means(np.full(units, z), np.ones(units), target=0))
    assert found.phi == pytest.approx(z**2)
    assert found.tau_squared == pytest.approx(max(0, (units * z**2 - (units - 1)) / (units - 1)))


@given(SCORES)
def test_without_pulling_in_tau_squared_is_the_moment_estimate(scores: list[float]) -> None:
    """DerSimonian and Laird: (Q − (n − 1)) / (Σw − Σw²/Σw), never negative."""
    error = np.linspace(1, 2, len(scores))
    found = dispersion(of_means(scores, error, target=0), share=0)
    weight = 1 / error**2
    q = float((np.square(scores) * weight).sum())
    assert found.tau_squared == pytest.approx(
        max(0, (q - (len(scores) - 1)) / (weight.sum() - (weight**2).sum() / weight.sum()))
    )


def test_chance_alone_is_seldom_called_over_dispersion() -> None:
    found = [dispersion(normal_units(40, 0, seed)).is_beyond_chance for seed in range(400)]
    assert np.mean(found) <= 0.025


def test_what_lies_between_units_is_found_again() -> None:
    """Without pulling in, τ² is unbiased up to its bound at 0; true value 1.44."""
    found = [dispersion(normal_units(60, 1.2, seed), share=0).tau_squared for seed in range(400)]
    assert np.mean(found) == pytest.approx(1.44, rel=0.05)


def test_pulling_in_keeps_one_scandal_from_hiding_itself() -> None:
    units = normal_units(40, 0, 5)
    value = units.value.copy()
    value[3] = 40 * units.error[3]
    spoilt = Transformed(Scale.PLAIN, value, units.error, 0.0)
    plain = adjusted_limits(spoilt, dispersion(spoilt, share=0)).upper[3]
    robust = adjusted_limits(spoilt, dispersion(spoilt, share=0.1)).upper[3]
    assert robust < plain / 3
    assert value[3] > robust


def test_additive_limits_hold_their_share() -> None:
    """Coverage at 95 % with τ estimated from 200 units each time."""
    outside = []
    for seed in range(60):
        units = normal_units(200, 1.0, seed)
        limits = adjusted_limits(units, dispersion(units, share=0), tail=0.025)
        outside.append((limits.position(units.value) != 0).mean())
    assert np.mean(outside) == pytest.approx(0.05, abs=0.01)


@given(SCORES, st.sampled_from(list(Adjustment)))
def test_no_adjustment_narrows(scores: list[float], adjustment: Adjustment) -> None:
    units = of_means(scores, np.ones(len(scores)), target=0)
    limits = adjusted_limits(units, dispersion(units), adjustment, tail=0.025)
    chance = mean_limits(np.ones(len(scores)), 0, tail=0.025)
    assert (limits.upper >= chance.upper - 1e-12).all()
    assert (limits.lower <= chance.lower + 1e-12).all()


@given(SCORES)
def test_z_scores_shrink_by_what_lies_between(scores: list[float]) -> None:
    units = of_means(scores, np.ones(len(scores)), target=0)
    assert (np.abs(adjusted_z(units, Dispersion(4, 3.0, len(scores)))) <= np.abs(units.z) / 2 + 1e-12).all()


@pytest.mark.parametrize("scale", list(Scale))
def test_scales_lead_back(scale: Scale) -> None:
    figures = np.array([0.0001, 0.2, 0.9])
    there = {
        Scale.ARCSINE: np.arcsin(np.sqrt(figures)),
        Scale.ROOT: np.sqrt(figures),
        Scale.LOG: np.log(figures),
        Scale.PLAIN: figures,
    }[scale]
    assert scale.back(there) == pytest.approx(figures)


def test_limits_of_bounded_figures_stay_possible() -> None:
    units = of_proportions([0, 1, 2, 2], [2, 2, 2, 2])
    limits = adjusted_limits(units, dispersion(units))
    assert limits.lower == pytest.approx(0)
    assert limits.upper == pytest.approx(1)
    assert adjusted_limits(of_ratios([0, 0, 9], [1, 1, 1]), Dispersion(9, 9.0, 3)).lower == pytest.approx(0)


def test_scales_of_ratios_tell_nearly_the_same() -> None:
    observed, expected = [900, 1100, 1050, 980], [1000, 1000, 1000, 1000]
    root, log = of_ratios(observed, expected), of_ratios(observed, expected, scale=Scale.LOG)
    assert root.z == pytest.approx(log.z, rel=0.06)
    assert of_ratios([50], [1000], 0.05).z == pytest.approx(0)


def test_shmi_leaves_out_the_outer_tenths() -> None:
    units = normal_units(50, 1, 2)
    kept = trimmed(units.z)
    inner = Transformed(Scale.PLAIN, units.value[kept], units.error[kept], 0.0)
    assert trimmed_dispersion(units) == dispersion(inner, share=0)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(Refused, match="“cases” at place 2 is 5: at most “sizes”, 4"):
        of_proportions([1, 5], [4, 4])
    with pytest.raises(Refused, match="“observed” at place 1 is 0: a number above 0"):
        of_ratios([0, 2], [1, 1], scale=Scale.LOG)
    with pytest.raises(Refused, match="“root” or “log”, not “plain”"):
        of_ratios([1], [1], scale=Scale.PLAIN)
    with pytest.raises(Refused, match="3 or more"):
        dispersion(of_means([1, 2], [1, 1]))
    with pytest.raises(Refused, match=r"“share” is 0.5"):
        dispersion(of_means([1, 2, 3], [1, 1, 1]), share=0.5)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.1, 0.25])
def test_what_pulling_in_leaves_of_chance(share: float) -> None:
    """The integral, and a large sample."""
    pulled = np.clip(norm.ppf(np.linspace(0, 1, 200_001)[1:-1]), *(norm.ppf([share, 1 - share])))
    assert left_of_chance(share) == pytest.approx(np.mean(pulled**2), abs=1e-3)
    z = np.random.default_rng(8).normal(size=100_000)
    units = of_means(z, np.ones(100_000), 0.0)
    assert dispersion(units, share=share, consistent=True).phi == pytest.approx(1, abs=0.02)


@given(st.lists(st.floats(-20, 20), min_size=3, max_size=30))
def test_a_consistent_figure_is_never_smaller(z: list[float]) -> None:
    units = of_means(z, np.ones(len(z)), 0.0)
    plain, consistent = dispersion(units), dispersion(units, consistent=True)
    assert consistent.phi >= plain.phi
    assert consistent.tau_squared >= plain.tau_squared
    assert consistent.is_beyond_chance == plain.is_beyond_chance


def test_proportions_are_compared_by_their_arcsines() -> None:
    """A fourth is π/6, one half π/4; of 100 the error is 1/20. The overall proportion of 80 in 200 is 0.4."""
    units = of_proportions([25, 50], [100, 25 * 4], 0.5)
    assert units.value == pytest.approx([np.pi / 6, np.pi / 4])
    assert units.error == pytest.approx([0.05, 0.05])
    assert units.z == pytest.approx([-np.pi / 12 / 0.05, 0])
    assert Scale.ARCSINE.back(np.array(of_proportions([25, 55], [100, 100]).target)) == pytest.approx(0.4)
    assert of_proportions([1, 1], [1, 9]).target == of_proportions([1, 1], [1, 9], 0.2).target


def test_ratios_are_compared_by_their_roots_or_logarithms() -> None:
    """Where 4 are usual for each expected one, 25 expected ones are 100 cases: errors of a tenth of the ratio."""
    root = of_ratios([225, 100], [25, 100], 4.0)
    assert (root.scale, root.target) == (Scale.ROOT, 2.0)
    assert root.value == pytest.approx([3, 1])
    assert root.error == pytest.approx([0.1, 0.05])
    assert root.z == pytest.approx([10, -20])
    log = of_ratios([225, 100], [25, 100], 4.0, scale=Scale.LOG)
    assert (log.scale, log.target) == (Scale.LOG, pytest.approx(np.log(4)))
    assert log.value == pytest.approx(np.log([9, 1]))
    assert log.error == pytest.approx([0.1, 0.05])
    assert of_ratios([0], [5]).z == pytest.approx([-2 * np.sqrt(5)])


def test_the_target_of_means_is_nearer_to_the_surer_one() -> None:
    """Weights 1/s² of 1 and 1/4: (10 + 20/4)/1.25."""
    assert of_means([10, 20], [1, 2]).target == pytest.approx(12)
    assert of_means([10, 20], [1, 2], 0).target == 0
    assert of_means([10, 20], [1, 2], 14).z == pytest.approx([-4, 3])


def test_beyond_the_end_of_a_scale_is_the_figure_of_the_end() -> None:
    beyond = np.array([-0.1, 1.7])
    assert Scale.ARCSINE.back(beyond).tolist() == [0, 1]
    assert Scale.ROOT.back(beyond) == pytest.approx([0, 2.89])
    assert Scale.PLAIN.back(beyond).tolist() == [-0.1, 1.7]


@pytest.mark.parametrize(
    ("adjustment", "error"),
    [(Adjustment.NONE, [1, 2]), (Adjustment.MULTIPLICATIVE, [3, 6]), (Adjustment.ADDITIVE, [2, np.sqrt(7)])],
)
def test_limits_by_hand(adjustment: Adjustment, error: list[float]) -> None:
    """φ = 9 makes errors three times as large; τ² = 3 makes 1 and 4 a variance of 4 and 7."""
    units, found = of_means([0, 0], [1, 2], 50), Dispersion(9, 3.0, 20)
    limits = adjusted_limits(units, found, adjustment, tail=0.025)
    assert limits.upper == pytest.approx(50 + norm.isf(0.025) * np.array(error))
    assert limits.lower == pytest.approx(50 - norm.isf(0.025) * np.array(error))


def test_less_than_chance_narrows_no_limits_and_the_usual_ones_are_additive_at_one_in_a_thousand() -> None:
    units = of_means([0, 0], [1, 2], 0)
    narrow, chance = (
        adjusted_limits(units, Dispersion(0.5, 0.0, 20), adjustment)
        for adjustment in (Adjustment.MULTIPLICATIVE, Adjustment.NONE)
    )
    assert narrow.upper.tolist() == chance.upper.tolist()
    assert chance.upper == pytest.approx(norm.isf(0.001) * np.array([1, 2]))
    usual = adjusted_limits(units, Dispersion(9, 3.0, 20))
    assert usual.upper == pytest.approx(norm.isf(0.001) * np.array([2, np.sqrt(7)]))


def test_adjusted_scores_by_hand() -> None:
    units = of_means([40, 60, 50], [1, 1, 1], 50)
    assert adjusted_z(units, Dispersion(4, 3.0, 3)) == pytest.approx([-5, 5, 0])


def test_over_dispersion_begins_two_deviations_above_one() -> None:
    """With 50 units φ varies by √(2/50) = 0.2: from above 1.4, and of φ before it was divided."""
    assert not Dispersion(1.399, 0.0, 50).is_beyond_chance
    assert Dispersion(1.401, 0.0, 50).is_beyond_chance
    assert not Dispersion(1.401, 0.0, 50, left_of_chance=0.68).is_beyond_chance
    assert Dispersion(1.401 / 0.68, 0.0, 50, left_of_chance=0.68).is_beyond_chance


def test_which_ones_trimming_leaves() -> None:
    """Ten in five groups: without the two lowest and the two highest; of like ones the first count as lower."""
    scores = [5, -7, 0, 1, 2, 3, -4, 9, 8, 6]
    assert np.array(scores)[trimmed(scores, 0.2)].tolist() == [5, 0, 1, 2, 3, 6]
    assert trimmed([4.0] * 4, 0.25).tolist() == [False, True, True, False]
    assert trimmed(range(1, 12)).tolist() == [False] + 9 * [True] + [False]
    assert trimmed([3, 1, 2], 0.34).tolist() == [False, False, True]


@pytest.mark.parametrize("share", [0, 5e-324, 1e-200, 0.01])
def test_a_share_that_takes_nobody_leaves_all(share: float) -> None:
    assert trimmed(range(30), share).all()
    units = normal_units(30, 1, 4)
    assert trimmed_dispersion(units, share=share) == dispersion(units, share=0)


@given(st.integers(3, 40), st.integers(3, 60))
def test_from_as_many_groups_as_units_on_nobody_is_left_out(units: int, groups: int) -> None:
    kept = trimmed(np.arange(units), 1 / groups)
    assert kept.all() == (groups > units + 1)
    assert kept.sum() >= units - 2 * np.ceil(units / groups)


def test_by_hand_with_a_tenth_pulled_in() -> None:
    """−10, 0 and 0, 0, 20 with a fifth pulled in: to −2 and 4; φ = (4 + 16)/5, Q − 4 = 16, and Σw − Σw²/Σw = 4."""
    units = of_means([-10, 0, 0, 0, 20], np.ones(5), 0)
    found = dispersion(units, share=0.2)
    assert winsorised(units.z, 0.2) == pytest.approx([-2, 0, 0, 0, 4])
    assert (found.phi, found.tau_squared, found.units, found.left_of_chance) == pytest.approx((4, 4, 5, 1))
    consistent = dispersion(units, share=0.2, consistent=True)
    left = left_of_chance(0.2)
    assert (consistent.phi, consistent.left_of_chance) == pytest.approx((4 / left, left))
    assert consistent.tau_squared == pytest.approx((20 / left - 4) / 4)
    assert dispersion(units) == dispersion(units, share=0.1)
    assert winsorised(units.z).tolist() == winsorised(units.z, 0.1).tolist()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: of_proportions([1, 1], [4]), "“cases” has 2 values and “sizes” has 1"),
        (lambda: of_proportions([0], [0]), "“sizes” at place 1 is 0: a number above 0"),
        (lambda: of_proportions([-1], [4]), "“cases” at place 1 is -1: 0 or more"),
        (lambda: of_proportions([1], [4], 1.0), "“target” is 1: a number above 0 and below 1"),
        (lambda: of_proportions([1], [4], 0), "“target” is 0: a number above 0 and below 1"),
        (lambda: of_ratios([1, 1], [4]), "“observed” has 2 values and “expected” has 1"),
        (lambda: of_ratios([1], [0]), "“expected” at place 1 is 0: a number above 0"),
        (lambda: of_ratios([-1], [4]), "“observed” at place 1 is -1: 0 or more"),
        (lambda: of_ratios([1], [4], 0), "“target” is 0: a number above 0"),
        (lambda: of_means([1, 1], [4]), "“values” has 2 values and “errors” has 1"),
        (lambda: of_means([1], [0]), "“errors” at place 1 is 0: a number above 0"),
        (lambda: dispersion(of_means([1, 2, 3], [1, 1, 1]), share=-0.01), "“share” is -0.01: from 0 to below"),
        (lambda: trimmed([1, 2, 3], 0.5), "“share” is 0.5: from 0 to below 0.5"),
        (lambda: left_of_chance(0.5), "“share” is 0.5: from 0 to below 0.5"),
        (lambda: trimmed_dispersion(of_means([1, 2, 3, 4], [1] * 4), share=0.25), "has 2 values: 3 or more"),
        (lambda: adjusted_limits(of_means([1], [1]), Dispersion(1, 0, 3), tail=0.52), "“tail” is 0.52"),
    ],
)
def test_what_has_no_scale_share_or_tail_is_refused(asked: Callable[[], object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        asked()


@pytest.mark.parametrize("adjustment", list(Adjustment))
def test_an_adjustment_may_be_named_by_its_text(adjustment: Adjustment) -> None:
    units = normal_units(30, 2.0, 1)
    found = dispersion(units)
    by_text = adjusted_limits(units, found, adjustment.value)
    assert by_text.upper.tolist() == adjusted_limits(units, found, adjustment).upper.tolist()
    with pytest.raises(Refused, match="“adjustment” is “both”; expected one of none, multiplicative, additive"):
        adjusted_limits(units, found, "both")


@pytest.mark.parametrize("scale", [Scale.ROOT, Scale.LOG])
def test_a_scale_may_be_named_by_its_text(scale: Scale) -> None:
    by_text, by_member = (of_ratios([3, 8], [4.0, 5.0], scale=each) for each in (scale.value, scale))
    assert by_text.z.tolist() == by_member.z.tolist()
    assert by_text.scale is scale
    with pytest.raises(Refused, match="“scale” is “square”; expected one of arcsine, root, log, plain"):
        of_ratios([3, 8], [4.0, 5.0], scale="square")


def test_a_target_that_is_no_number_is_refused() -> None:
    with pytest.raises(Refused, match="“target” is nan: a finite number was expected"):
        of_means([1.0, 2.0, 3.0], [1.0, 1.0, 1.0], target=float("nan"))
