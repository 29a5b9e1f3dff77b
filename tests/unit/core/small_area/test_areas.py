import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.small_area import Areas, SmallAreaError, binomial_variances

NAN = float("nan")


def test_areas_without_an_estimate_are_told_from_those_with_one():
    areas = Areas.of([0.1, None, 0.3, NAN], [0.01, None, 0.02, NAN], np.ones(4))
    assert areas.sampled.tolist() == [True, False, True, False]
    assert len(areas) == 4


def test_names_are_given_or_counted():
    assert Areas.of([1, 2], [1, 1], [1, 1]).names == ("1", "2")
    areas = Areas.of([1, 2, 4], [1, 1, 1], [[1, 0], [1, 5], [1, 9]], regressor_names=["constant", "firms"])
    assert areas.regressor_names == ("constant", "firms")


@pytest.mark.parametrize(
    ("direct", "variances", "regressors", "sentence"),
    [
        ([1, 2], [1], [1, 1], "2 names, 2 estimates, 1 variances, 2 rows; expected is one for each area"),
        ([1, 2], [1, 1], [1, 1, 1], "2 names, 2 estimates, 2 variances, 3 rows; expected is one for each area"),
        ([[1, 2]], [1, 1], [1, 1], "2 names, 2 estimates, 2 variances, 2 rows; expected is one for each area"),
        ([1, 2], [[1, 1]], [1, 1], "2 names, 2 estimates, 2 variances, 2 rows; expected is one for each area"),
        (
            [1, 2],
            [1, 1],
            np.ones((2, 1, 1)),
            "2 names, 2 estimates, 2 variances, 2 rows; expected is one for each",
        ),
        ([1, np.inf], [1, np.inf], [1, 1], "Area “b” has the direct estimate inf with the variance inf"),
        ([1, -np.inf], [1, NAN], [1, 1], "Area “b” has the direct estimate -inf with the variance nan"),
        ([1, 2], [1, 1], [[1, 1], [1, NAN]], "Area “b” has no value of the regressor “2”; a model needs all"),
        ([1, NAN], [1, NAN], [1, np.inf], "Area “b” has no value of the regressor “1”; a model needs all"),
        (
            [1, 2],
            [1, 0],
            [1, 1],
            "Area “b” has the variance 0; expected is above 0: smooth it over all areas",
        ),
        ([1, 2], [1, -3], [1, 1], "Area “b” has the variance -3; expected is above 0"),
        ([1, NAN], [1, 2], [1, 1], "Area “b” has the direct estimate nan with the variance 2"),
        ([1, 2], [1, NAN], [1, 1], "Area “b” has the direct estimate 2 with the variance nan"),
        ([1, np.inf], [1, 1], [1, 1], "Area “b” has the direct estimate inf with the variance 1"),
        ([1, 2], [1, 1], [1, NAN], "Area “b” has no value of the regressor “1”; a model needs all"),
        (
            [1, 2],
            [1, 1],
            [[1, 3], [1, 4]],
            "2 areas with a direct estimate for 2 regressors; expected are more areas",
        ),
        ([1, NAN], [1, NAN], [1, 1], "1 areas with a direct estimate for 1 regressors; expected are more areas"),
    ],
)
def test_what_cannot_be_modelled_is_refused_by_name(direct, variances, regressors, sentence):
    with pytest.raises(SmallAreaError) as refused:
        Areas.of(direct, variances, regressors, names=["a", "b"])
    assert str(refused.value).startswith(sentence)


def test_regressors_need_their_names():
    with pytest.raises(SmallAreaError, match="1 names for 2 regressors; expected is one for each"):
        Areas.of([1, 2, 3], [1, 1, 1], np.ones((3, 2)), regressor_names=["constant"])


@pytest.mark.parametrize(
    ("regressors", "options", "sentence"),
    [
        (5, {}, "3 names, 3 estimates, 3 variances, 1 rows; expected is one for each area"),
        (np.ones((3, 0)), {}, "There is no regressor; expected is one or more"),
        (np.ones((3, 1)), {"names": ["A", "B", "A"]}, "Several areas are called “A”"),
        (np.ones((3, 8)), {"regressor_names": [*"dcbadcba"]}, "Several regressors are called “a”"),
        (np.ones((3, 2)), {"regressor_names": ["x", "x"]}, "Several regressors are called “x”"),
    ],
)
def test_what_cannot_be_told_apart_or_is_missing_is_refused(regressors, options, sentence):
    with pytest.raises(SmallAreaError, match=sentence):
        Areas.of([1, 2, 3], [1, 1, 1], regressors, **options)


def table(**columns: list[float]) -> tuple[np.ndarray, list[str]]:
    return np.column_stack(list(columns.values())), list(columns)


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ({"constant": [1, 1, 1, 1, 1], "same": [3, 3, 3, 3, 3], "firms": [1, 5, 2, 8, 4]}, {"constant", "same"}),
        ({"constant": [1, 1, 1, 1, 1], "nothing": [0, 0, 0, 0, 0]}, {"nothing"}),
        ({"east": [1, 1, 0, 0, 0], "west": [0, 0, 1, 1, 1], "all": [1, 1, 1, 1, 1]}, {"east", "west", "all"}),
        ({"firms": [1, 5, 2, 8, 4], "thousands": [0.001, 0.005, 0.002, 0.008, 0.004]}, {"firms", "thousands"}),
    ],
)
def test_a_regressor_that_others_determine_is_named(columns, named):
    regressors, names = table(**columns)
    with pytest.raises(SmallAreaError, match="Regressors that the others determine") as refused:
        Areas.of(np.arange(5.0), np.ones(5), regressors, regressor_names=names)
    assert set(str(refused.value.params["regressors"]).split(", ")) < named | {"none"}


def test_regressors_must_differ_among_the_areas_with_an_estimate():
    """An indicator that is 1 only where nothing was tested cannot be learned."""
    regressors = np.column_stack([np.ones(5), [0, 0, 0, 0, 1]])
    with pytest.raises(SmallAreaError, match="Regressors that the others determine: 2"):
        Areas.of([1, 2, 3, 4, None], [1, 1, 1, 1, None], regressors)


def test_regressors_of_very_different_size_are_not_mistaken_for_dependent():
    regressors = np.column_stack(
        [np.ones(6), [1e9, 2e9, 5e9, 3e9, 1e9, 7e9], [1e-6, 3e-6, 2e-6, 2e-6, 1e-6, 9e-6]]
    )
    assert len(Areas.of(np.arange(6.0), np.ones(6), regressors)) == 6


@pytest.mark.parametrize(("own", "refused"), [(0.5e-9, True), (2e-9, False)])
def test_a_regressor_is_its_own_from_a_share_of_a_thousand_millionth(own: float, refused: bool):
    """The second column is the first, but for what is orthogonal to it and has this share of its length."""
    regressors = np.column_stack([[1.0, 1, 1, 1], np.array([1.0, 1, 1, 1]) + own * np.array([1.0, -1, 1, -1])])
    if refused:
        with pytest.raises(SmallAreaError, match="Regressors that the others determine"):
            Areas.of(np.arange(4.0), np.ones(4), regressors)
    else:
        assert len(Areas.of(np.arange(4.0), np.ones(4), regressors)) == 4


def test_variances_by_hand_where_some_areas_were_not_tested():
    """4 of 80 failed: 0.05 × 0.95 / n."""
    found = binomial_variances([1, 0, 3, 0], [10, 0, 60, 10])
    assert found == pytest.approx([0.00475, NAN, 0.0475 / 60, 0.00475], nan_ok=True)
    assert binomial_variances(3, 12).tolist() == [0.25 * 0.75 / 12]


@pytest.mark.parametrize(("failed", "tested"), [([0, 0], [5, 9]), ([5, 9], [5, 9]), ([0, 0], [0, 0])])
def test_where_none_or_all_failed_there_is_no_variance(failed, tested):
    with pytest.raises(
        SmallAreaError, match="Of all tested batches none, or all, failed: a variance cannot be told"
    ):
        binomial_variances(failed, tested)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8))
def test_smoothed_variances_fall_with_the_batches_alone(past: list[tuple[int, int]]):
    failed, passed = np.array(past).T
    tested = failed + passed
    if failed.sum() in (0, tested.sum()):
        with pytest.raises(SmallAreaError, match="none, or all, failed"):
            binomial_variances(failed, tested)
        return
    variances = binomial_variances(failed, tested)
    rate = failed.sum() / tested.sum()
    assert np.isnan(variances).tolist() == (tested == 0).tolist()
    assert variances[tested > 0] * tested[tested > 0] == pytest.approx(rate * (1 - rate))


@pytest.mark.parametrize(
    ("failed", "tested"), [([3], [2]), ([-1, 2], [4, 4]), ([1, 2], [4]), ([1, NAN], [4, 4]), ([1, 1], [4, np.inf])]
)
def test_numbers_of_batches_that_cannot_be_are_refused(failed, tested):
    with pytest.raises(SmallAreaError, match="Failed batches are from 0 to the tested ones"):
        binomial_variances(failed, tested)


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        ({"direct": [0.1, "low", 0.3]}, "direct", "low"),
        ({"variances": [1, 1, "?"]}, "variances", "?"),
        ({"variances": "small"}, "variances", "small"),
        ({"regressors": [[1], ["no"], [1]]}, "regressors", "no"),
    ],
)
def test_text_for_numbers_of_areas_is_refused_with_its_column(given, name: str, value: str):
    with pytest.raises(SmallAreaError) as refused:
        Areas.of(**{"direct": [0.1, 0.2, 0.3], "variances": [1, 1, 1], "regressors": [1, 1, 1], **given})
    said = f"“{name}” holds “{value}”; expected numbers, and None or NaN where one is missing"
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("failed", "tested", "name"), [([1, "two"], [5, 5], "failed"), ([1, 2], [5, "many"], "tested")]
)
def test_text_for_numbers_of_batches_is_refused_with_its_column(failed: list, tested: list, name: str):
    with pytest.raises(SmallAreaError, match=f"“{name}” holds “(two|many)”; expected numbers"):
        binomial_variances(failed, tested)


def test_regressors_called_by_numbers_are_told_as_well():
    with pytest.raises(SmallAreaError, match=r"the others determine: 202[56]; the model"):
        Areas.of([1, 2, 4], [1, 1, 1], [[1, 2], [1, 2], [1, 2]], regressor_names=[2025, 2026])
