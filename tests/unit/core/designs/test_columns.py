import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.designs.columns import (
    DesignError,
    check_labels,
    codes_of,
    count_of,
    distinct,
    floats,
    is_missing,
    nested,
    numbers,
    within,
)

whole = st.lists(st.integers(-(2**40), 2**40), min_size=1, max_size=30)
small = st.lists(st.integers(-3, 3), min_size=1, max_size=30)
text = st.lists(st.sampled_from(["", "a", "b", "甲", "乙"]), min_size=1, max_size=30)
mixed = st.lists(st.sampled_from([1, "1", True, 2.5, ("a", 1)]), min_size=1, max_size=20)


def same_partition(codes: np.ndarray, labels: list) -> bool:
    return all(
        (codes[one] == codes[other]) == (labels[one] == labels[other])
        for one in range(len(labels))
        for other in range(one)
    )


@given(st.one_of(whole, small, text, mixed))
def test_codes_are_equal_where_labels_are_and_have_no_gaps(labels: list) -> None:
    codes, count = codes_of(labels)
    assert same_partition(codes, labels)
    assert sorted(set(codes.tolist())) == list(range(count))


@given(st.one_of(whole, text))
def test_arrays_and_lists_have_the_same_parts(labels: list) -> None:
    codes, count = codes_of(np.array(labels))
    assert same_partition(codes, labels)
    assert count == len(set(labels))


@given(small)
def test_whole_numbers_are_coded_in_their_order(labels: list[int]) -> None:
    codes, _ = codes_of(labels)
    assert codes.tolist() == [sorted(set(labels)).index(label) for label in labels]
    assert codes_of([float(label) for label in labels])[0].tolist() == codes.tolist()


@given(small, st.data())
def test_nested_codes_tell_pairs_apart(outer: list[int], data: st.DataObject) -> None:
    inner = data.draw(st.lists(st.integers(0, 3), min_size=len(outer), max_size=len(outer)))
    codes, count = nested(codes_of(outer)[0], codes_of(inner)[0])
    pairs = list(zip(outer, inner, strict=True))
    assert same_partition(codes, pairs)
    assert count == len(set(pairs))


@pytest.mark.parametrize("missing", [None, float("nan")])
@pytest.mark.parametrize("filled", ["b", 7])
def test_a_row_without_label_is_named(missing, filled):
    with pytest.raises(DesignError, match="row 1 has no label"):
        codes_of([filled, missing, filled])


def test_labels_stand_in_one_column():
    with pytest.raises(DesignError, match=r"shape \(2, 1\); expected one for each row"):
        codes_of(np.array([["a"], ["b"]]))


def test_one_number_stands_for_all_rows():
    assert numbers("weights", 2, 3).tolist() == [2, 2, 2]


def test_another_number_of_rows_is_refused():
    with pytest.raises(DesignError, match=r"“weights” has the shape \(2,\); expected one number for each of 3"):
        numbers("weights", [1, 2], 3)


def test_the_first_value_that_does_not_fit_is_named():
    values = np.array([0.5, -1.0, -2.0])
    with pytest.raises(DesignError, match=r"“share” is -1\.0 in row 1; expected > 0"):
        within("share", values, values > 0, "> 0")
    assert within("share", values, values < 1, "< 1") is values


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (["3", "", "4"], ""),
        ([1, None, "E"], "E"),
        (np.array(["H", "E"]), "H"),
        ("pw", "pw"),
        ({"a": 1}, "a"),
        (len, "<built-in function len>"),
    ],
)
def test_the_first_that_is_no_number_is_shown(values, shown):
    with pytest.raises(DesignError, match=f"“pw” holds “{shown}”; expected numbers, and None or NaN where one is"):
        floats("pw", values)


def test_numbers_written_as_texts_are_numbers():
    assert floats("pw", ["3", "4.5"]).tolist() == [3, 4.5]


@given(st.lists(st.sampled_from([1, "a", None, float("nan")]), min_size=1, max_size=3))
def test_a_label_of_parts_is_missing_if_any_of_them_is(parts: list) -> None:
    assert is_missing(tuple(parts)) == any(is_missing(part) for part in parts)


def test_labels_too_large_for_integers_stay_apart():
    codes, count = codes_of(np.array([1e19, 1e20, 1e19, 1e300]))
    assert (codes.tolist(), count) == ([0, 1, 0, 2], 3)


@pytest.mark.parametrize(
    ("labels", "row", "shown", "kind"),
    [
        (["n", ["s"], "s"], 1, r"\['s'\]", "list"),
        ([("n", 1), ("n", [2])], 1, r"\('n', \[2\]\)", "tuple"),
        (np.array([{"a": 1}, None], dtype=object), 0, r"\{'a': 1\}", "dict"),
    ],
)
def test_a_label_that_may_change_is_refused(labels, row, shown, kind):
    with pytest.raises(
        DesignError, match=f"row {row} has the label “{shown}”, a {kind}; expected a text, a number"
    ):
        codes_of(labels)


@given(mixed)
def test_labels_that_differ_are_counted(labels: list) -> None:
    assert distinct(labels) == set(labels)
    assert len(distinct(labels)) == codes_of(labels)[1]


@pytest.mark.parametrize("labels", [5, None, np.array("n"), (label for label in "ns")])
def test_one_value_is_no_column_of_labels(labels):
    with pytest.raises(DesignError, match=r"“strata” is “.*”; expected a column with a label for each row"):
        count_of("strata", labels)


def test_labels_for_other_rows_are_refused():
    check_labels("strata", "nns", 3)
    with pytest.raises(DesignError, match="“strata” has 3 labels; expected one for each of 2 rows"):
        check_labels("strata", "nns", 2)


def test_a_column_of_one_number_spread_wide_is_coded_as_a_narrow_one():
    """Past four times the rows and 1,024 numbers are sorted; up to there they are counted."""
    for step in (1, 1024 // 2, 1027 // 2, 2**40):
        labels = np.array([5, 5 + step, 5, 5 + 2 * step])
        codes, count = codes_of(labels)
        assert (codes.tolist(), count) == ([0, 1, 0, 2], 3)


def test_texts_of_an_array_have_the_codes_of_their_order_of_appearance():
    labels = ["b", "b", "a", "c", "a", "b"]
    for column in (labels, np.array(labels), np.array(labels, dtype=object)):
        assert codes_of(column)[0].tolist() == [0, 0, 1, 2, 1, 0]
