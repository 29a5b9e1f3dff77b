import math
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.designs import DesignError
from zhicheng.core.estimates.margins import CalibrationError, Margin, checked_margin

classes = st.lists(st.sampled_from("abc"), min_size=1, max_size=20)


@given(classes)
def test_sums_are_those_of_the_indicators(labels: list[str]) -> None:
    margin = Margin("kind", labels, {"a": 5, "b": 3, "c": 2})
    weights = np.arange(1.0, len(labels) + 1)
    assert margin.sums(weights).tolist() == (weights @ margin.indicators()).tolist()
    assert margin.indicators().sum(axis=1).tolist() == [1] * len(labels)


@given(classes)
def test_places_name_the_class_of_each_unit(labels: list[str]) -> None:
    margin = Margin("kind", labels, {"c": 5, "a": 3, "b": 2})
    assert [margin.classes[place] for place in margin.index] == labels
    assert margin.counts.tolist() == [5, 3, 2]
    assert margin.total == 10


def test_classes_may_be_anything_that_can_be_told_apart() -> None:
    margin = Margin("crossed", np.array([1, 2, 1]).tolist(), {1: 4, 2: 6})
    assert margin.sums(np.ones(3)).tolist() == [2, 1]
    pairs = Margin("crossed", [("shop", "east"), ("farm", "east")], {("farm", "east"): 1, ("shop", "east"): 2})
    assert pairs.index.tolist() == [1, 0]


@pytest.mark.parametrize("missing", [None, math.nan, "d"])
def test_a_class_without_a_population_is_refused(missing: object) -> None:
    with pytest.raises(
        CalibrationError, match=f"“kind”: 2 units are in “{missing}”, whose population is not given"
    ):
        Margin("kind", ["a", missing, "b", missing], {"a": 5, "b": 3})


@pytest.mark.parametrize("population", [-1, math.nan, math.inf, None, "-3"])
def test_what_is_no_population_is_refused(population: Any) -> None:
    with pytest.raises(CalibrationError, match=r"“kind”: a population of .* in “b”; expected a number, 0 or more"):
        Margin("kind", ["a"], {"a": 5, "b": population})


def test_a_population_in_words_is_refused() -> None:
    with pytest.raises(DesignError, match="“kind” holds “many”; expected numbers"):
        Margin("kind", ["a"], {"a": cast("float", "many")})


def test_a_class_that_nobody_stands_for_is_refused() -> None:
    margin = Margin("kind", ["a", "a"], {"a": 5, "b": 3})
    with pytest.raises(
        CalibrationError, match="no unit of the sample is in “b”, which has a population of 3; join it"
    ):
        margin.check_represented(np.ones(2))


def test_another_number_of_units_is_refused() -> None:
    with pytest.raises(CalibrationError, match="“kind” has a class for 2 units; expected one for each of the 3"):
        Margin("kind", ["a", "b"], {"a": 5, "b": 3}).check_represented(np.ones(3))


def test_units_whose_weight_is_0_stand_for_nobody() -> None:
    with pytest.raises(CalibrationError, match="no unit of the sample is in “b”"):
        Margin("kind", ["a", "b"], {"a": 5, "b": 3}).check_represented(np.array([1.0, 0.0]))


def test_units_of_a_class_that_has_nobody_are_refused() -> None:
    with pytest.raises(CalibrationError, match="units of the sample are in “b”, which has a population of 0"):
        Margin("kind", ["a", "b"], {"a": 5, "b": 0}).check_represented(np.ones(2))


def test_a_class_that_is_empty_on_both_sides_is_no_matter() -> None:
    Margin("kind", ["a"], {"a": 5, "b": 0}).check_represented(np.ones(1))


def test_populations_are_by_class() -> None:
    with pytest.raises(
        CalibrationError, match=r"“kind” has the populations “\[2, 3\]”; expected a number by class"
    ):
        Margin("kind", ["a", "b"], [2, 3])  # type: ignore[arg-type]


def test_labels_that_are_no_classes_are_refused() -> None:
    with pytest.raises(DesignError, match="“kind” is “5”; expected a column with a label for each row"):
        Margin("kind", 5, {"a": 3})  # type: ignore[arg-type]
    with pytest.raises(DesignError, match=r"row 1 has the label “\['a'\]”, a list; expected a text"):
        Margin("kind", ["a", ["a"]], {"a": 3})  # type: ignore[list-item]


def test_a_share_of_a_person_stands_for_somebody() -> None:
    """Weights below 1, as those scaled to a mean of 1, are weights; a population below 1 is one, too."""
    Margin("kind", ["a", "b"], {"a": 0.5, "b": 0.25}).check_represented(np.array([0.5, 0.01]))
    with pytest.raises(CalibrationError, match=r"no unit of the sample is in “b”, which has .* of 0\.25"):
        Margin("kind", ["a", "b"], {"a": 0.5, "b": 0.25}).check_represented(np.array([0.5, 0.0]))
    with pytest.raises(CalibrationError, match="units of the sample are in “b”, which has a population of 0"):
        Margin("kind", ["a", "b"], {"a": 0.5, "b": 0}).check_represented(np.array([0.5, 0.1]))


@pytest.mark.parametrize("given", [None, 5, "kind", {"a": 2}, Margin])
def test_a_margin_is_one_and_nothing_else(given: object) -> None:
    with pytest.raises(CalibrationError, match="is no margin; expected Margin"):
        checked_margin(given)  # type: ignore[arg-type]
    margin = Margin("kind", ["a"], {"a": 2})
    assert checked_margin(margin) is margin
