"""The official papers of market reports: what the reporter is told of them, and nobody else."""

from zhicheng.cases.market.papers import DISTRIBUTION
from zhicheng.cases.models import SUBJECT
from zhicheng.cases.papers import (
    BASIS,
    INFORMANT,
    MATTER,
    basis_of,
    case_of,
    kept,
    matter_values,
    reporter_name,
    term_of,
)
from zhicheng.cases.reports.rules import FILING
from zhicheng.ground.documents.registry import FormSource, Particulars
from zhicheng.ground.proceedings.api import Taking


def _told(taking: Taking) -> Particulars:
    """That a case is filed, or is not and why: the ground and reason are those that the leader approved."""
    before = taking.before
    case = case_of(taking)
    values = {"reporter": reporter_name(case) or INFORMANT, "ground": "", "reason": "", "result": "决定予以立案"}
    if before.state != FILING.key:
        asked = before.context(taking.by, taking.now).last("request_drop")
        assert asked is not None, "no case is dropped that nobody asked to drop"
        step = next(step for step in before.process.steps if step.verb == "request_drop")
        values["ground"] = term_of(taking, step, asked.data["ground"], "ground")
        values["reason"] = kept(before, asked.data["reason"])
        values["result"] = "决定不予立案"
    return Particulars(matter_values(case) | values, provisions=basis_of(taking.step))


def _result(taking: Taking) -> Particulars:
    told = _told(taking)
    return Particulars({**told.values, "provision": taking.data["basis"].strip()}, provisions=told.provisions)


COMMON = MATTER | {"ground", "reason", "result", f"law.{BASIS}"}
FORMS = (
    FormSource("market_report_filed", SUBJECT, COMMON, _told),
    FormSource("market_report_not_filed", SUBJECT, COMMON, _told),
    FormSource("market_report_result", SUBJECT, COMMON | {"provision"}, _result),
    DISTRIBUTION,
)
"""The forms that steps of a market report issue."""
