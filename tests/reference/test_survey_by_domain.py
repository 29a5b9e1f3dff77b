"""R's svyby, survey 4.1-1, of what it gives of each subset: quantiles, and intervals of shares.

Samples of Californian schools (Lumley 2010): `svyby(~api00, ~stype, strat, svyquantile, quantiles = c(.25, .5),
vartype = c("se", "ci"))`, and `svyby(~I(sch.wide == "Yes"), ~stype, clus1, svyciprop, method = …)`.
"""

import numpy as np
import pytest

from reference.survey import column, design, labels, near
from zhicheng.core.estimates import by_domain, mean, quantile, share, share_interval

QUANTILES = {
    "E: 0.25": (578, 18.89914, 534, 609),
    "E: 0.5": (671, 20.66306, 638, 720),
    "H: 0.25": (527, 30.60348, 477, 600),
    "H: 0.5": (635, 19.65590, 599, 678),
    "M: 0.25": (551, 25.87612, 505, 609),
    "M: 0.5": (648, 18.66066, 601, 676),
}
SHARES = {
    "beta": {
        "E": (0.859765358737, 0.955816623310),
        "H": (0.521760971207, 0.943907693671),
        "M": (0.405708991672, 0.885241289544),
    },
    "logit": {
        "E": (0.859206537056, 0.951986801472),
        "H": (0.503687967866, 0.929812572365),
        "M": (0.412455444697, 0.865456261651),
    },
    "mean": {
        "E": (0.871659864514, 0.961673468820),
        "H": (0.569441235258, 1.001987336171),
        "M": (0.438987176279, 0.921012823721),
    },
    "asin": {
        "E": (0.866346309093, 0.955962623803),
        "H": (0.540540099420, 0.953334997133),
        "M": (0.426072498435, 0.886936870243),
    },
}
SPLINES = {
    "E": (0.864166961033, 0.954498930060),
    "H": (0.521811799232, 0.946044254054),
    "M": (0.418418588605, 0.880286370514),
}
"""By `likelihood`, whose ends R reads off a spline."""


def test_quantiles_of_domains():
    file, sample = design("strat")
    found = by_domain(quantile, sample, column(file, "api00"), [0.25, 0.5], by=labels(file, "stype"))
    assert found.names == tuple(QUANTILES)
    values, errors, lower, upper = zip(*QUANTILES.values(), strict=True)
    assert (found.values.tolist(), found.lower.tolist(), found.upper.tolist()) == (
        list(values),
        list(lower),
        list(upper),
    )
    assert found.standard_errors == near(errors, 5e-7)


@pytest.mark.parametrize("method", SHARES)
def test_intervals_of_the_shares_of_domains(method):
    file, sample = design("clus1")
    wide = np.array(labels(file, "sch.wide")) == "Yes"
    found = by_domain(share, sample, wide, by=labels(file, "stype"))
    for kind, ends in SHARES[method].items():
        interval = share_interval(found.part(kind), method)
        assert np.array([interval.low, interval.high]) == near(ends, 1e-10)


def test_intervals_by_likelihood_but_for_the_spline():
    file, sample = design("clus1")
    wide = np.array(labels(file, "sch.wide")) == "Yes"
    found = by_domain(share, sample, wide, by=labels(file, "stype"))
    for kind, ends in SPLINES.items():
        interval = share_interval(found.part(kind), "likelihood")
        assert np.array([interval.low, interval.high]) == near(ends, 1e-4)


def test_domains_beside_one_without_values():
    """`svyby(~z, ~stype, strat, svymean, na.rm = TRUE)`, z missing in all high schools: nobody knows, so no 0."""
    file, sample = design("strat")
    kinds = np.array(labels(file, "stype"))
    found = by_domain(mean, sample, np.where(kinds == "H", np.nan, column(file, "api00")), by=kinds)
    assert found.values == pytest.approx([674.43, np.nan, 636.6], nan_ok=True)
    assert found.standard_errors == pytest.approx([12.38248, np.nan, 16.21471], rel=5e-7, nan_ok=True)
