import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from unit.core.estimates.samples import Sample, samples
from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import independence

ROWS, COLUMNS = list("aabababbabaababb"), list("xyxxyyzyzxzyxyzx")
SIMPLE = Design.simple(16, weights=10)


def counts(rows: list, columns: list) -> np.ndarray:
    pairs = list(zip(rows, columns, strict=True))
    return np.array([[pairs.count((row, column)) for column in "xyz"] for row in "ab"])


def test_of_independent_draws_the_statistic_is_pearsons():
    found = independence(SIMPLE, ROWS, COLUMNS)
    pearson = stats.chi2_contingency(counts(ROWS, COLUMNS), correction=False)
    assert found.chi_squared == pytest.approx(pearson.statistic)
    assert found.shares == pytest.approx(counts(ROWS, COLUMNS) / 16)
    assert (found.rows, found.columns) == (("a", "b"), ("x", "y", "z"))


@given(samples(), st.data())
def test_rows_and_columns_are_alike(sample: Sample, data: st.DataObject) -> None:
    design, _ = sample
    rows = data.draw(st.lists(st.sampled_from("ab"), min_size=design.size - 4, max_size=design.size - 4))
    columns = data.draw(st.lists(st.sampled_from("xyz"), min_size=design.size - 4, max_size=design.size - 4))
    rows, columns = [*rows, "a", "b", "a", "b"], [*columns, "x", "y", "z", "x"]
    one, other = independence(design, rows, columns), independence(design, columns, rows)
    assert other.f == pytest.approx(one.f, rel=1e-6, abs=1e-9)
    assert (other.numerator, other.p) == pytest.approx((one.numerator, one.p), rel=1e-6)


@given(st.permutations("ab"), st.permutations("xyz"))
def test_names_do_not_matter(rows, columns):
    renamed = independence(
        SIMPLE,
        [rows["ab".index(label)] for label in ROWS],
        [columns["xyz".index(label)] for label in COLUMNS],
    )
    assert renamed.f == pytest.approx(independence(SIMPLE, ROWS, COLUMNS).f)


def test_doubling_every_row_within_its_cluster_proves_nothing_new():
    clusters = np.arange(16)
    once = independence(Design.clusters(clusters, weights=2), ROWS, COLUMNS)
    twice = independence(
        Design.clusters(np.repeat(clusters, 2), weights=1), np.repeat(ROWS, 2), np.repeat(COLUMNS, 2)
    )
    assert twice.f == pytest.approx(once.f)
    assert twice.p == pytest.approx(once.p)
    assert twice.chi_squared == pytest.approx(2 * once.chi_squared)


def test_a_strong_tie_is_seen_and_none_is_not():
    tied = independence(Design.simple(40, weights=1), list("ab") * 20, [*list("xy") * 19, "y", "x"])
    assert tied.p < 1e-5
    even = independence(Design.simple(40, weights=1), list("ab") * 20, list("xxyy") * 10)
    assert even.f == pytest.approx(0, abs=1e-12)
    assert even.p == pytest.approx(1)


def test_missing_labels_leave_the_domain():
    design = Design.clusters(np.arange(16) // 2, weights=3)
    missing = independence(design, [None, *ROWS[1:]], COLUMNS)
    outside = independence(design.domain(np.arange(16) > 0), ROWS, COLUMNS)
    assert missing.f == pytest.approx(outside.f)


@pytest.mark.parametrize(
    ("rows", "columns", "message"),
    [
        (["a"] * 16, COLUMNS, "the table has 1 rows and 3 columns; expected two or more of each"),
        (ROWS[:-1], COLUMNS, "“rows” has 15 labels; expected one for each of 16 rows"),
        (ROWS, COLUMNS[:-1], "“columns” has 15 labels; expected one for each of 16 rows"),
    ],
)
def test_what_is_no_table_is_refused(rows, columns, message):
    with pytest.raises(DesignError, match=message):
        independence(SIMPLE, rows, columns)


def test_a_census_leaves_nothing_open():
    with pytest.raises(DesignError, match="do not vary"):
        independence(Design.simple(16, population=16), ROWS, COLUMNS)


def test_of_independent_draws_both_probabilities_are_pearsons():
    """Of n draws with replacement each design effect is n/(n − 1), and R's Pearson and F say the same of it."""
    found = independence(Design.simple(16, weights=10), ROWS, COLUMNS)
    pearson = stats.chi2_contingency(counts(ROWS, COLUMNS), correction=False).statistic
    assert found.chi_squared_p == pytest.approx(float(stats.chi2.sf(pearson * 15 / 16, 2)))
    assert found.f == pytest.approx(pearson * 15 / 16 / 2)
    assert (found.numerator, found.denominator) == pytest.approx((2, 2 * 15))
    assert found.p == pytest.approx(float(stats.f.sf(found.f, 2, 30)))


def test_a_finite_population_makes_the_same_counts_say_more():
    """Half of the units were drawn: the effects are halved, the statistic of Pearson stays."""
    open_, half = (
        independence(Design.simple(16, weights=2, population=size), ROWS, COLUMNS) for size in (None, 32)
    )
    assert half.chi_squared == pytest.approx(open_.chi_squared)
    assert half.f == pytest.approx(2 * open_.f)
    assert half.chi_squared_p == pytest.approx(float(stats.chi2.sf(2 * 15 / 16 * open_.chi_squared, 2)))


def test_effects_that_differ_count_for_fewer_degrees_of_freedom():
    """(Σδ)²/Σδ² of Rao and Scott: with equal effects all there are, and fewer the more they differ."""
    random = np.random.default_rng(12)
    clusters = np.repeat(np.arange(20), 6)
    rows = np.where(random.random(120) < np.repeat(random.random(20), 6), "a", "b")
    columns = random.choice(list("xyz"), 120)
    found = independence(Design.clusters(clusters, weights=1), rows, columns)
    assert 1 <= found.numerator < 2
    assert found.denominator == pytest.approx(19 * found.numerator)


def test_a_label_that_only_rows_outside_the_domain_have_is_not_in_the_table():
    inside = np.array([label != "z" for label in COLUMNS])
    found = independence(SIMPLE.domain(inside), ROWS, COLUMNS)
    assert found.columns == ("x", "y")
    missing = independence(SIMPLE, ROWS, [label if label != "z" else None for label in COLUMNS])
    assert missing.columns == ("x", "y")
    assert missing.f == pytest.approx(found.f)
    one_side = [label if label == "x" else None for label in COLUMNS]
    for design, columns in ((SIMPLE.domain(np.array(COLUMNS) == "x"), COLUMNS), (SIMPLE, one_side)):
        with pytest.raises(DesignError, match="the table has 2 rows and 1 columns; expected two or more of each"):
            independence(design, ROWS, columns)


@pytest.mark.parametrize("seed", range(4))
def test_of_independent_columns_a_twentieth_is_rejected(seed: int):
    """Monte Carlo: 150 cities without any tie, in clusters whose rows are alike; Pearson's own rejects a third.

    A share of 0.05 has a standard error of 0.018 among 150.
    """
    random = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(30), 8)
    design, rejected, naive = Design.clusters(clusters, weights=1), [], []
    for _ in range(150):
        rows = np.repeat(random.random(30) < 0.5, 8)
        columns = random.random(240) < np.repeat(random.beta(0.7, 0.7, 30), 8)
        found = independence(design, rows, columns)
        rejected.append(found.p < 0.05)
        naive.append(stats.chi2.sf(found.chi_squared, 1) < 0.05)
    assert np.mean(rejected) < 0.05 + 3 * 0.018
    assert np.mean(naive) > 0.25
