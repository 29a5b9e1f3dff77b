"""Housing quality complaints as a kind of case."""

from zhicheng.cases.housing.rules import HOUSING
<<<<<<< HEAD
from zhicheng.cases.kind import CaseKind
from zhicheng.cases.rectification.papers import FORMS
from zhicheng.cases.responsibility import name_nobody, naming
from zhicheng.core.words import words

HOUSING_KIND = CaseKind(
    versions=(HOUSING,),
    categories="housing.category",
    path=("received", "accepted", "ordered", "promised", "rectified", "verified"),
    limits={
        "housing.accept": words("Accept or reject"),
        "housing.order": words("Analyse and decide"),
        "housing.promise": words("Promise a date"),
        "housing.verify": words("Verify on the spot"),
        "date:due_on": words("Rectify as ordered"),
        "date:promised_on": words("Keep the promise"),
    },
    follow_ups={"order": naming("housing.cause"), "object": name_nobody},
    forms=FORMS,
)
=======
from zhicheng.cases.rectification.kind import kind_about

HOUSING_KIND = kind_about("housing", HOUSING)
>>>>>>> 50f5f3f (Let a case hold market complaints and reports, tourism, engineering, hazards and farm products)
