"""Complaints and reports about agricultural products as a kind of case."""

from zhicheng.cases.agriculture.papers import FORMS
from zhicheng.cases.agriculture.rules import AGRICULTURE
from zhicheng.cases.kind import CaseKind
from zhicheng.cases.responsibility import name_company
from zhicheng.core.words import words

AGRICULTURE_KIND = CaseKind(
    versions=(AGRICULTURE,),
    categories=("agriculture.category",),
    path=("received", "checking", "ordered", "corrected", "verified"),
    limits={
        "agriculture.accept": words("Accept or reject"),
        "agriculture.check": words("Check on the spot"),
        "agriculture.retest": words("Ask for a re-test"),
        "agriculture.retest_rapid": words("Ask for a re-test"),
        "agriculture.retest_report": words("Report of the re-test"),
        "agriculture.decide": words("Decide on the result"),
        "agriculture.verify": words("Verify on the spot"),
        "date:due_on": words("Correct as ordered"),
    },
    withheld=True,
    follow_ups={"order": name_company},
    forms=FORMS,
)
