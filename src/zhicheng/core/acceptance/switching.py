"""How the severity of inspection follows the lots: normal, tightened, reduced, and the end of it (§9.3, §9.4).

A `Series` is what is known of a supplier's lots so far; `after` gives the series with one more lot. Only lots on
original inspection count: one that is offered again after sorting is not entered.

>>> series = Series()
>>> for accepted in [True, False, True, False]:
...     series = series.after(LotResult(accepted, accepted))
>>> series.stage, series.severity
(<InspectionStage.TIGHTENED: 'tightened'>, <Severity.TIGHTENED: 'tightened'>)

Source: GB/T 2828.1-2012 §9.3.1 to §9.3.4 and §9.4, equal to ISO 2859-1:1999; recalled, and compared with summaries
of others, not with the printed standard.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from zhicheng.core.acceptance.edition import Edition, Severity
from zhicheng.core.acceptance.gbt2828 import GBT_2828_1_2012
from zhicheng.core.acceptance.lookup import InspectionPlan
from zhicheng.core.acceptance.quantities import AcceptanceError, whole
from zhicheng.core.choices import named
from zhicheng.core.words import words


class InspectionStage(StrEnum):
    """Where a series of lots stands."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    REDUCED = "reduced"
    SUSPENDED = "suspended"
    """No lot is inspected by the standard until the supplier has improved what is made (暂停检验, §9.4)."""


@dataclass(frozen=True, slots=True)
class LotResult:
    """What original inspection of one lot said: was it accepted, and is it counted for the switching score?

    `score_kept`: of a plan with Ac 0 or 1, whether the lot was accepted; with a larger Ac, whether it would have
    been at the next lower AQL, too (§9.3.3.2). `ac` is the plan's.
    """

    accepted: bool
    score_kept: bool
    ac: int = 0

    @classmethod
    def of(cls, plan: InspectionPlan, nonconforming: int) -> "LotResult":
        """The result of a plan by what was found, 0 or more. Raises AcceptanceError.

        “The AQL one step tighter” is read in the row whose plan was used: the same sample, judged more strictly.

        >>> from zhicheng.core.acceptance.lookup import plan_for
        >>> LotResult.of(plan_for(lot_size=1000, aql="1.0"), 2)
        LotResult(accepted=True, score_kept=False, ac=2)
        """
        found = whole("nonconforming", nonconforming, 0)
        return cls(found <= plan.ac, found <= plan.score_limit, plan.ac)


@dataclass(frozen=True, slots=True)
class Series:
    """A supplier's lots of one product so far. Begins under normal inspection (§9.1).

    `recent`: which of the last lots at this stage were accepted, those that still matter: under normal inspection
    from a refused one on, under tightened after the last refused one. `refused`: lots not accepted since tightened
    inspection began. `score`: the switching score, counted under normal inspection. The stage may be given as the
    text that is kept of it. Raises AcceptanceError for another.
    """

    stage: InspectionStage = InspectionStage.NORMAL
    recent: tuple[bool, ...] = ()
    refused: int = 0
    score: int = 0
    edition: Edition = GBT_2828_1_2012

    def __post_init__(self) -> None:
        object.__setattr__(self, "stage", named(InspectionStage, "stage", self.stage, AcceptanceError))
        object.__setattr__(self, "recent", tuple(self.recent))

    @property
    def severity(self) -> Severity:
        """The severity for the next lot. Raises AcceptanceError while inspection is suspended."""
        self._expect_inspection()
        return Severity(self.stage.value)

    @property
    def may_be_reduced(self) -> bool:
        """Whether the switching score allows reduced inspection."""
        return self.stage is InspectionStage.NORMAL and self.score >= self.edition.switching.score

    def after(self, lot: LotResult, *, reduction_agreed: bool = False) -> "Series":
        """The series with one more lot. Raises AcceptanceError while inspection is suspended.

        `reduction_agreed`: production is steady, and the responsible authority wants reduced inspection
        (§9.3.3.1); without it normal inspection goes on, however high the score.
        """
        self._expect_inspection()
        if self.stage is InspectionStage.REDUCED:
            return self if lot.accepted else self._beginning(InspectionStage.NORMAL)
        seen = replace(self, recent=(*self.recent, lot.accepted))
        if self.stage is InspectionStage.TIGHTENED:
            return seen._after_tightened(lot)
        return seen._after_normal(lot, reduction_agreed)

    def reduced(self) -> "Series":
        """Reduced inspection from the next lot on, as agreed. Raises AcceptanceError if the score is too low."""
        if not self.may_be_reduced:
            raise AcceptanceError(
                words(
                    "Reduced inspection needs normal inspection and a switching score of {needed}; it is {score}"
                ),
                needed=self.edition.switching.score,
                score=self.score,
            )
        return self._beginning(InspectionStage.REDUCED)

    def restored(self) -> "Series":
        """Normal inspection again although no lot failed: production is irregular, or other conditions ask for it
        (§9.3.4 b and c). Raises AcceptanceError unless inspection is reduced."""
        return self._leaving(InspectionStage.REDUCED, InspectionStage.NORMAL)

    def resumed(self) -> "Series":
        """Tightened inspection again: the supplier has improved what is made (§9.4). Raises AcceptanceError unless
        inspection is suspended."""
        return self._leaving(InspectionStage.SUSPENDED, InspectionStage.TIGHTENED)

    def _after_normal(self, lot: LotResult, reduction_agreed: bool) -> "Series":
        rules = self.edition.switching
        if self.recent.count(False) >= rules.refused:
            return self._beginning(InspectionStage.TIGHTENED)
        recent = self.recent[1 - rules.among :]
        recent = recent[recent.index(False) :] if False in recent else ()
        step = rules.small_step if lot.ac <= 1 else rules.large_step
        score = self.score + step if lot.accepted and lot.score_kept else 0
        scored = replace(self, recent=recent, score=score)
        return scored.reduced() if reduction_agreed and scored.may_be_reduced else scored

    def _after_tightened(self, lot: LotResult) -> "Series":
        rules = self.edition.switching
        recent, refused = self.recent if lot.accepted else (), self.refused + (not lot.accepted)
        if refused >= rules.ending:
            return self._beginning(InspectionStage.SUSPENDED)
        if len(recent) >= rules.accepted:
            return self._beginning(InspectionStage.NORMAL)
        return replace(self, recent=recent, refused=refused)

    def _beginning(self, stage: InspectionStage) -> "Series":
        """Everything is counted anew from the lot that follows."""
        return Series(stage, edition=self.edition)

    def _leaving(self, stage: InspectionStage, into: InspectionStage) -> "Series":
        if self.stage is not stage:
            raise AcceptanceError(
                words("Inspection is {stage}; this step was expected when it is {expected}"),
                stage=self.stage,
                expected=stage,
            )
        return self._beginning(into)

    def _expect_inspection(self) -> None:
        if self.stage is InspectionStage.SUSPENDED:
            raise AcceptanceError(
                words(
                    "Inspection is suspended after {ending} refused lots; expected an improvement by the supplier"
                ),
                ending=self.edition.switching.ending,
            )
