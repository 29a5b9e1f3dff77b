"""Means, totals, ratios, domains, contrasts, variances, tables and lines are those of R's package survey."""

from math import inf

import numpy as np
import pytest

from reference.survey import cases, column, design, labels, near
from zhicheng.core.designs import Design
from zhicheng.core.estimates import (
    Estimates,
    by_domain,
    contrast,
    independence,
    indicators,
    mean,
    ratio,
    regression,
    total,
    variance,
)


def agree(found: Estimates, result: dict) -> None:
    """Estimates and standard errors; intervals with the degrees of freedom, and design effects, where stated."""
    assert found.values == near(result["estimate"])
    assert found.standard_errors == near(result["se"])
    if "ci95_lower" in result:
        stated = inf if result["ci_df"] == "Inf" else result["ci_df"]
        interval = found.intervals(degrees_of_freedom=stated)
        assert interval.lower == near(result["ci95_lower"])
        assert interval.upper == near(result["ci95_upper"])
        assert stated in (inf, found.degrees_of_freedom)
    if "deff" in result:
        assert found.design_effects == near(result["deff"])


@pytest.mark.parametrize("case", cases("mean.", "total."))
def test_means_and_totals(case):
    file, sample = design(case["id"].split(".")[0])
    kind, name = case["id"].split(".")[1:3]
    y = indicators(labels(file, name)) if name == "stype" else {name: column(file, name)}
    found = {"mean": mean, "total": total}[kind](sample, y)
    agree(found, case["result"])
    if name == "stype":
        assert [f"stype{label}" for label in found.names] == case["result"]["names"]


@pytest.mark.parametrize("case", cases("ratio."))
def test_ratios(case):
    file, sample = design(case["id"].split(".")[0])
    agree(ratio(sample, column(file, "api.stu"), column(file, "enroll")), case["result"])


@pytest.mark.parametrize("case", cases("by."))
def test_domains(case):
    file, sample = design(case["id"].split(".")[0])
    _, _, by, kind, name = case["id"].split(".")
    by = labels(file, {"stype": "stype", "schwide": "sch.wide"}[by])
    found = by_domain({"mean": mean, "total": total}[kind], sample, column(file, name), by=by)
    assert list(found.names) == case["result"]["names"]
    agree(found, case["result"])


@pytest.mark.parametrize("case", cases("contrast."))
def test_contrasts_of_domains(case):
    file, sample = design(case["id"].split(".")[0])
    result = case["result"]
    found = by_domain(mean, sample, column(file, "api00"), by=labels(file, "sch.wide"))
    assert found.values == near(result["domain_mean"])
    assert found.standard_errors == near(result["domain_se"])
    assert found.covariance == near(result["covmat"])
    agree(contrast(found, {"No": -1, "Yes": 1}), result)


@pytest.mark.parametrize("case", cases("var."))
def test_variances(case):
    file, sample = design(case["id"].split(".")[0])
    agree(variance(sample, column(file, "api00")), case["result"])


@pytest.mark.parametrize("case", cases("chisq."))
def test_tables(case):
    file, sample = design(case["id"].split(".")[0])
    found = independence(sample, labels(file, "sch.wide"), labels(file, "comp.imp"))
    result = case["result"]
    assert np.array([found.f, found.numerator, found.denominator]) == near(
        [result["F"], result["ndf"], result["ddf"]]
    )
    assert found.p == pytest.approx(result["p"], rel=1e-6)


@pytest.mark.parametrize("case", cases("glm"))
def test_lines(case):
    file, sample = design(case["id"].split(".")[0])
    found = regression(
        sample, column(file, "api00"), {name: column(file, name) for name in ("ell", "meals", "mobility")}
    )
    result = case["result"]
    assert list(found.names) == result["names"]
    assert found.degrees_of_freedom == result["ddf"]
    agree(found, result)
    assert found.values / found.standard_errors == near(result["t"])


@pytest.mark.parametrize("case", cases("withfpc", "nofpc"))
def test_clusters_numbered_anew_in_every_stratum(case):
    def read(name: str) -> np.ndarray:
        return column("fpc.csv", name)

    sample = Design.clusters(
        read("psuid"),
        strata=read("stratid"),
        weights=read("weight"),
        population=read("Nh") if case["id"] == "fpc.withfpc" else None,
        nest=True,
    )
    agree(mean(sample, read("x")), case["result"])


@pytest.mark.parametrize("case", cases("linearised"))
def test_ratio_of_ambulance_areas(case):
    file, sample = design("scd")
    agree(ratio(sample, column(file, "alive"), column(file, "arrests")), case["result"])


def test_design_effects_against_draws_with_replacement():
    """`deff="replace"`, of a mean and totals, and of the mean by types of schools."""
    file, sample = design("clus1")
    api00 = column(file, "api00")
    assert mean(sample, api00).design_effects_with_replacement == near(9.0697483624530619)
    assert total(sample, api00).design_effects_with_replacement == near(344.2401606769516320)
    assert total(sample, column(file, "enroll")).design_effects_with_replacement == near(30.3855915536141303)
    by_type = by_domain(mean, sample, api00, by=labels(file, "stype"))
    assert by_type.design_effects_with_replacement == near(
        [6.3891607397502010, 2.1624260211565480, 2.0999679105801525]
    )
    over = ratio(sample, column(file, "api.stu"), column(file, "enroll"))
    assert over.design_effects_with_replacement == near(4.2111077030585298)
