"""Intraclass correlations: how the six forms hang together, and intervals that hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.refused import Refused
from zhicheng.core.scores.agreement import Form, intraclass

TABLES = st.tuples(st.integers(3, 8), st.integers(2, 5), st.integers(0, 999)).map(
    lambda size: np.random.default_rng(size[2]).normal(10, 3, (size[0], size[1]))
)
EVERY = pytest.mark.parametrize("form", list(Form))


@EVERY
@pytest.mark.parametrize("size", [(2, 2), (3, 2), (4, 3)])
@pytest.mark.parametrize("places", [0, 9])
def test_an_interval_holds_its_value_however_few_the_ratings(
    form: Form, size: tuple[int, int], places: int
) -> None:
    """Satterthwaite's degrees of freedom may be so few that both ends would be one."""
    random = np.random.default_rng(959)
    for _ in range(300):
        try:
            found = intraclass(np.round(random.normal(10, 3, size), places), form)
        except Refused:
            assert places == 0, "only whole points can be alike"
            continue
        assert found.interval.low <= found.value + 1e-9
        assert found.value <= found.interval.high + 1e-9


@EVERY
@given(table=TABLES, shift=st.floats(-9, 9), scale=st.floats(0.5, 5))
def test_units_do_not_matter(form: Form, table: np.ndarray, shift: float, scale: float) -> None:
    one, other = intraclass(table, form), intraclass(shift + scale * table, form)
    assert other.value == pytest.approx(one.value, abs=1e-8)
    assert other.interval.low == pytest.approx(one.interval.low, abs=1e-6)
    assert one.interval.low <= one.value + 1e-9


@given(TABLES, st.lists(st.floats(-5, 5), min_size=5, max_size=5))
def test_consistency_ignores_how_strict_raters_are_and_agreement_does_not(
    table: np.ndarray, severity: list[float]
) -> None:
    moved = table + np.array(severity[: table.shape[1]])
    assert intraclass(moved, Form.FIXED_SINGLE).value == pytest.approx(intraclass(table, Form.FIXED_SINGLE).value)
    level = table - table.mean(axis=0)
    if intraclass(level, Form.FIXED_SINGLE).value > 0:
        moved = level + np.where(np.arange(table.shape[1]) > 0, 9.0, 0.0)
        assert intraclass(moved, Form.RANDOM_SINGLE).value < (intraclass(level, Form.RANDOM_SINGLE).value)


@pytest.mark.parametrize(
    ("single", "mean"),
    [
        (Form.ONE_WAY_SINGLE, Form.ONE_WAY_MEAN),
        (Form.RANDOM_SINGLE, Form.RANDOM_MEAN),
        (Form.FIXED_SINGLE, Form.FIXED_MEAN),
    ],
)
@given(table=TABLES)
def test_means_are_more_reliable_by_spearman_and_brown(single: Form, mean: Form, table: np.ndarray) -> None:
    one, k = intraclass(table, single).value, table.shape[1]
    found = intraclass(table, mean).value
    if one > -1 / (k - 1):
        assert found == pytest.approx(k * one / (1 + (k - 1) * one), rel=1e-6)
    else:
        assert found == -float("inf")


@given(TABLES)
def test_the_fixed_mean_is_cronbachs_alpha(table: np.ndarray) -> None:
    k = table.shape[1]
    parts, whole = table.var(axis=0, ddof=1).sum(), table.sum(axis=1).var(ddof=1)
    assert intraclass(table, Form.FIXED_MEAN).value == pytest.approx(k / (k - 1) * (1 - parts / whole), rel=1e-6)


def test_full_agreement_is_one() -> None:
    table = [[value] * 3 for value in (1, 4, 2, 8)]
    assert [intraclass(table, form).value for form in Form] == pytest.approx([1] * 6)


@pytest.mark.parametrize(
    ("form", "rater_spread"), [(Form.ONE_WAY_SINGLE, 0.0), (Form.FIXED_SINGLE, 2.0), (Form.RANDOM_SINGLE, 0.7)]
)
def test_intervals_hold_at_their_level(form: Form, rater_spread: float) -> None:
    """25 units with variance 1, chance 1, and raters that differ; the true correlation follows."""
    random = np.random.default_rng(1979)
    between = rater_spread**2 if form is Form.RANDOM_SINGLE else 0.0
    true = 1 / (1 + 1 + between)
    raters = 12 if form is Form.RANDOM_SINGLE else 4
    held = []
    for _ in range(600):
        table = (
            random.normal(size=(25, 1))
            + random.normal(0, rater_spread, (1, raters))
            + random.normal(size=(25, raters))
        )
        held.append(true in intraclass(table, form, level=0.9).interval)
    assert np.mean(held) == pytest.approx(0.9, abs=0.04)


def test_what_has_no_correlation_is_refused() -> None:
    with pytest.raises(Refused, match="All ratings are 3"):
        intraclass([[3, 3], [3, 3]], Form.FIXED_SINGLE)
    with pytest.raises(Refused, match=r"shape \(1, 3\): two or more units"):
        intraclass([[1, 2, 3]], Form.FIXED_SINGLE)
    with pytest.raises(Refused, match="“ratings” at place 2 is nan"):
        intraclass([[1, float("nan")], [1, 2]], Form.FIXED_SINGLE)


@pytest.mark.parametrize(
    ("form", "value", "ratio", "degrees"),
    [
        (Form.ONE_WAY_SINGLE, 7 / 11, 4.5, (2, 3)),
        (Form.RANDOM_SINGLE, 15 / 22, 21, (2, 2)),
        (Form.FIXED_SINGLE, 10 / 11, 21, (2, 2)),
        (Form.ONE_WAY_MEAN, 7 / 9, 4.5, (2, 3)),
        (Form.RANDOM_MEAN, 30 / 37, 21, (2, 2)),
        (Form.FIXED_MEAN, 20 / 21, 21, (2, 2)),
    ],
)
def test_three_units_by_hand(form: Form, value: float, ratio: float, degrees: tuple[int, int]) -> None:
    """Mean squares: 21/2 between units, 7/3 within them, 6 between the two raters, 1/2 of chance."""
    found = intraclass([[1, 3], [3, 4], [5, 8]], form)
    assert (found.value, found.f) == pytest.approx((value, ratio))
    assert found.degrees_of_freedom == degrees
    if degrees == (2, 2):
        assert found.p_value == pytest.approx(1 / 22)  # F of 2 and 2 degrees lies beyond x with 1/(1 + x)
    assert found.interval.method == form.value


@pytest.mark.parametrize("level", [0.5, 0.9])
def test_ends_of_consistency_by_hand(level: float) -> None:
    """F of 2 and 2 degrees has the quantile (1 − p)/p; the ends are those of 21 divided and multiplied by it."""
    tail = (1 - level) / 2
    quantile = (1 - tail) / tail
    found = intraclass([[1, 3], [3, 4], [5, 8]], Form.FIXED_SINGLE, level=level).interval
    low, high = 21 / quantile, 21 * quantile
    assert (found.low, found.high) == pytest.approx(((low - 1) / (low + 1), (high - 1) / (high + 1)))


@EVERY
@given(table=TABLES, data=st.data())
def test_names_of_units_and_raters_play_no_part(form: Form, table: np.ndarray, data: st.DataObject) -> None:
    rows, columns = data.draw(st.permutations(range(len(table)))), data.draw(st.permutations(range(len(table[0]))))
    one, other = intraclass(table, form), intraclass(table[np.ix_(list(rows), list(columns))], form)
    assert (other.value, other.f) == pytest.approx((one.value, one.f))


@pytest.mark.parametrize(
    "form",
    [Form.ONE_WAY_SINGLE, Form.ONE_WAY_MEAN, Form.FIXED_SINGLE, Form.FIXED_MEAN],
    ids=lambda form: form.value,
)
@given(table=TABLES)
def test_a_higher_level_is_a_wider_interval(form: Form, table: np.ndarray) -> None:
    """Of the forms that are exact; where Satterthwaite's degrees of freedom vanish the others reach further."""
    low, high = (intraclass(table, form, level=level).interval for level in (0.8, 0.95))
    assert high.low <= low.low + 1e-9
    assert high.high >= low.high - 1e-9


@EVERY
def test_a_form_may_be_named_by_its_text(form: Form) -> None:
    ratings = [[9, 2, 5], [6, 1, 3], [8, 4, 6], [7, 1, 2]]
    assert intraclass(ratings, form.value) == intraclass(ratings, form)


def test_a_form_that_is_none_is_not_taken_for_another() -> None:
    with pytest.raises(Refused, match=r"“form” is “ICC2”; expected one of ICC\(1,1\), ICC\(2,1\)"):
        intraclass([[9, 2], [6, 1], [8, 4]], "ICC2")
    with pytest.raises(Refused, match="“ratings” holds “good”: numbers were expected"):
        intraclass([[9, 2], [6, "good"], [8, 4]], Form.RANDOM_SINGLE)
