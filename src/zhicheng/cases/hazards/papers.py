"""The papers of hazards: record on the spot, order, stop, what a check afterwards found, refusal."""

from zhicheng.cases.models import SUBJECT
from zhicheng.cases.papers import (
    MATTER,
    REFERRAL,
    case_of,
    choice_of,
    company_name,
    day_given,
    found,
    given,
    matter_values,
    reporter_name,
    term_of,
)
from zhicheng.ground.documents.registry import FormSource, Particulars
from zhicheng.ground.proceedings.api import Taking

TELLER = "报告人"
"""How somebody is addressed who reported a hazard and left no name."""
LEVELS = {"ordinary": "一般隐患", "serious": "重大隐患"}
CONCLUSIONS = {
    "verify": "隐患已消除。", "release": "隐患已消除，同意恢复生产经营和使用。",
    "refuse": "隐患未消除，请继续整改。", "uphold": "隐患未消除，维持停止措施。",
}  # fmt: skip


def _order(taking: Taking) -> Particulars:
    values = {
        "company": company_name(taking), "checked_on": day_given(taking, "checked_on"), "finding": found(taking),
        "level": choice_of(taking, "level", LEVELS), "requirement": taking.data.get("requirement", "").strip(),
        "due_on": day_given(taking, "due_on") if "due_on" in taking.data else "",
        "stop": taking.data.get("stop", "").strip(),
    }  # fmt: skip
    return Particulars(matter_values(case_of(taking)) | values, addressee=taking.data["company"])


def _rejection(taking: Taking) -> Particulars:
    """A hazard is reported, so whoever left no name is not addressed as if they had complained."""
    case = case_of(taking)
    values = {
        "ground": term_of(taking, taking.step, taking.data["ground"], "ground"),
        "reason": taking.data["reason"].strip(), "reporter": reporter_name(case) or TELLER,
    }  # fmt: skip
    return Particulars(matter_values(case) | values)


def _recheck(taking: Taking) -> Particulars:
    case = case_of(taking)
    noted = given(taking, "finding") or given(taking, "reason") or ""
    values = {
        "conclusion": CONCLUSIONS[taking.step.verb], "finding": noted.strip(),
        "due_on": day_given(taking, "due_on") if "due_on" in taking.data else "",
        "checked_on": day_given(taking, "checked_on") if given(taking, "checked_on") else "",
    }  # fmt: skip
    return Particulars(matter_values(case) | values, addressee=case.company_id)


ORDERED = {"company", "checked_on", "finding", "level", "requirement", "due_on", "stop"}
FORMS = (
    *(
        FormSource(form, SUBJECT, MATTER | ORDERED, _order)
        for form in ("hazard_record", "hazard_order", "hazard_stop")
    ),
    FormSource("hazard_recheck", SUBJECT, MATTER | {"conclusion", "finding", "due_on", "checked_on"}, _recheck),
    FormSource("hazard_rejection", SUBJECT, MATTER | {"ground", "reason"}, _rejection),
    REFERRAL,
)
"""The forms that steps about a hazard issue."""
