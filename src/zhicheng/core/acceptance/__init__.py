"""Acceptance sampling (计数抽样检验): which plan a standard gives for a lot, and what any plan does.

>>> plan = plan_for(lot_size=1000, level="II", aql="1.0")
>>> f"{plan.edition.name}, letter {plan.letter}: n = {plan.n}, Ac = {plan.ac}, Re = {plan.re}"
'GB/T 2828.1-2012, letter J: n = 80, Ac = 2, Re = 3'
>>> f"{plan.single.acceptance(Process(), 0.01):.4f}", f"{quality_at(plan.single, Process(), 0.10):.4f}"
('0.9534', '0.0652')

Editions and their tables are data (`edition`, `gbt2828`); `lookup` reads them, `switching` follows the lots,
`scheme` tells where that leads, `sheet` prints. What plans do is computed for lots, processes and counts per 100
units alike (`population`, `plans`, `curves`); `design` makes plans to measure, and `declared` checks what somebody
declared. docs/explanation/acceptance.md tells why.
"""

from zhicheng.core.acceptance.curves import (
    CurvePoint,
    OutgoingLimit,
    average_outgoing_quality,
    average_total_inspection,
    curve,
    outgoing_limit,
    quality_at,
)
from zhicheng.core.acceptance.declared import (
    DeclaredPlan,
    LqrLevel,
    Verdict,
    declared_limit,
    declared_plan,
)
from zhicheng.core.acceptance.design import RiskPoint, find_plan, most_nonconforming, sample_finding_none
from zhicheng.core.acceptance.edition import Edition, InspectionLevel, MasterTable, Severity, SwitchingRules
from zhicheng.core.acceptance.gbt2828 import GBT_2828_1_2012
from zhicheng.core.acceptance.lookup import Cell, InspectionPlan, cell_for, code_letter, plan_for, preferred_aql
from zhicheng.core.acceptance.plans import DoublePlan, Plan, SinglePlan, Stage
from zhicheng.core.acceptance.population import Lot, PerHundredUnits, Population, Process
from zhicheng.core.acceptance.quantities import AcceptanceError
from zhicheng.core.acceptance.scheme import LongRun, Scheme
from zhicheng.core.acceptance.sheet import PlanSheet
from zhicheng.core.acceptance.switching import InspectionStage, LotResult, Series

__all__ = [
    "GBT_2828_1_2012",
    "AcceptanceError",
    "Cell",
    "CurvePoint",
    "DeclaredPlan",
    "DoublePlan",
    "Edition",
    "InspectionLevel",
    "InspectionPlan",
    "InspectionStage",
    "LongRun",
    "Lot",
    "LotResult",
    "LqrLevel",
    "MasterTable",
    "OutgoingLimit",
    "PerHundredUnits",
    "Plan",
    "PlanSheet",
    "Population",
    "Process",
    "RiskPoint",
    "Scheme",
    "Series",
    "Severity",
    "SinglePlan",
    "Stage",
    "SwitchingRules",
    "Verdict",
    "average_outgoing_quality",
    "average_total_inspection",
    "cell_for",
    "code_letter",
    "curve",
    "declared_limit",
    "declared_plan",
    "find_plan",
    "most_nonconforming",
    "outgoing_limit",
    "plan_for",
    "preferred_aql",
    "quality_at",
    "sample_finding_none",
]
