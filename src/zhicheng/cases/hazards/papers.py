"""The papers of hazards: record of a removal on the spot, order, stop, and what a check afterwards found."""

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
)
from zhicheng.cases.rectification.papers import FORMS as RECTIFICATION
from zhicheng.ground.documents.registry import FormSource, Particulars
from zhicheng.ground.proceedings.api import Taking

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
SHARED = tuple(source for source in RECTIFICATION if source.form == "rejection")
FORMS = (
    *(
        FormSource(form, SUBJECT, MATTER | ORDERED, _order)
        for form in ("hazard_record", "hazard_order", "hazard_stop")
    ),
    FormSource("hazard_recheck", SUBJECT, MATTER | {"conclusion", "finding", "due_on", "checked_on"}, _recheck),
    *SHARED,
    REFERRAL,
)
"""The forms that steps about a hazard issue."""
