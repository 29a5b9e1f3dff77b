"""What path models are not made of is told: tables, weights, correlations, blocks and links that are none."""

from collections.abc import Callable

import numpy as np
import pytest

from zhicheng.core.refused import Refused
from zhicheng.core.scores import correlation_of, deviations_of, path_model


def test_constructs_that_have_nothing_in_common_have_no_weights() -> None:
    with pytest.raises(
        Refused, match="No question of “a” hangs together with the constructs that it is linked to"
    ):
        path_model(np.eye(4), {"a": [0, 1], "b": [2, 3]}, [("a", "b")])


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([1, -1, 1], "“weights” at place 2 is -1"),
        ([1, 1], "“weights” has 2 values and “answers” has 3"),
        ([0, 0, 0], "answered alike"),
    ],
)
def test_weights_that_are_none_are_refused(weights: list[float], said: str) -> None:
    with pytest.raises(Refused, match=said):
        correlation_of([[1, 2], [2, 5], [4, 3]], weights)


@pytest.mark.parametrize("function", [correlation_of, deviations_of])
@pytest.mark.parametrize(
    ("table", "said"),
    [
        ([1.0, 2.0, 3.0], r"Answers of shape \(3,\) with 0 missing: a full table was expected"),
        ([[1.0, np.nan], [np.nan, 2.0]], r"Answers of shape \(2, 2\) with 2 missing: a full table was expected"),
        ([[1.0, 7.0], [2.0, 7.0]], "Question 2 is answered alike by all: it has no correlation"),
        ([[1e9, 1.0], [1e9 + 1e-6, 2.0]], "Question 1 is answered alike by all"),
        ([[0.0, 1.0], [0.0, 2.0]], "Question 1 is answered alike by all"),
        ([[1.0, -7.3], [3.0, -7.3], [2.0, -7.3]], "Question 2 is answered alike by all"),
    ],
)
def test_tables_that_tell_nothing_are_refused(function: Callable[..., object], table: list, said: str) -> None:
    with pytest.raises(Refused, match=said):
        function(table)


@pytest.mark.parametrize(
    "correlation",
    [
        [[1, 0.5], [0.4, 1]],
        [[1, 0.5], [0.5, 0.9]],
        [[2, 0.5], [0.5, 2]],
        [[1, np.nan], [np.nan, 1]],
        [1, 1],
        [[1, 0.5]],
    ],
)
def test_what_are_no_correlations_is_refused(correlation: list) -> None:
    with pytest.raises(
        Refused, match=r"Correlations of shape \(.*\): a symmetric table with 1 on its diagonal was expec"
    ):
        path_model(correlation, {"a": [0], "b": [1]}, [("a", "b")])


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ([("a", "b"), ("b", "a"), ("b", "c")], "The links a → b, b → a go in a circle"),
        ([("c", "a"), ("a", "b"), ("b", "a")], "The links a → b, b → a go in a circle"),
        ([("a", "b"), ("b", "c"), ("c", "c")], "The links c → c go in a circle"),
        ([("a", "b"), ("b", "c"), ("c", "a")], "The links a → b, b → c, c → a go in a circle"),
        ([("a", "b")], "“c” has no block of questions or no link to another construct"),
        ([], "“a, b, c” has no block of questions or no link"),
    ],
)
def test_links_that_lead_nowhere_are_named(links: list[tuple[str, str]], said: str) -> None:
    """A circle is named without what hangs on it and does not lead back."""
    correlation = [[1, 0.5, 0.6], [0.5, 1, 0.7], [0.6, 0.7, 1]]
    with pytest.raises(Refused) as refused:
        path_model(correlation, {"a": [0], "b": [1], "c": [2]}, links)
    assert said in str(refused.value)


def test_questions_that_are_none_are_listed() -> None:
    with pytest.raises(Refused, match=r"Questions \[0, -1\]: each of 0 to 1 at most once was expected"):
        path_model(np.eye(2), {"a": [0], "b": [-1]}, [("a", "b")])
    with pytest.raises(Refused, match=r"Questions \[1, 1\]: each of 0 to 1 at most once was expected"):
        path_model(np.eye(2), {"a": [1], "b": [1]}, [("a", "b")])
