"""The papers of complaints about agricultural products."""

from zhicheng.cases.models import SUBJECT
from zhicheng.cases.papers import MATTER, case_of, company_name, day_given, found, matter_values
from zhicheng.cases.rectification.papers import FORMS as RECTIFICATION
from zhicheng.ground.documents.registry import FormSource, Particulars
from zhicheng.ground.proceedings.api import Taking


def _order(taking: Taking) -> Particulars:
    values = {
        "company": company_name(taking), "checked_on": day_given(taking, "checked_on"), "finding": found(taking),
        "due_on": day_given(taking, "due_on"), "requirement": taking.data["requirement"].strip(),
    }  # fmt: skip
    return Particulars(matter_values(case_of(taking)) | values, addressee=taking.data["company"])


SHARED = tuple(source for source in RECTIFICATION if source.form in ("rejection", "transfer_letter"))
FORMS = (
    FormSource(
        "correction_order", SUBJECT, MATTER | {"company", "checked_on", "finding", "due_on", "requirement"}, _order
    ),
    *SHARED,
)
"""The forms that steps about an agricultural product issue."""
