"""A plan with its risks, as a bureau prints it beside a sampling sheet.

>>> from zhicheng.core.acceptance.lookup import plan_for
>>> sheet = PlanSheet.of(plan_for(lot_size=1000, level="II", aql="1.0"))
>>> f"{sheet.producer_risk:.2%} {sheet.consumer_risk_quality:.3g}"
'4.66% 6.52'
>>> print(sheet)
Standard: GB/T 2828.1-2012 (ISO 2859-1:1999)
Table: 2-A
Severity of inspection: normal inspection
Lot size: 1000
Inspection level: II
Code letter: J
AQL: 1.0
Unit of quality: percent nonconforming
Sample size n: 80
Acceptance number Ac: 2
Rejection number Re: 3
Producer’s risk at the AQL: 4.66 %
Quality accepted with 10 % (consumer’s risk quality): 6.52
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhicheng.core.acceptance.curves import quality_at
from zhicheng.core.acceptance.lookup import InspectionPlan
from zhicheng.core.acceptance.population import PerHundredUnits, Process
from zhicheng.core.acceptance.quantities import AcceptanceError
from zhicheng.core.words import words

LARGEST_PERCENT = Decimal(10)
"""Up to here an AQL may be percent nonconforming; above it counts nonconformities per 100 units (§5.2)."""
CONSUMER_RISK = 0.10
THREE_DIGITS = 999.5


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A plan with the risks of both sides, for lots from a process (Tables 5, 6 and 7 of the standard).

    `per_hundred_units`: nonconformities are counted and not units. `producer_risk`: the probability that a lot
    from a process exactly at the AQL is refused. `consumer_risk_quality` (CRQ): the quality, in percent
    nonconforming or in nonconformities per 100 units, of which a lot is still accepted with 10 %.
    """

    plan: InspectionPlan
    per_hundred_units: bool
    producer_risk: float
    consumer_risk_quality: float

    @classmethod
    def of(cls, plan: InspectionPlan, *, per_hundred_units: bool | None = None) -> "PlanSheet":
        """The sheet of a plan; percent nonconforming for an AQL up to 10 unless `per_hundred_units` says
        otherwise.

        Raises AcceptanceError if percent nonconforming are asked for with a larger AQL.
        """
        counted = plan.aql > LARGEST_PERCENT if per_hundred_units is None else per_hundred_units
        if not counted and plan.aql > LARGEST_PERCENT:
            raise AcceptanceError(
                words("The AQL {aql} is no percentage of nonconforming units; expected {most} or less"),
                aql=plan.aql,
                most=LARGEST_PERCENT,
            )
        population, unit = (PerHundredUnits(), 1) if counted else (Process(), 100)
        risk = 1 - plan.single.acceptance(population, float(plan.aql) / unit)
        limiting = unit * quality_at(plan.single, population, CONSUMER_RISK)
        return cls(plan, counted, risk, limiting)

    def rows(self) -> Iterator[tuple[str, str]]:
        """Label and value of each line; the words among them are messages that the catalogues translate."""
        plan = self.plan
        yield words("Standard"), f"{plan.edition.name} ({plan.edition.adopts})"
        yield words("Table"), plan.table
        yield words("Severity of inspection"), plan.severity.label
        yield words("Lot size"), str(plan.lot_size)
        yield words("Inspection level"), plan.level
        yield words("Code letter"), plan.letter if plan.letter == plan.row else f"{plan.letter} → {plan.row}"
        unit = words("nonconformities per 100 units") if self.per_hundred_units else words("percent nonconforming")
        yield words("AQL"), str(plan.aql)
        yield words("Unit of quality"), unit
        yield words("Sample size n"), str(plan.n)
        yield words("Acceptance number Ac"), str(plan.ac)
        yield words("Rejection number Re"), str(plan.re)
        yield words("Producer’s risk at the AQL"), f"{100 * self.producer_risk:.2f} %"
        yield (
            words("Quality accepted with 10 % (consumer’s risk quality)"),
            _three_digits(self.consumer_risk_quality),
        )

    def __str__(self) -> str:
        return "\n".join(f"{label}: {value}" for label, value in self.rows())


def _three_digits(value: float) -> str:
    """To three digits, as the standard prints qualities; above 1,000 to the unit, and never as a power of ten."""
    return f"{value:.3g}" if value < THREE_DIGITS else f"{value:.0f}"
