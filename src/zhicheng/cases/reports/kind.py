"""Market reports as a kind of case."""

from zhicheng.cases.kind import CaseKind
from zhicheng.cases.registration_forms import REPORT_FORM
from zhicheng.cases.reports.papers import FORMS
from zhicheng.cases.reports.rules import CATEGORIES, MARKET_REPORTS
from zhicheng.core.words import words

MARKET_REPORT_KIND = CaseKind(
    versions=MARKET_REPORTS,
    categories=CATEGORIES,
    path=("received", "verifying", "filing", "filed"),
    limits={
        "market.verification": words("Verify and decide on a case"),
        "market.jurisdiction": words("Settle the jurisdiction"),
        "market.reporter_told": words("Tell the reporter"),
        "market.result_told": words("Tell the result"),
    },
    told=words("The report"),
    forms=(*FORMS, REPORT_FORM),
    registration=REPORT_FORM.form,
    reopens=False,
)
"""What was decided about a lead is not decided anew because somebody is dissatisfied: they report again."""
