"""How many batches to draw where: by size, by spread, by cost, by targets, or by where failures are expected.

>>> counties = Strata.of([900, 300, 60], names=["Tengzhou", "Yicheng", "Shanting"])
>>> proportional(counties, 84).numbers.tolist(), power(counties, [900, 300, 60], 1.0, 84).numbers.tolist()
([60, 20, 4], [46, 26, 12])
"""

from zhicheng.core.allocation.by_cost import cheapest, most_precise
from zhicheng.core.allocation.by_number import neyman, power, proportional
from zhicheng.core.allocation.joint_allocation import JointAllocation, bethel
from zhicheng.core.allocation.next_batches import NextBatches, where_next
from zhicheng.core.allocation.rates import FailureRates, failure_rates
from zhicheng.core.allocation.strata import Allocation, AllocationError, Strata, total_variance
from zhicheng.core.allocation.targets import Judgement, Target, by_domain, judged

__all__ = [
    "Allocation",
    "AllocationError",
    "FailureRates",
    "JointAllocation",
    "Judgement",
    "NextBatches",
    "Strata",
    "Target",
    "bethel",
    "by_domain",
    "cheapest",
    "failure_rates",
    "judged",
    "most_precise",
    "neyman",
    "power",
    "proportional",
    "total_variance",
    "where_next",
]
