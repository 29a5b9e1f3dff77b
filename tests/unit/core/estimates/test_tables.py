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
