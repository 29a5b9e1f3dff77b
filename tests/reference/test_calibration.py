"""Calibrated weights, and what is estimated with them, equal those of R's package survey 4.1.

The cases of one cluster sample are read from the shared data; those of a stratified sample, whose weights differ,
were made for this file: `svydesign(id=~1, strata=~stype, weights=~pw, fpc=~fpc, data=apistrat)` in R 4.2.2.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from oracles import oracle_json
from reference.survey import column, design, labels
from zhicheng.core.designs import Design, Floats
from zhicheng.core.estimates import by_domain, mean, total
from zhicheng.core.estimates.calibration import calibrated
from zhicheng.core.estimates.distances import Linear, Logit, Raking
from zhicheng.core.estimates.margins import Margin
from zhicheng.core.estimates.post_strata import post_stratified
from zhicheng.core.estimates.raking import raked

SCHOOLS = 6194
API99 = 3914069
BY_TYPE = {"E": 4421, "H": 755, "M": 1018}
BY_TARGET = {"No": 1072, "Yes": 5122}
BY_IMPROVEMENT = {"No": 1712, "Yes": 4482}


class Schools:
    """A sample of Californian schools, with the classes and totals to calibrate to."""

    def __init__(self, name: str) -> None:
        self.file, self.design = design(name)
        self.types = Margin("type", labels(self.file, "stype"), BY_TYPE)
        self.targets = Margin("target", labels(self.file, "sch.wide"), BY_TARGET)
        self.improved = Margin("improvement", labels(self.file, "comp.imp"), BY_IMPROVEMENT)

    def numbers(self, name: str) -> Floats:
        return column(self.file, name)

    def calibrated(self, *names: str, of: Design | None = None, **options: Any) -> Design:
        known = {"all": SCHOOLS, "H": 755, "M": 1018, "api99": API99, "target": 5122, "improved": 4482}
        _, high, middle = self.types.indicators().T
        found = {
            "all": np.ones(self.design.size),
            "H": high,
            "M": middle,
            "api99": self.numbers("api99"),
            "target": self.targets.indicators()[:, 1],
            "improved": self.improved.indicators()[:, 1],
        }
        return calibrated(of or self.design, {n: found[n] for n in names}, {n: known[n] for n in names}, **options)

    def estimates(self, design: Design) -> list[float]:
        """The mean of api00 and the total of enroll, each with its standard error."""
        both = mean(design, self.numbers("api00")), total(design, self.numbers("enroll"))
        return [number for found in both for number in (found.value, found.standard_error)]


CLUSTER_CASES: dict[str, tuple[Callable[[Schools], Design], float]] = {
    "post_stype": (lambda schools: post_stratified(schools.design, schools.types), 1e-10),
    "rake_stype_schwide": (lambda schools: raked(schools.design, [schools.types, schools.targets]), 1e-9),
    "greg_stype": (lambda schools: schools.calibrated("all", "H", "M"), 1e-10),
    "greg_stype_api99": (lambda schools: schools.calibrated("all", "H", "M", "api99"), 1e-10),
    "raking_stype_api99": (lambda schools: schools.calibrated("all", "H", "M", "api99", distance=Raking()), 1e-10),
    "linear_bounded_stype_api99": (
        lambda schools: schools.calibrated("all", "H", "M", "api99", distance=Linear(0.6, 1.6)),
        1e-10,
    ),
    "logit_stype_api99_b": (
        lambda schools: schools.calibrated("all", "H", "M", "api99", distance=Logit(0.5, 2.5)),
        1e-10,
    ),
}
"""By the name of the case in R: how it is made here, and how closely it agrees."""


@pytest.mark.parametrize("case", CLUSTER_CASES)
def test_a_cluster_sample_is_calibrated_as_by_r(case: str) -> None:
    make, closely = CLUSTER_CASES[case]
    schools = Schools("clus1")
    found = make(schools)
    assert found.weights == pytest.approx(column(f"calweights_clus1_{case}.csv", "weight"), rel=closely)
    answers = {found["id"]: found["result"] for found in oracle_json("survey/reference.json")["cases"]}
    expected = answers[f"cal.clus1.{case}"]
    assert schools.estimates(found) == pytest.approx(
        [expected[name] for name in ("mean_api00", "mean_api00_se", "total_enroll", "total_enroll_se")],
        rel=closely,
    )
    whole = total(found, schools.numbers("api00"))
    assert [whole.value, whole.standard_error] == pytest.approx(
        [expected["total_api00"], expected["total_api00_se"]], rel=closely
    )


STRATUM_CASES: dict[str, tuple[Callable[[Schools], Design], list[float]]] = {
    "postStratify(d, ~sch.wide)": (
        lambda schools: post_stratified(schools.design, schools.targets),
        [662.20302945044432, 9.2725438999078040, 3689885.6776593067, 125625.23333752091],
    ),
    "calibrate(d, ~api99)": (
        lambda schools: schools.calibrated("all", "api99"),
        [664.64399593464691, 1.9030408603505609, 3677873.9049107675, 110966.17388474073],
    ),
    'calibrate(d, ~api99, calfun="raking")': (
        lambda schools: schools.calibrated("all", "api99", distance=Raking()),
        [664.64313021013606, 1.9029786511223217, 3677864.5419381727, 110966.14546773896],
    ),
    'calibrate(d, ~api99, calfun="logit", bounds=c(.8, 1.4))': (
        lambda schools: schools.calibrated("all", "api99", distance=Logit(0.8, 1.4)),
        [664.64176692031174, 1.9028805350533953, 3677851.1342570870, 110966.00248131431],
    ),
    "calibrate(d, ~api99 - 1, variance=1)": (
        lambda schools: schools.calibrated("api99", spread=schools.numbers("api99")),
        [662.28736315932076, 9.4089408027845796, 3701929.5256788842, 140857.88301733957],
    ),
    "calibrate(postStratify(d, ~sch.wide), ~api99)": (
        lambda schools: schools.calibrated("all", "api99", of=post_stratified(schools.design, schools.targets)),
        [664.59686950940045, 1.8104549332415343, 3680412.8803127147, 122402.49018153200],
    ),
    'calibrate(d, ~sch.wide + comp.imp, calfun="raking")': (
        lambda schools: schools.calibrated("all", "target", "improved", distance=Raking()),
        [662.75219156561820, 9.3410068345246220, 3653897.3715700097, 131129.96882769134],
    ),
}
"""By the call in R: how it is made here; mean of api00 with its standard error, and total of enroll."""


@pytest.mark.parametrize("case", STRATUM_CASES)
def test_a_stratified_sample_is_calibrated_as_by_r(case: str) -> None:
    make, expected = STRATUM_CASES[case]
    schools = Schools("strat")
    assert schools.estimates(make(schools)) == pytest.approx(expected, rel=1e-9)


def test_raking_takes_residuals_without_the_design_weights_as_r_does() -> None:
    """`rake(d, list(~sch.wide, ~comp.imp), …, control=list(maxit=200, epsilon=1e-9))`."""
    schools = Schools("strat")
    found = raked(schools.design, [schools.targets, schools.improved])
    assert schools.estimates(found) == pytest.approx(
        [662.75219159915616, 9.3506595111668780, 3653897.3707121545, 138669.50074429507], rel=1e-8
    )


def test_calibration_with_the_raking_distance_takes_them_with_the_weights() -> None:
    """`calibrate(d, ~sch.wide + comp.imp, …, calfun="raking")`: the same weights, other errors."""
    schools = Schools("strat")
    found = schools.calibrated("all", "target", "improved", distance=Raking())
    assert schools.estimates(found) == pytest.approx(
        [662.75219156561820, 9.3410068346245220, 3653897.3715700097, 131129.96882769134], rel=1e-8
    )


def test_a_domain_of_a_calibrated_sample_is_estimated_as_by_r() -> None:
    """`svyby(~api00, ~comp.imp, calibrate(d, ~api99), svymean)`: residuals are taken over the whole sample."""
    schools = Schools("strat")
    found = by_domain(
        mean, schools.calibrated("all", "api99"), schools.numbers("api00"), by=schools.improved.labels
    )
    assert dict(zip(found.names, found.values, strict=True)) == pytest.approx(
        {"No": 637.8271452012223790, "Yes": 678.7127717059659062}, rel=1e-10
    )
    assert dict(zip(found.names, found.standard_errors, strict=True)) == pytest.approx(
        {"No": 13.2729670871021153, "Yes": 6.7261047188609613}, rel=1e-10
    )
