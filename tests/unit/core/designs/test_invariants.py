"""What every design keeps: the order of rows, the names of labels and how rows are cut are nobody's business."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.core.designs import Design, LonelyPsu

Columns = dict[str, np.ndarray]
RULES = [LonelyPsu.REMOVE, LonelyPsu.CERTAINTY, LonelyPsu.ADJUST, LonelyPsu.AVERAGE]
KINDS = ["simple", "stratified", "clusters", "two stages", "fractions", "brewer"]


@st.composite
def samples(draw: st.DrawFn) -> Columns:
    """Rows in clusters in three strata, of which one may have a single cluster; populations of both stages."""
    sizes = draw(st.tuples(st.integers(2, 4), st.integers(2, 3), st.integers(1, 2)))
    rows = [draw(st.integers(1, 3)) for _ in range(sum(sizes))]
    stratum = np.repeat(np.repeat([0, 1, 2], sizes), rows)
    cluster = np.repeat(np.arange(sum(sizes)), rows)
    count = len(cluster)
    more = np.array(draw(st.tuples(*[st.integers(1, 9)] * 3)))
    return {
        "stratum": stratum,
        "cluster": cluster,
        "unit": np.arange(count),
        "clusters": (np.array(sizes) + more)[stratum],
        "units": np.repeat(np.array(rows) + draw(st.integers(0, 4)), rows),
        "all": np.full(count, count + 7),
        "chance": np.repeat([draw(st.floats(0.1, 0.9)) for _ in rows], rows),
        "influence": np.array([draw(st.integers(-9, 9)) for _ in range(count)], dtype=float),
    }


def designed(kind: str, columns: Columns, rule: LonelyPsu) -> Design:
    """The design of that kind; with two stages no `average`, as a cluster of one unit has none to average over."""
    c = columns
    rule = LonelyPsu.ADJUST if kind == "two stages" and rule is LonelyPsu.AVERAGE else rule
    match kind:
        case "simple":
            return Design.simple(len(c["unit"]), population=float(c["all"][0]))
        case "stratified":
            return Design.stratified(c["stratum"], weights=2, lonely=rule)
        case "clusters":
            return Design.clusters(c["cluster"], strata=c["stratum"], population=c["clusters"], lonely=rule)
        case "two stages":
            populations = (c["clusters"], c["units"])
            return Design.two_stage(
                c["cluster"], c["unit"], strata=c["stratum"], population=populations, lonely=rule
            )
        case "fractions":
            drawn = np.array([len(np.unique(c["cluster"][c["stratum"] == each])) for each in range(3)])
            fractions = drawn[c["stratum"]] / c["clusters"]
            return Design.clusters(c["cluster"], strata=c["stratum"], population=fractions, lonely=rule)
        case _:
            return Design.unequal(c["chance"], clusters=c["cluster"], strata=c["stratum"], lonely=rule)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(columns=samples(), rule=st.sampled_from(RULES), random=st.randoms())
def test_rows_may_come_in_any_order(kind: str, columns: Columns, rule: LonelyPsu, random) -> None:
    order = list(range(len(columns["unit"])))
    random.shuffle(order)
    mixed = {name: column[order] for name, column in columns.items()}
    once, again = designed(kind, columns, rule), designed(kind, mixed, rule)
    assert again.weights == pytest.approx(once.weights[order])
    assert again.degrees_of_freedom == once.degrees_of_freedom
    expected = once.covariance(columns["influence"])
    assert again.covariance(mixed["influence"]) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(columns=samples(), rule=st.sampled_from(RULES))
def test_labels_may_be_numbers_texts_or_pairs(kind: str, columns: Columns, rule: LonelyPsu) -> None:
    once = designed(kind, columns, rule)
    for written in (lambda code: f"№ {code}", lambda code: ("city", int(code)), lambda code: 10**9 - 7.0 * code):
        renamed = columns | {
            name: np.fromiter((written(code) for code in columns[name]), dtype=object)
            for name in ("stratum", "cluster", "unit")
        }
        if kind == "fractions":
            renamed |= {"stratum": columns["stratum"], "cluster": columns["cluster"]}
        again = designed(kind, renamed, rule)
        assert again.degrees_of_freedom == once.degrees_of_freedom
        expected = once.covariance(columns["influence"])
        assert again.covariance(columns["influence"]) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@settings(max_examples=25)
@given(columns=samples(), rule=st.sampled_from(RULES))
def test_only_sums_of_clusters_matter_at_one_stage(columns: Columns, rule: LonelyPsu) -> None:
    """A cluster cut into more rows, or joined into one, varies as before."""
    once = designed("clusters", columns, rule).covariance(columns["influence"])
    first = np.unique(columns["cluster"], return_index=True)[1]
    joined = {name: column[first] for name, column in columns.items()}
    sums = np.bincount(columns["cluster"], columns["influence"])
    assert designed("clusters", joined, rule).covariance(sums) == pytest.approx(once, rel=1e-9, abs=1e-9)
    cut = {name: np.repeat(column, 3) for name, column in columns.items()}
    thirds = designed("clusters", cut, rule).covariance(cut["influence"] / 3)
    assert thirds == pytest.approx(once, rel=1e-9, abs=1e-9)


@settings(max_examples=25)
@given(columns=samples())
def test_larger_populations_leave_more_open(columns: Columns) -> None:
    def variance(times: float) -> float:
        design = Design.clusters(
            columns["cluster"],
            strata=columns["stratum"],
            population=columns["clusters"] * times,
            weights=1,
            lonely=LonelyPsu.REMOVE,
        )
        return float(design.covariance(columns["influence"])[0, 0])

    near, far, endless = (variance(times) for times in (1, 3, np.inf))
    assert near <= far * (1 + 1e-12) + 1e-12
    assert far <= endless * (1 + 1e-12) + 1e-12


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(columns=samples(), rule=st.sampled_from(RULES))
def test_a_covariance_is_symmetric_and_no_combination_varies_below_nothing(
    kind: str, columns: Columns, rule: LonelyPsu
) -> None:
    values = np.column_stack([columns["influence"], columns["chance"], np.ones(len(columns["unit"]))])
    found = designed(kind, columns, rule).covariance(values)
    assert found == pytest.approx(found.T)
    assert np.linalg.eigvalsh(found).min() >= -1e-9 * max(1.0, float(np.trace(found)))
