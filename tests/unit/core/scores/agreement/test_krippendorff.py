"""Krippendorff's alpha: the same by another formula, whatever is missing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.core.refused import Refused
from zhicheng.core.scores.agreement import Metric, alpha, fleiss

EVERY = pytest.mark.parametrize("metric", list(Metric))
TABLES = st.lists(st.lists(st.integers(1, 4), min_size=3, max_size=3), min_size=4, max_size=12).filter(
    lambda rows: len({value for row in rows for value in row}) > 1
)


def by_pairs(table: np.ndarray) -> float:
    """Alpha on the interval scale, pair by pair as it is defined."""
    units = [row[~np.isnan(row)] for row in table]
    units = [row for row in units if len(row) > 1]
    values = np.concatenate(units)
    found = sum(np.subtract.outer(row, row).ravel() @ np.subtract.outer(row, row).ravel() / (len(row) - 1)
                for row in units) / len(values)  # fmt: skip
    chance = (np.subtract.outer(values, values) ** 2).sum() / (len(values) * (len(values) - 1))
    return float(1 - found / chance)


@given(TABLES, st.data())
def test_the_definition_is_met_with_judgements_missing(rows: list[list[int]], data: st.DataObject) -> None:
    table = np.array(rows, dtype=float)
    table[data.draw(st.integers(0, len(rows) - 1)), 0] = np.nan
    if len(np.unique(table[~np.isnan(table)])) > 1:
        assert alpha(table, Metric.INTERVAL).value == pytest.approx(by_pairs(table))


@EVERY
@given(rows=TABLES, data=st.data())
def test_raters_and_units_may_change_places(metric: Metric, rows: list[list[int]], data: st.DataObject) -> None:
    shuffled = [data.draw(st.permutations(row)) for row in data.draw(st.permutations(rows))]
    assert alpha(shuffled, metric).value == pytest.approx(alpha(rows, metric).value)


@EVERY
@given(values=st.lists(st.integers(0, 5), min_size=3, max_size=9).filter(lambda values: len(set(values)) > 1))
def test_who_always_agrees_has_one(metric: Metric, values: list[int]) -> None:
    found = alpha([[value, value, None] for value in values], metric)
    assert found.value == pytest.approx(1)
    assert found.error == pytest.approx(0, abs=1e-9)


@settings(max_examples=25)
@given(TABLES)
def test_units_judged_once_change_nothing(rows: list[list[int]]) -> None:
    alone = [*rows, [2, None, None]]
    assert alpha(alone, Metric.NOMINAL).value == pytest.approx(alpha(rows, Metric.NOMINAL).value)


@given(TABLES)
def test_names_of_categories_do_not_matter_and_order_matters_only_as_order(rows: list[list[int]]) -> None:
    renamed = [[{1: 3, 2: 1, 3: 4, 4: 2}[value] for value in row] for row in rows]
    stretched = [[value**3 for value in row] for row in rows]
    assert alpha(renamed, Metric.NOMINAL).value == pytest.approx(alpha(rows, Metric.NOMINAL).value)
    assert alpha(stretched, Metric.ORDINAL).value == pytest.approx(alpha(rows, Metric.ORDINAL).value)


def test_many_units_bring_it_to_fleiss() -> None:
    """Alpha corrects for few judgements; with many the nominal one is Fleiss' kappa."""
    random = np.random.default_rng(2011)
    truth = random.integers(0, 3, 2000)
    ratings = np.where(random.random((2000, 4)) < 0.7, truth[:, None], random.integers(0, 3, (2000, 4)))
    tally = (ratings[:, :, None] == np.arange(3)).sum(axis=1)
    shares = tally.sum(axis=0) / tally.sum()
    few = fleiss(tally[:300]).value
    assert alpha(ratings[:300], Metric.NOMINAL).value == pytest.approx(few, abs=2e-3)
    assert few == pytest.approx(0.49, abs=0.05)
    assert shares == pytest.approx(1 / 3, abs=0.03)


def test_intervals_hold_at_their_level() -> None:
    """40 units by three raters whose scores share half their variance: alpha is about ½."""
    random = np.random.default_rng(2019)
    held = []
    for _ in range(300):
        ratings = random.normal(size=(40, 1)) + random.normal(size=(40, 3))
        held.append(0.5 in alpha(np.round(ratings, 1), Metric.INTERVAL, level=0.9).interval)
    assert np.mean(held) == pytest.approx(0.9, abs=0.05)


def test_what_has_no_alpha_is_refused() -> None:
    with pytest.raises(Refused, match="All judgements are the same"):
        alpha([[1, 1], [1, 1], [1, 1]], Metric.NOMINAL)
    with pytest.raises(Refused, match="2 units were judged by two or more: 3 or more"):
        alpha([[1, 2], [1, 1], [1, None]], Metric.NOMINAL)
    with pytest.raises(Refused, match=r"A judgement of -1\.0: 0 or more"):
        alpha([[1, -1], [1, 1], [1, 2]], Metric.RATIO)
    with pytest.raises(Refused, match="1 dimensions: a row for each unit"):
        alpha([1, 2, 3], Metric.NOMINAL)  # type: ignore[list-item]


@EVERY
def test_two_categories_by_hand(metric: Metric) -> None:
    """11, 12 and 22: found apart are 2 of 6, by chance 2·3·3 of 6·5; of two categories all scales are one."""
    assert alpha([[1, 1], [1, 2], [2, 2]], metric).value == pytest.approx(1 - (2 / 6) / (18 / 30))


@pytest.mark.parametrize(
    ("metric", "one_two", "one_three", "two_three"),
    [
        (Metric.NOMINAL, 1, 1, 1),
        (Metric.ORDINAL, 2.5**2, 4**2, 1.5**2),
        (Metric.INTERVAL, 1, 4, 1),
        (Metric.RATIO, 1 / 9, 1 / 4, 1 / 25),
    ],
)
def test_three_categories_by_hand(metric: Metric, one_two: float, one_three: float, two_three: float) -> None:
    """11, 22 and 13: apart are 1 and 3, twice of 6; by chance every pair of three 1, two 2 and one 3, of 6·5."""
    chance = 2 * (6 * one_two + 3 * one_three + 2 * two_three) / 30
    found = alpha([[1, 1], [2, 2], [1, 3]], metric).value
    assert found == pytest.approx(1 - 2 * one_three / 6 / chance)


def test_two_judgements_of_nothing_are_not_apart_on_the_ratio_scale() -> None:
    found = alpha([[0, 0], [0, 3], [3, 3]], Metric.RATIO)
    assert found.value == pytest.approx(alpha([[0, 0], [0, 3], [3, 3]], Metric.NOMINAL).value)


@EVERY
def test_less_agreement_than_by_chance_is_below_nothing(metric: Metric) -> None:
    assert alpha([[1, 2], [2, 1], [1, 2]], metric).value < 0


@EVERY
def test_a_metric_may_be_named_by_its_text(metric: Metric) -> None:
    ratings = [[1, 1, 2], [4, 4, 3], [2, 2, 2], [1, 3, 1]]
    assert alpha(ratings, metric.value) == alpha(ratings, metric)


def test_a_metric_that_is_none_is_not_taken_for_an_order() -> None:
    with pytest.raises(Refused, match="“metric” is “circular”; expected one of nominal, ordinal, interval, ratio"):
        alpha([[1, 1], [2, 2], [1, 2]], "circular")
