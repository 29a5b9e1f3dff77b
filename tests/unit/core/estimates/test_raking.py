from contextlib import suppress

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhicheng.core.designs import Design
from zhicheng.core.estimates.calibration import calibrated
from zhicheng.core.estimates.distances import Raking
from zhicheng.core.estimates.margins import CalibrationError, Margin
from zhicheng.core.estimates.post_strata import post_stratified
from zhicheng.core.estimates.raking import raked

CROSSED = [(kind, place) for kind in "ab" for place in "xyz"]
cells = st.lists(st.sampled_from(CROSSED), max_size=20).map(lambda rest: [*CROSSED, *rest])
shares = st.tuples(st.integers(5, 95), st.integers(5, 45), st.integers(5, 45))


def weighted(size: int) -> Design:
    return Design.clusters(list(range(size)), weights=1.0 + np.arange(size) % 4)


def alike(size: int) -> Design:
    return Design.clusters(list(range(size)), weights=np.full(size, 3.0))


def margins(units: list[tuple[str, str]], share: tuple[int, int, int]) -> list[Margin]:
    """Two margins of a population of 1 000."""
    a, x, y = (10 * percent for percent in share)
    kinds = Margin("kind", [kind for kind, _ in units], {"a": a, "b": 1000 - a})
    return [kinds, Margin("place", [place for _, place in units], {"x": x, "y": y, "z": 1000 - x - y})]


@given(cells, shares)
def test_weights_sum_up_to_every_margin(units: list[tuple[str, str]], share: tuple[int, int, int]) -> None:
    both = margins(units, share)
    design = raked(weighted(len(units)), both)
    for margin in both:
        assert margin.sums(design.weights) == pytest.approx(margin.counts, abs=1e-6)
    assert (design.weights > 0).all()


@given(cells, shares)
def test_the_order_of_margins_does_not_matter(units: list[tuple[str, str]], share: tuple[int, int, int]) -> None:
    both = margins(units, share)
    one, other = raked(weighted(len(units)), both), raked(weighted(len(units)), both[::-1])
    assert one.weights == pytest.approx(other.weights, rel=1e-6)


@given(cells, shares)
def test_odds_between_the_classes_stay_as_they_were(
    units: list[tuple[str, str]], share: tuple[int, int, int]
) -> None:
    """What raking knows nothing about it leaves: the cross-product ratios of cells (Deming and Stephan 1940)."""
    before = weighted(len(units))
    after = raked(before, margins(units, share))

    def ratio(weights: np.ndarray) -> float:
        sums = {cell: sum(w for w, unit in zip(weights, units, strict=True) if unit == cell) for cell in CROSSED}
        return float(sums["a", "x"] * sums["b", "y"] / (sums["a", "y"] * sums["b", "x"]))

    assert ratio(after.weights) == pytest.approx(ratio(before.weights), rel=1e-6)


@given(cells, shares)
def test_weights_are_those_of_calibration_with_the_raking_distance(
    units: list[tuple[str, str]], share: tuple[int, int, int]
) -> None:
    both = margins(units, share)
    by_rounds = raked(weighted(len(units)), both, tolerance=1e-12)
    columns = dict(zip("abxyz", np.concatenate([one.indicators() for one in both], axis=1).T, strict=True))
    counts = dict(zip("abxyz", np.concatenate([one.counts for one in both]), strict=True))
    by_steps = calibrated(weighted(len(units)), columns, counts, distance=Raking())
    assert by_steps.weights == pytest.approx(by_rounds.weights, rel=1e-7)


def test_errors_are_those_of_calibration_where_design_weights_are_alike() -> None:
    both, y = margins(CROSSED * 3, (30, 20, 40)), np.arange(18) % 7.0
    columns = dict(zip("abxyz", np.concatenate([one.indicators() for one in both], axis=1).T, strict=True))
    counts = dict(zip("abxyz", np.concatenate([one.counts for one in both]), strict=True))
    by_rounds, by_steps = raked(alike(18), both), calibrated(alike(18), columns, counts, distance=Raking())
    assert by_steps.covariance(by_steps.weights * y) == pytest.approx(
        by_rounds.covariance(by_rounds.weights * y), rel=1e-9
    )


@given(cells, shares)
def test_one_margin_is_post_stratification(units: list[tuple[str, str]], share: tuple[int, int, int]) -> None:
    kinds, _ = margins(units, share)
    one, other = raked(alike(len(units)), [kinds]), post_stratified(alike(len(units)), kinds)
    y = np.arange(len(units)) % 7.0
    assert one.weights == pytest.approx(other.weights, rel=1e-12)
    assert one.covariance(one.weights * y) == pytest.approx(other.covariance(other.weights * y), rel=1e-9)


@given(cells, shares)
def test_what_the_margins_explain_has_no_error(units: list[tuple[str, str]], share: tuple[int, int, int]) -> None:
    both = margins(units, share)
    design = raked(weighted(len(units)), both)
    for column in both[0].indicators().T:
        assert design.covariance(design.weights * column) == pytest.approx(0, abs=1e-6)


@given(cells, shares, st.floats(0.01, 100))
def test_only_proportions_of_the_weights_matter(
    units: list[tuple[str, str]], share: tuple[int, int, int], factor: float
) -> None:
    both, before = margins(units, share), weighted(len(units))
    assume(factor != 1)
    scaled = Design.clusters(list(range(len(units))), weights=factor * before.weights)
    assert raked(scaled, both).weights == pytest.approx(raked(before, both).weights, rel=1e-6)


def test_margins_of_different_populations_are_refused() -> None:
    kinds, places = margins(CROSSED, (30, 20, 40))
    wrong = Margin("place", places.labels, {"x": 200, "y": 400, "z": 401})
    with pytest.raises(
        CalibrationError, match=r"“kind” sums up to 1000\.0, “place” to 1001\.0; expected the same number"
    ):
        raked(weighted(6), [kinds, wrong])


def test_no_margin_is_refused() -> None:
    with pytest.raises(CalibrationError, match="No margin to rake to"):
        raked(weighted(6), [])


def test_a_class_that_nobody_stands_for_is_refused() -> None:
    kinds, _ = margins(CROSSED, (30, 20, 40))
    empty = Margin("place", ["x"] * 6, {"x": 200, "y": 800})
    with pytest.raises(CalibrationError, match="“place”: no unit of the sample is in “y”"):
        raked(weighted(6), [kinds, empty])


def test_margins_that_contradict_each_other_are_told() -> None:
    """All of a are in x and all of b in y, so that their counts cannot differ."""
    kinds = Margin("kind", ["a", "a", "b"], {"a": 60, "b": 40})
    places = Margin("place", ["x", "x", "y"], {"x": 50, "y": 50})
    with pytest.raises(
        CalibrationError,
        match="not converged after 50 rounds: “b” of “kind” sums up to 50 instead of 40; margins may contradict",
    ):
        raked(weighted(3), [kinds, places], most_rounds=50)


def test_a_small_class_is_met_as_closely_as_a_large_one() -> None:
    kinds = Margin("kind", [kind for kind, _ in CROSSED], {"a": 2, "b": 999_999_998})
    places = Margin("place", [place for _, place in CROSSED], {"x": 1, "y": 499_999_999, "z": 500_000_000})
    design = raked(weighted(6), [kinds, places])
    assert kinds.sums(design.weights)[0] == pytest.approx(2, rel=1e-9)
    assert places.sums(design.weights)[0] == pytest.approx(1, rel=1e-9)


def test_one_margin_needs_no_list() -> None:
    design, margin = Design.simple(3, population=9), Margin("kind", list("aab"), {"a": 4, "b": 5})
    assert raked(design, margin).weights.tolist() == raked(design, [margin]).weights.tolist() == [2, 2, 5]


@pytest.mark.parametrize(("margins", "named"), [("kind", "k"), (5, "5"), (None, "None"), ([5], "5")])
def test_what_is_no_margin_is_refused(margins: object, named: str) -> None:
    with pytest.raises(CalibrationError, match=f"“{named}” is no margin; expected Margin"):
        raked(Design.simple(3, population=9), margins)  # type: ignore[arg-type]


@pytest.mark.parametrize(("first", "second"), [(100.0, 99.9), (99.9, 100.0), (1e-3, 1.001e-3)])
def test_of_two_totals_neither_may_be_the_larger(first: float, second: float) -> None:
    one, other = (
        Margin(name, ["a", "b"], {"a": total / 2, "b": total / 2}) for name, total in (("x", first), ("y", second))
    )
    with pytest.raises(
        CalibrationError, match=f"“x” sums up to {first}, “y” to {second}; expected the same number"
    ):
        raked(Design.simple(2, weights=1), [one, other])


def test_totals_that_differ_by_rounding_are_one() -> None:
    one = Margin("x", ["a", "b"], {"a": 0.1, "b": 0.2})
    other = Margin("y", ["a", "b"], {"a": 0.15, "b": 0.15 * (1 + 1e-12)})
    crossed = Margin("y", ["a", "a"], {"a": 0.3, "b": 0.0})
    assert raked(Design.simple(2, weights=1), [one, crossed]).weights == pytest.approx([0.1, 0.2])
    assert one.total != other.total
    with pytest.raises(CalibrationError, match="not converged"):
        raked(Design.simple(2, weights=1), [one, other], most_rounds=3)


def test_a_class_of_nobody_keeps_no_weight_and_hinders_no_other() -> None:
    """The unit has the weight 0 from the start; the margin that knows of nobody there is met."""
    design = Design.simple(4, weights=[1.0, 1, 1, 0])
    kinds = Margin("kind", ["a", "a", "b", "c"], {"a": 5, "b": 3, "c": 0})
    places = Margin("place", ["x", "y", "y", "y"], {"x": 1, "y": 7})
    found = raked(design, [kinds, places])
    assert found.weights == pytest.approx([1, 4, 3, 0])


def test_rounds_are_counted_and_the_last_that_suffices_is_enough() -> None:
    kinds, places = margins(CROSSED, (30, 20, 40))
    enough = next(rounds for rounds in range(1, 100) if _converges(kinds, places, rounds))
    assert enough > 1
    assert not _converges(kinds, places, enough - 1)


def _converges(kinds: Margin, places: Margin, rounds: int) -> bool:
    with suppress(CalibrationError):
        raked(weighted(6), [kinds, places], tolerance=1e-3, most_rounds=rounds)
        return True
    return False


def test_what_is_missed_by_most_is_told_of_all_margins_and_classes() -> None:
    """After one round the last margin is met; of the first, c lacks the most for its size."""
    kinds = Margin("kind", list("aabbcc"), {"a": 700, "b": 290, "c": 10})
    places = Margin("place", list("xyxyxx"), {"x": 600, "y": 400})
    with pytest.raises(CalibrationError) as refused:
        raked(Design.simple(6, weights=1), [kinds, places], most_rounds=1)
    after = np.array([350, 350, 145, 145, 5, 5]) * np.where(np.array(list("xyxyxx")) == "x", 600 / 505, 400 / 495)
    sums = np.array([after[:2].sum(), after[2:4].sum(), after[4:].sum()])
    worst = int(np.argmax(np.abs(sums / [700, 290, 10] - 1)))
    assert "abc"[worst] == "c"
    assert f"“c” of “kind” sums up to {sums[worst]:.6g} instead of 10" in str(refused.value)
