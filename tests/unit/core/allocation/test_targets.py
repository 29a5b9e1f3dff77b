from math import sqrt

import numpy as np
import pytest

from zhicheng.core.allocation import AllocationError, Strata, Target, by_domain, judged, total_variance

STRATA = Strata.of([100, 300, 600], names=["a", "b", "c"])
MEANS = [0.2, 0.1, 0.05]
SPREADS = [sqrt(mean * (1 - mean)) for mean in MEANS]


def test_a_coefficient_of_variation_is_the_standard_error_over_the_total():
    target = Target.by_variation(STRATA, "rate", means=MEANS, spreads=SPREADS, cv=0.1)
    assert target.total == pytest.approx(80)
    assert target.variance == pytest.approx(64)
    (judgement,) = judged(STRATA, [target], [40, 60, 90])
    error = sqrt(total_variance(STRATA, SPREADS, [40, 60, 90]))
    assert judgement.cv == pytest.approx(error / 80)
    assert judgement.used == pytest.approx((judgement.cv / 0.1) ** 2)
    assert not judgement.met


def test_a_target_is_met_at_its_limit_and_by_a_census():
    exact = Target.by_variance(STRATA, "v", spreads=SPREADS, variance=total_variance(STRATA, SPREADS, [9, 9, 9]))
    before, at, all_units = (
        judged(STRATA, [exact], numbers)[0] for numbers in ([9, 9, 8], [9, 9, 9], STRATA.sizes)
    )
    assert not before.met
    assert at.met
    assert at.used == pytest.approx(1)
    assert at.cv is None
    assert (all_units.variance, all_units.used) == (pytest.approx(0, abs=1e-9), pytest.approx(0, abs=1e-9))


def test_each_domain_has_its_own_total_and_sees_no_other_stratum():
    east, west = by_domain(STRATA, "rate", MEANS, SPREADS, ["east", "west", "east"], cv=0.2)
    assert (east.name, west.name) == ("rate in east", "rate in west")
    assert (east.total, west.total) == (pytest.approx(50), pytest.approx(30))
    assert (east.spreads > 0).tolist() == [True, False, True]
    assert (west.spreads > 0).tolist() == [False, True, False]
    assert judged(STRATA, [west], [0, 300, 0])[0].met


def test_a_negative_total_is_measured_by_its_size():
    target = Target.by_variation(STRATA, "change", means=[-2, -1, -1], spreads=1.0, cv=0.1)
    assert judged(STRATA, [target], [50, 100, 200])[0].cv == pytest.approx(
        sqrt(total_variance(STRATA, 1.0, [50, 100, 200])) / 1100
    )


@pytest.mark.parametrize("variance", [0, -4, np.nan, np.inf])
def test_a_variance_of_nothing_is_refused(variance):
    sentence = f"Target “v” allows a variance of {variance:g}; expected is a finite number above 0"
    with pytest.raises(AllocationError, match=sentence):
        Target.by_variance(STRATA, "v", spreads=1.0, variance=variance)


@pytest.mark.parametrize(
    ("means", "cv", "sentence"),
    [
        (MEANS, 0, "“rate” allows a coefficient of variation of 0; expected is a finite number above 0"),
        (MEANS, np.inf, "“rate” allows a coefficient of variation of inf; expected is a finite number above 0"),
        (0.0, 0.1, "Target “rate”: the total is 0, and nothing can be a share of it; give a variance"),
        ([1, 2], 0.1, "mean: 2 values for 3 strata; expected is one, or one for each"),
        ([1, 2, np.nan], 0.1, "Stratum “c” has the mean nan; expected is a finite number"),
    ],
)
def test_what_has_no_coefficient_of_variation_is_refused(means, cv, sentence):
    with pytest.raises(AllocationError, match=sentence):
        Target.by_variation(STRATA, "rate", means=means, spreads=SPREADS, cv=cv)


def test_every_stratum_lies_in_a_domain():
    with pytest.raises(AllocationError, match="2 domains are named for 3 strata; expected is one for each"):
        by_domain(STRATA, "rate", MEANS, SPREADS, ["east", "west"], cv=0.2)


def test_a_domain_marks_every_stratum():
    marks = [True, False]
    with pytest.raises(AllocationError, match="Target “rate”: 2 marks for 3 strata; expected is one for each"):
        Target.by_variation(STRATA, "rate", means=MEANS, spreads=SPREADS, cv=0.1, within=marks)
    marked = Target.by_variation(STRATA, "rate", means=MEANS, spreads=SPREADS, cv=0.1, within=[True, False, True])
    assert (marked.spreads > 0).tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        (["yes", "no", "no"], "“within” holds “yes”: numbers were expected"),
        ([1, 2, 0], "“within” is 2.0 in row 1; expected 0, 1"),
        ([1, None, 0], "“within” is nan in row 1; expected 0, 1"),
    ],
)
def test_what_is_no_mark_does_not_put_a_stratum_into_a_domain(marks, sentence):
    """Every text is true to NumPy, “no” among them."""
    with pytest.raises(AllocationError, match=sentence):
        Target.by_variation(STRATA, "rate", means=MEANS, spreads=SPREADS, cv=0.1, within=marks)
    by_numbers = Target.by_variation(STRATA, "rate", means=MEANS, spreads=SPREADS, cv=0.1, within=[1, 0, 1])
    assert (by_numbers.spreads > 0).tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ([9, 9], "number of units: 2 values for 3 strata; expected is one, or one for each"),
        ([9, -9, 9], "Stratum “b” has the number of units -9; expected is 0 or more"),
        ([9, 9, 601], "601 units are drawn in stratum “c”; expected is at most its size, 600"),
    ],
)
def test_numbers_that_cannot_be_drawn_are_not_judged(numbers, sentence):
    target = Target.by_variance(STRATA, "v", spreads=SPREADS, variance=1)
    with pytest.raises(AllocationError, match=sentence):
        judged(STRATA, [target], numbers)
