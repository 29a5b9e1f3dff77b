"""Hazards as a kind of case."""

from zhicheng.cases.hazards.papers import FORMS
from zhicheng.cases.hazards.rules import HAZARDS
from zhicheng.cases.kind import CaseKind
from zhicheng.cases.responsibility import name_company
from zhicheng.core.words import words

HAZARD_KIND = CaseKind(
    versions=(HAZARDS,),
    categories=("hazards.category",),
    path=("reported", "checking", "ordered", "removed", "verified"),
    limits={
        "hazards.accept": words("Take up"),
        "hazards.check": words("Check on the spot"),
        "hazards.escalate": words("Act on what is overdue"),
        "hazards.follow_up": words("Check again on the spot"),
        "hazards.verify": words("Verify on the spot"),
        "date:due_on": words("Remove as ordered"),
    },
    told=words("The hazard"),
    withheld=True,
    follow_ups={"order": name_company, "remedy": name_company, "stop": name_company},
    forms=FORMS,
)
