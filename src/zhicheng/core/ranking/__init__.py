"""Fair comparison of units, and watching them over time, with the error of every statement said.

Funnel limits and over-dispersion, many comparisons at once, sets of ranks; charts of proportions and counts,
EWMA and CUSUM with computed false-alarm rates. Explained for readers in docs/explanation/ranking.md.

>>> units = of_proportions([9, 30, 4], [100, 200, 150])
>>> adjusted_limits(units, dispersion(units), tail=0.001).position([0.09, 0.15, 0.027])
array([0, 0, 0])
"""

from zhicheng.core.ranking.count_cusum import CountCusum, bernoulli_cusum, poisson_cusum
from zhicheng.core.ranking.cusum_chart import Cusum, cusum, cusum_limit, cusum_run_length
from zhicheng.core.ranking.ewma_chart import Ewma, ewma, ewma_run_length, ewma_width, opening_run_length
from zhicheng.core.ranking.limits import (
    Limits,
    Rule,
    byar_interval,
    expected_within,
    mean_limits,
    proportion_limits,
    ratio_limits,
    ratio_position,
)
from zhicheng.core.ranking.multiplicity import Method, adjusted
from zhicheng.core.ranking.overdispersion import (
    Adjustment,
    Dispersion,
    Scale,
    Transformed,
    adjusted_limits,
    adjusted_z,
    dispersion,
    of_means,
    of_proportions,
    of_ratios,
    trimmed_dispersion,
)
from zhicheng.core.ranking.ranks import (
    Comparison,
    RankSets,
    Standing,
    rank_sets,
    rank_sets_of_covariance,
    standings,
)
from zhicheng.core.ranking.run_length import RunLength
from zhicheng.core.ranking.shewhart import Chart, c_chart, p_chart, u_chart
from zhicheng.core.ranking.significance import proportion_p_values, ratio_p_values, z_p_values

__all__ = [
    "Adjustment",
    "Chart",
    "Comparison",
    "CountCusum",
    "Cusum",
    "Dispersion",
    "Ewma",
    "Limits",
    "Method",
    "RankSets",
    "Rule",
    "RunLength",
    "Scale",
    "Standing",
    "Transformed",
    "adjusted",
    "adjusted_limits",
    "adjusted_z",
    "bernoulli_cusum",
    "byar_interval",
    "c_chart",
    "cusum",
    "cusum_limit",
    "cusum_run_length",
    "dispersion",
    "ewma",
    "ewma_run_length",
    "ewma_width",
    "expected_within",
    "mean_limits",
    "of_means",
    "of_proportions",
    "of_ratios",
    "opening_run_length",
    "p_chart",
    "poisson_cusum",
    "proportion_limits",
    "proportion_p_values",
    "rank_sets",
    "rank_sets_of_covariance",
    "ratio_limits",
    "ratio_p_values",
    "ratio_position",
    "standings",
    "trimmed_dispersion",
    "u_chart",
    "z_p_values",
]
