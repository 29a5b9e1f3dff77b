"""Sampling designs: how a sample was drawn, and the variance that follows for every sum over it.

>>> Design.stratified(["n", "n", "s", "s"], population=[10, 10, 30, 30]).degrees_of_freedom
2
"""

from zhicheng.core.designs.columns import Codes, DesignError, Flags, Floats, Labels, codes_of
from zhicheng.core.designs.design import Adjustment, Design, Unequal
from zhicheng.core.designs.drawing import Population
from zhicheng.core.designs.pairs import Form
from zhicheng.core.designs.stage import LonelyPsu

__all__ = [
    "Adjustment",
    "Codes",
    "Design",
    "DesignError",
    "Flags",
    "Floats",
    "Form",
    "Labels",
    "LonelyPsu",
    "Population",
    "Unequal",
    "codes_of",
]
