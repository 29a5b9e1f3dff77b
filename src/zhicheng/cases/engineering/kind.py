"""Engineering quality complaints as a kind of case."""

from zhicheng.cases.engineering.rules import ENGINEERING
from zhicheng.cases.rectification.kind import kind_about

ENGINEERING_KIND = kind_about("engineering", ENGINEERING)
