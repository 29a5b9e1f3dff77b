"""How far raters agree: on categories, on scales, on an order.

>>> round(fleiss([[2, 0], [1, 1], [0, 2], [2, 0]]).value, 3)
0.467
"""

from zhicheng.core.scores.agreement.alpha import Metric, alpha
from zhicheng.core.scores.agreement.coefficient import Agreement
from zhicheng.core.scores.agreement.concordance import Concordance, concordance
from zhicheng.core.scores.agreement.gwet import gwet
from zhicheng.core.scores.agreement.intraclass import Form, Intraclass, intraclass
from zhicheng.core.scores.agreement.kappa import Weights, cohen, cohen_of_table, fleiss

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
