"""Every estimator takes the residuals of a calibrated sample, and then equals that of R's package survey 4.1.

`c` is `calibrate(svydesign(id=~dnum, weights=~pw, fpc=~fpc, data=apiclus1), ~stype + api99, …)` in R 4.2.2, and
`ps` the same sample after `postStratify(…, ~stype, …)`.
"""

import numpy as np
import pytest

from reference.survey import column, design, labels
from zhicheng.core.designs import Design, Floats
from zhicheng.core.estimates import (
    Margin,
    by_domain,
    calibrated,
    mean,
    post_stratified,
    quantile,
    ratio,
    share,
    share_interval,
    total,
    variance,
)

FILE, BEFORE = "apiclus1.csv", "clus1"
CLOSELY = 1e-9


def numbers(name: str) -> Floats:
    return column(FILE, name)


@pytest.fixture
def types() -> Margin:
    return Margin("type", labels(FILE, "stype"), {"E": 4421, "H": 755, "M": 1018})


@pytest.fixture
def c(types: Margin) -> Design:
    _, sample = design(BEFORE)
    _, high, middle = types.indicators().T
    auxiliary = {"all": np.ones(sample.size), "H": high, "M": middle, "api99": numbers("api99")}
    return calibrated(sample, auxiliary, {"all": 6194, "H": 755, "M": 1018, "api99": 3914069})


def test_a_ratio(c: Design) -> None:
    """`svyratio(~api.stu, ~enroll, c)`."""
    found = ratio(c, numbers("api.stu"), numbers("enroll"))
    assert found.value == pytest.approx(0.84882738042216221, rel=CLOSELY)
    assert found.standard_error == pytest.approx(0.0073698582405627702, rel=CLOSELY)


def test_missing_values_are_a_domain(c: Design) -> None:
    """`svymean(~avg.ed, c, na.rm=TRUE)` and `svytotal`: residuals over all schools, 26 of which have no value."""
    education = numbers("avg.ed")
    assert np.isnan(education).sum() == 26
    for found, expected in (
        (mean(c, education), (2.718121665715374391, 0.067048633664938101)),
        (total(c, education), (14627.0254893688616, 1742.9676327168252)),
    ):
        assert (found.value, found.standard_error) == pytest.approx(expected, rel=CLOSELY)


def test_totals_of_domains_that_the_calibration_knows(c: Design) -> None:
    """`svyby(~enroll, ~stype, c, svytotal)`."""
    found = by_domain(total, c, numbers("enroll"), by=labels(FILE, "stype"))
    expected = {
        "E": (1901579.890277825994, 69092.279446457644),
        "H": (826530.208812723402, 268741.074242280796),
        "M": (910377.105041330447, 89563.037407021009),
    }
    for name, pair in expected.items():
        part = found.part(name)
        assert (part.value, part.standard_error) == pytest.approx(pair, rel=CLOSELY), name


def test_totals_of_domains_that_it_does_not_know(c: Design) -> None:
    """`svyby(~enroll, ~sch.wide, c, svytotal)`."""
    found = by_domain(total, c, numbers("enroll"), by=labels(FILE, "sch.wide"))
    expected = {"No": (532300.73883623397, 138839.03281721519), "Yes": (3106186.46529564587, 375017.86177907733)}
    for name, pair in expected.items():
        part = found.part(name)
        assert (part.value, part.standard_error) == pytest.approx(pair, rel=CLOSELY), name


def test_means_of_domains_after_post_stratification(types: Margin) -> None:
    """`svyby(~api00, ~sch.wide, ps, svymean)`."""
    _, sample = design(BEFORE)
    found = by_domain(mean, post_stratified(sample, types), numbers("api00"), by=labels(FILE, "sch.wide"))
    expected = {"No": (612.062614938388265, 27.373195519123293), "Yes": (647.161128404389160, 24.397066901528049)}
    for name, pair in expected.items():
        part = found.part(name)
        assert (part.value, part.standard_error) == pytest.approx(pair, rel=CLOSELY), name


def test_quantiles(c: Design) -> None:
    """`svyquantile(~api00, c, c(.25, .5, .75))`."""
    found = quantile(c, numbers("api00"), [0.25, 0.5, 0.75])
    assert found.values.tolist() == [595, 684, 735]
    assert found.lower.tolist() == [559, 661, 720]
    assert found.upper.tolist() == [627, 699, 754]


def test_a_variance(c: Design) -> None:
    """`svyvar(~api00, c)`."""
    found = variance(c, numbers("api00"))
    assert (found.value, found.standard_error) == pytest.approx(
        (10625.5999868527069, 1533.7333711200772), rel=CLOSELY
    )


def test_a_design_effect(c: Design) -> None:
    """`deff(svymean(~api00, c, deff=TRUE))`: a fifth of a simple random sample's variance."""
    assert mean(c, numbers("api00")).design_effects[0] == pytest.approx(0.2102236291088424, rel=CLOSELY)


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [
        ("logit", 0.79757920725859588, 0.90571750128539164),
        ("mean", 0.80659493127808701, 0.91377622683135085),
        ("beta", 0.79730370882021973, 0.90946110293588112),
    ],
)
def test_intervals_of_a_share(c: Design, method: str, low: float, high: float) -> None:
    """`svyciprop(~I(sch.wide == "Yes"), c, method=…)`."""
    wide = share(c, np.array(labels(FILE, "sch.wide")) == "Yes")
    interval = share_interval(wide, method)
    assert (interval.low, interval.high) == pytest.approx((low, high), rel=CLOSELY)


def test_a_domain_that_is_calibrated_itself() -> None:
    """`calibrate(subset(d, stype != "E"), ~api99, c(1773, 1100000))`."""
    _, sample = design(BEFORE)
    domain = sample.domain(np.array(labels(FILE, "stype")) != "E")
    auxiliary = {"all": np.ones(sample.size), "api99": numbers("api99")}
    found = calibrated(domain, auxiliary, {"all": 1773, "api99": 1100000})
    y, enrolled = mean(found, numbers("api00")), total(found, numbers("enroll"))
    assert (y.value, y.standard_error) == pytest.approx((642.23836296352135, 4.3690557854492198), rel=CLOSELY)
    assert (enrolled.value, enrolled.standard_error) == pytest.approx(
        (1708638.7539529414, 271546.33533993812), rel=CLOSELY
    )


def test_a_calibration_without_the_number_of_units() -> None:
    """`calibrate(d, ~x - 1, c(x=150))` on the textbook sample fpc, and the total of x²."""
    population, weights, x = (column("fpc.csv", name) for name in ("Nh", "weight", "x"))
    sample = Design.stratified(labels("fpc.csv", "stratid"), population=population, weights=weights)
    found = calibrated(sample, {"x": x}, {"x": 150})
    squares = total(found, x**2)
    assert (squares.value, squares.standard_error) == pytest.approx(
        (924.561496259037540, 83.682225324566929), rel=CLOSELY
    )
    assert found.weights.sum() == pytest.approx(27.471438019529248, rel=CLOSELY)
