import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.designs.columns import DesignError, codes_of
from zhicheng.core.designs.stage import LonelyPsu, Stage

RULES = [LonelyPsu.REMOVE, LonelyPsu.CERTAINTY, LonelyPsu.ADJUST, LonelyPsu.AVERAGE]


def stage_of(strata: list, units: list, population: list[float] | None = None) -> Stage:
    """A stage whose units are told apart by stratum and label."""
    pairs = list(zip(strata, units, strict=True))
    return Stage.of(
        units=codes_of(pairs),
        strata=codes_of(strata),
        names=strata,
        population=None if population is None else np.array(population),
    )


def by_definition(strata: list, units: list, values: np.ndarray, population: list[float] | None) -> np.ndarray:
    """Σ over strata of (1 − n/N) n/(n − 1) Σ (t − t̄)(t − t̄)ᵀ, one unit at a time."""
    found = np.zeros((values.shape[1], values.shape[1]))
    for stratum in set(strata):
        rows = [row for row, label in enumerate(strata) if label == stratum]
        totals = [sum(values[row] for row in rows if units[row] == unit) for unit in {units[row] for row in rows}]
        n, size = len(totals), np.inf if population is None else population[rows[0]]
        middle = sum(totals) / n
        spread = sum(np.outer(total - middle, total - middle) for total in totals)
        if n > 1:
            found += (1 - n / size) * n / (n - 1) * spread
    return found


@st.composite
def samples(draw: st.DrawFn) -> tuple[list, list, np.ndarray, list[float] | None]:
    rows = draw(st.integers(2, 14))
    strata = draw(st.lists(st.sampled_from("ab"), min_size=rows, max_size=rows))
    units = draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows))
    values = draw(st.lists(st.floats(-9, 9), min_size=2 * rows, max_size=2 * rows))
    population = [{"a": 5.0, "b": 9.0}[stratum] for stratum in strata] if draw(st.booleans()) else None
    return strata, units, np.array(values).reshape(rows, 2), population


@given(samples())
def test_a_stage_adds_what_its_formula_says(sample):
    strata, units, values, population = sample
    found = stage_of(strata, units, population).covariance(values, LonelyPsu.REMOVE)
    assert found == pytest.approx(by_definition(strata, units, values, population), abs=1e-9)


@given(samples(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(sample, random):
    strata, units, values, population = sample
    order = list(range(len(strata)))
    random.shuffle(order)
    shuffled = stage_of(
        [strata[row] for row in order],
        [units[row] for row in order],
        None if population is None else [population[row] for row in order],
    )
    expected = stage_of(strata, units, population).covariance(values, LonelyPsu.REMOVE)
    assert shuffled.covariance(values[order], LonelyPsu.REMOVE) == pytest.approx(expected, abs=1e-9)


def test_a_unit_alone_in_its_stratum_is_refused_by_name():
    stage = stage_of(["north", "north", "south"], [1, 2, 1])
    with pytest.raises(DesignError, match="stratum “south” has one sampled unit; expected two, or a rule"):
        stage.covariance(np.ones((3, 1)), LonelyPsu.FAIL)


@pytest.mark.parametrize("rule", [LonelyPsu.FAIL, *RULES])
def test_a_unit_that_is_its_whole_stratum_is_not_lonely(rule):
    stage = stage_of(["n", "n", "s"], [1, 2, 1], [4.0, 4.0, 1.0])
    values = np.array([[1.0], [3.0], [50.0]])
    assert stage.covariance(values, rule) == pytest.approx(np.array([[(1 - 2 / 4) * 2 * 2.0]]))


def test_rules_for_a_lonely_unit():
    """Strata with totals (1, 3) and (8): the second adds nothing, its distance from 4, or what the first adds."""
    stage = stage_of(["n", "n", "s"], [1, 2, 1])
    values = np.array([[1.0], [3.0], [8.0]])
    first = 2 * 2.0
    expected = {"remove": first, "certainty": first, "adjust": first + (8 - 4) ** 2, "average": 2 * first}
    found = {rule.value: float(stage.covariance(values, rule)[0, 0]) for rule in RULES}
    assert found == pytest.approx(expected)


def test_no_stratum_to_average_over():
    with pytest.raises(DesignError, match="every stratum has a single sampled unit"):
        stage_of(["n", "s"], [1, 1]).covariance(np.ones((2, 1)), LonelyPsu.AVERAGE)


def test_strata_outside_the_domain_are_left_out_of_averages():
    stage = stage_of(["n", "n", "s", "w"], [1, 2, 1, 1])
    values = np.array([[1.0], [3.0], [8.0], [0.0]])
    inside = np.array([True, True, True, False])
    assert float(stage.covariance(values, LonelyPsu.AVERAGE, occupied=inside)[0, 0]) == pytest.approx(2 * 4.0)
    assert float(stage.covariance(values, LonelyPsu.AVERAGE)[0, 0]) == pytest.approx(3 * 4.0)


def test_lonely_in_the_domain_alone():
    """Of stratum s the domain has one unit of two; the rule is asked to apply to it, or not."""
    stage = stage_of(["n", "n", "s", "s"], [1, 2, 1, 2])
    values = np.array([[1.0], [3.0], [8.0], [0.0]])
    inside = np.array([True, True, True, False])
    usual = float(stage.covariance(values, LonelyPsu.ADJUST, occupied=inside)[0, 0])
    assert usual == pytest.approx(2 * 2.0 + 2 * 32.0)
    adjusted = stage.covariance(values, LonelyPsu.ADJUST, occupied=inside, lonely_in_domain=True)
    middle = 12 / 4
    assert float(adjusted[0, 0]) == pytest.approx(2 * 2.0 + 2 * ((8 - middle) ** 2 + middle**2))
    averaged = stage.covariance(values, LonelyPsu.AVERAGE, occupied=inside, lonely_in_domain=True)
    assert float(averaged[0, 0]) == pytest.approx(2 * 4.0)


def test_a_stratum_without_a_name_is_the_first():
    stage = Stage.of(units=codes_of([1]), strata=codes_of([1]))
    with pytest.raises(DesignError, match=r"stratum “1” has .* \(remove, certainty, adjust, average\)$"):
        stage.covariance(np.ones((1, 1)), LonelyPsu.FAIL)


def test_a_lonely_stratum_outside_the_domain_is_nobodys_trouble():
    stage = stage_of(["n", "n", "s"], [1, 2, 1])
    values = np.array([[1.0], [3.0], [0.0]])
    found = stage.covariance(values, LonelyPsu.FAIL, occupied=np.array([True, True, False]))
    assert found.tolist() == [[4.0]]


@pytest.mark.parametrize(("left_out", "varies"), [(1e-6, True), (1e-8, False)])
def test_a_stratum_of_which_hardly_anything_was_left_out(left_out, varies):
    size = 2 / (1 - left_out)
    found = float(stage_of("nn", [1, 2], [size, size]).covariance(np.array([[1.0], [3.0]]), LonelyPsu.FAIL)[0, 0])
    assert found == pytest.approx(4 * left_out if varies else 0, rel=1e-6, abs=0)


LATER = Stage.of(
    units=codes_of(range(7)),
    strata=codes_of(["1p", "1p", "1q", "2p", "2p", "2q", "2q"]),
    parents=codes_of("1112222")[0],
    carried=np.array([0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25]),
)
"""Units in strata of two units of an earlier stage, in the first of which one unit is lonely."""


@pytest.mark.parametrize(
    ("rule", "of_the_first"),
    [(LonelyPsu.REMOVE, 0.5 * 4), (LonelyPsu.ADJUST, 0.5 * (4 + (8 - 4) ** 2)), (LonelyPsu.AVERAGE, 2 * 0.5 * 4)],
)
def test_a_lonely_unit_is_compared_within_the_unit_around_it(rule, of_the_first):
    values = np.array([1.0, 3.0, 8.0, 10.0, 16.0, 50.0, 70.0])[:, None]
    of_the_second = 0.25 * (2 * 18 + 2 * 200)
    assert float(LATER.covariance(values, rule)[0, 0]) == pytest.approx(of_the_first + of_the_second)


def test_a_unit_around_that_the_domain_leaves_out_averages_over_nothing():
    values = np.array([0.0, 0.0, 0.0, 10.0, 16.0, 50.0, 70.0])[:, None]
    found = LATER.covariance(values, LonelyPsu.AVERAGE, occupied=np.array([False] * 3 + [True] * 4))
    assert float(found[0, 0]) == pytest.approx(0.25 * (2 * 18 + 2 * 200))
