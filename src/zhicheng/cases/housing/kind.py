"""Housing quality complaints as a kind of case."""

from zhicheng.cases.housing.rules import HOUSING
from zhicheng.cases.rectification.kind import kind_about

HOUSING_KIND = kind_about("housing", HOUSING)
