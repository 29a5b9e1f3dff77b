"""Figures from judgements: rounded as the standard says, freed of the reviewer's severity, with their agreement.

Rounding and limits by GB/T 8170, reviewers' severity, agreement of raters, the satisfaction index with the error
of its survey, and weights by a path model. Explained for readers in docs/explanation/scores.md.

>>> print(rounded("2.35", "0.1"), rounded("2.45", "0.1"))
2.4 2.4
"""

from zhicheng.core.scores.conformity import Bound, Comparison, Requirement
from zhicheng.core.scores.paths import Mode, PathModel, Scheme, correlation_of, deviations_of, path_model
from zhicheng.core.scores.rounding import Mark, Reported, decimal, reported, rounded
from zhicheng.core.scores.satisfaction import SatisfactionIndex, satisfaction_index
from zhicheng.core.scores.severity import AdjustedScores, adjusted_for_severity, shrunken_for_severity

__all__ = [
    "AdjustedScores",
    "Bound",
    "Comparison",
    "Mark",
    "Mode",
    "PathModel",
    "Reported",
    "Requirement",
    "SatisfactionIndex",
    "Scheme",
    "adjusted_for_severity",
    "correlation_of",
    "decimal",
    "deviations_of",
    "path_model",
    "reported",
    "rounded",
    "satisfaction_index",
    "shrunken_for_severity",
]
