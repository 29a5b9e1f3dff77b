"""How far raters agree: on categories, on scales, on an order.

>>> round(fleiss([[2, 0], [1, 1], [0, 2], [2, 0]]).value, 3)
0.467
"""

from zhicheng.core.scores.agreement.coefficient import Agreement
from zhicheng.core.scores.agreement.gwet_coefficients import gwet
from zhicheng.core.scores.agreement.intraclass_correlation import Form, Intraclass, intraclass
from zhicheng.core.scores.agreement.kappa import Weights, cohen, cohen_of_table, fleiss
from zhicheng.core.scores.agreement.kendall import Concordance, concordance
from zhicheng.core.scores.agreement.krippendorff import Metric, alpha

__all__ = [
    "Agreement",
    "Concordance",
    "Form",
    "Intraclass",
    "Metric",
    "Weights",
    "alpha",
    "cohen",
    "cohen_of_table",
    "concordance",
    "fleiss",
    "gwet",
    "intraclass",
]
