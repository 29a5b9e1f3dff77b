import numpy as np
import pytest

from zhicheng.core.designs.columns import DesignError
from zhicheng.core.designs.drawing import drawing


def test_a_repeated_label_in_another_stratum_is_another_unit_when_nested():
    drawn = drawing([[1, 2, 1, 2]], [["n", "n", "s", "s"]], None, nest=True)
    assert drawn.stages[0].sampled.tolist() == [2, 2]
    assert len(set(drawn.psu.tolist())) == 4


def test_otherwise_it_is_refused_by_name():
    with pytest.raises(DesignError, match="unit “7” lies in two strata; expected one, or nest=True"):
        drawing([[7, 7]], [["n", "s"]], None, nest=False)


def test_later_units_are_nested_in_earlier_ones():
    drawn = drawing([["a", "a", "b", "b"], [1, 2, 1, 2]], None, [[9] * 4, [5] * 4], nest=False)
    first, second = drawn.stages
    assert first.sampled.tolist() == [2]
    assert second.sampled.tolist() == [2, 2]
    assert second.carried.tolist() == pytest.approx([2 / 9, 2 / 9])
    assert drawn.weights.tolist() == pytest.approx([9 / 2 * 5 / 2] * 4)


def test_later_strata_divide_the_units_around_them():
    drawn = drawing(
        [[1, 1, 1, 1], [1, 2, 3, 4]], [[0, 0, 0, 0], ["x", "x", "y", "y"]], [[3] * 4, [4] * 4], nest=False
    )
    assert drawn.stages[1].sampled.tolist() == [2, 2]
    assert drawn.stages[1].parent.tolist() == [0, 0]


def test_without_population_only_the_first_stage_counts():
    drawn = drawing([["a", "a", "b"], [1, 2, 1]], None, None, nest=False)
    assert len(drawn.stages) == 1
    assert drawn.weights is None


def test_an_endless_population_gives_no_weights():
    drawn = drawing([["a", "b"], [1, 1]], None, [[np.inf, np.inf], [4, 4]], nest=False)
    assert drawn.weights is None
    assert drawn.stages[0].left_out.tolist() == [1, 1]
    assert drawn.stages[1].carried.tolist() == [0, 0]


def test_counts_and_fractions_say_the_same():
    counts = drawing([[1, 2, 3]], [["n", "n", "s"]], [[8, 8, 5]], nest=False)
    fractions = drawing([[1, 2, 3]], [["n", "n", "s"]], [[0.25, 0.25, 0.2]], nest=False)
    assert fractions.stages[0].left_out == pytest.approx(counts.stages[0].left_out)
    assert fractions.weights == pytest.approx(counts.weights)


def test_unequal_chances_correct_each_unit_by_its_own():
    drawn = drawing([[1, 2]], None, [[0.25, 0.5]], nest=False, unequal=True)
    assert drawn.stages[0].left_out == pytest.approx([0.75, 0.5])
    assert drawn.weights == pytest.approx([4, 2])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[1, 2], [1]], None, None), "“units” has 1 labels; expected one for each of 2 rows"),
        (([[1, 2]], [["n"]], None), "“strata” has 1 labels; expected one for each of 2 rows"),
        (([[]], None, None), "the sample has no rows"),
        (([[1, 2]], None, [[1, 1.5]]), "is 1.0 in row 0; expected at least as many units as were drawn"),
        (
            ([[1, 2]], None, [[0.5, 8]]),
            "“population of stage 1” is 0.5 in row 0; expected ≥ 1, or ≤ 1 in every row",
        ),
        (([[1, 2]], None, [[9, 8]]), "is 9.0 in row 0; expected the same number in every row of a stratum"),
        (([[1, 2]], None, [[0, 8]]), "is 0.0 in row 0; expected > 0"),
        (([[1, 2]], None, [[9, np.nan]]), "is nan in row 1; expected > 0"),
        (([["a", None]], None, None), "row 1 has no label"),
    ],
)
def test_what_contradicts_itself_is_refused(arguments, message):
    with pytest.raises(DesignError, match=message):
        drawing(*arguments, nest=False)


def test_a_chance_above_one_is_refused():
    with pytest.raises(DesignError, match=r"is 1\.5 in row 1; expected 0 < π ≤ 1"):
        drawing([[1, 2]], None, [[0.5, 1.5]], nest=False, unequal=True)


def test_populations_by_the_label_of_their_stratum_or_of_the_unit_around():
    units, strata = [[1, 1, 2, 3], [1, 2, 1, 1]], [["n", "n", "n", "s"]]
    named = drawing(units, strata, [{"n": 8, "s": 5}, {1: 4, 2: 2, 3: 1}], nest=False)
    listed = drawing(units, strata, [[8, 8, 8, 5], [4, 4, 2, 1]], nest=False)
    assert named.weights.tolist() == listed.weights.tolist() == [8, 8, 8, 5]
    crossed = drawing(units, [strata[0], ["x", "y", "x", "x"]], [{"n": 8, "s": 5}, {"x": 3, "y": 2}], nest=False)
    assert crossed.weights.tolist() == [12, 8, 12, 15]


def test_a_stratum_without_population_is_named():
    with pytest.raises(DesignError, match="“population of stage 1” has no number for “s”; expected one for every"):
        drawing([[1, 2, 3]], [["n", "n", "s"]], [{"n": 8}], nest=False)
    with pytest.raises(DesignError, match="“population of stage 1” has no number for “None”"):
        drawing([[1, 2, 3]], None, [{"n": 8}], nest=False)


def test_unequal_chances_at_a_later_stage_follow_from_those_before():
    drawn = drawing([[1, 1, 2], [1, 2, 1]], None, [[0.5, 0.5, 0.2], [0.4, 0.4, 0.5]], nest=False, unequal=True)
    assert drawn.weights == pytest.approx([5, 5, 10])
    assert drawn.stages[1].carried == pytest.approx([0.5, 0.2])
    assert drawn.stages[1].left_out == pytest.approx([0.6, 0.6, 0.5])
