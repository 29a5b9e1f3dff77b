"""Market complaints as a kind of case."""

from zhicheng.cases.kind import CaseKind
from zhicheng.cases.market.papers import FORMS
from zhicheng.cases.market.rules import CATEGORIES, MARKET_COMPLAINTS
from zhicheng.cases.registration_forms import COMPLAINT_FORM
from zhicheng.cases.reports.leads import open_report
from zhicheng.cases.responsibility import name_company
from zhicheng.core.words import words

MARKET_COMPLAINT_KIND = CaseKind(
    versions=MARKET_COMPLAINTS,
    categories=CATEGORIES,
    path=("received", "accepted", "mediating", "settled"),
    limits={
        "market.accept": words("Accept or reject"),
        "date:asked_until": words("Hand in what was asked for"),
        "market.jurisdiction": words("Settle the jurisdiction"),
        "market.mediation": words("Mediate"),
        "market.closing": words("End the mediation"),
        "market.mediation_notice": words("Tell the parties"),
    },
    follow_ups={"name": name_company, "lead": open_report},
    forms=(*FORMS, COMPLAINT_FORM),
    registration=COMPLAINT_FORM.form,
)
