"""Tables by which single plans were made before there were computers: of the Poisson distribution, for any sample.

Cameron 1952, Tables for Constructing and for Computing the Operating Characteristics of Single-Sampling Plans,
Industrial Quality Control 9:37: the mean number of nonconformities n p at which a plan accepts with 95, 50 and
10 %, and the ratio of the last to the first, by which a plan is chosen; its last digits are off by one at times.
Dodge and Romig 1959, Sampling Inspection Tables, table 2-3: the factor y by which the worst that goes out is y/n.
"""

import pytest

from zhicheng.core.acceptance import (
    PerHundredUnits,
    RiskPoint,
    SinglePlan,
    find_plan,
    outgoing_limit,
    quality_at,
)

CAMERON = [
    (0, 0.051, 0.693, 2.303, 44.890),
    (1, 0.355, 1.678, 3.890, 10.946),
    (2, 0.818, 2.674, 5.322, 6.509),
    (3, 1.366, 3.672, 6.681, 4.890),
    (4, 1.970, 4.671, 7.994, 4.057),
    (5, 2.613, 5.670, 9.275, 3.549),
    (6, 3.286, 6.670, 10.532, 3.206),
    (7, 3.981, 7.669, 11.771, 2.957),
    (8, 4.695, 8.669, 12.995, 2.768),
    (9, 5.426, 9.669, 14.206, 2.618),
    (10, 6.169, 10.668, 15.407, 2.497),
]
FACTORS = [0.3679, 0.8400, 1.3711, 1.9424, 2.5435, 3.1682, 3.8120, 4.4720, 5.1457, 5.8314, 6.5277]
"""y for Ac = 0 to 10."""


@pytest.mark.parametrize(("ac", "good", "even", "bad", "ratio"), CAMERON)
@pytest.mark.parametrize("n", [1, 37, 1000])
def test_what_is_accepted_nineteen_times_in_twenty_once_in_two_and_once_in_ten(
    n: int, ac: int, good: float, even: float, bad: float, ratio: float
) -> None:
    plan, counts = SinglePlan(n, ac), PerHundredUnits()
    found = [quality_at(plan, counts, acceptance) * n / 100 for acceptance in (0.95, 0.5, 0.1)]
    assert found == pytest.approx([good, even, bad], abs=0.001)
    assert found[2] / found[0] == pytest.approx(ratio, abs=0.002)
    for mean, acceptance in zip((good, even, bad), (0.95, 0.5, 0.1), strict=True):
        assert plan.acceptance(counts, 100 * mean / n) == pytest.approx(acceptance, abs=0.001)


@pytest.mark.parametrize(("ac", "factor"), list(enumerate(FACTORS)))
def test_the_worst_that_goes_out_is_a_factor_by_the_sample(ac: int, factor: float) -> None:
    for n in (1, 80, 500):
        limit = outgoing_limit(SinglePlan(n, ac), PerHundredUnits())
        assert limit.quality * n / 100 == pytest.approx(factor, abs=0.0001)


@pytest.mark.parametrize(
    ("ac", "good", "bad", "smaller"), [(row[0], row[1], row[3], row[4]) for row in CAMERON[1:9]]
)
def test_a_plan_is_chosen_by_the_first_ratio_that_is_small_enough(
    ac: int, good: float, bad: float, smaller: float
) -> None:
    """Cameron's procedure: the smallest Ac whose ratio is no larger than that of the two qualities; n = n p/p."""
    consumer = 0.02 * smaller * 1.01
    plan = find_plan(PerHundredUnits(), producer=RiskPoint(0.02, 0.05), consumer=RiskPoint(consumer, 0.10))
    assert plan.ac == ac
    assert 100 * (bad - 0.001) / consumer <= plan.n <= 100 * (good + 0.001) / 0.02
