"""Tourism complaints as a kind of case."""

from zhicheng.cases.kind import CaseKind
from zhicheng.cases.responsibility import name_company
from zhicheng.cases.tourism.papers import FORMS
from zhicheng.cases.tourism.rules import TOURISM
from zhicheng.core.words import words

TOURISM_KIND = CaseKind(
    versions=(TOURISM,),
    categories=("tourism.category",),
    path=("received", "accepted", "answering", "mediating", "settled"),
    limits={
        "tourism.accept": words("Accept or reject"),
        "tourism.notify": words("Notify the respondent"),
        "tourism.answer": words("Answer the complaint"),
        "tourism.mediation": words("Mediate"),
        "tourism.closing": words("End the mediation"),
    },
    follow_ups={"notify": name_company},
    forms=FORMS,
)
