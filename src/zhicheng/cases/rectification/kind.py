"""A complaint about building work as a kind of case."""

from zhicheng.cases.kind import CaseKind
from zhicheng.cases.rectification.papers import FORMS
from zhicheng.cases.responsibility import correcting, name_nobody, naming
from zhicheng.core.process import Process
from zhicheng.core.words import words


def kind_about(name: str, process: Process) -> CaseKind:
    """The kind of one sort of works; its catalogues and limits begin with `name`."""
    return CaseKind(
        versions=(process,),
        categories=(f"{name}.category",),
        path=("received", "accepted", "ordered", "promised", "rectified", "verified"),
        limits={
            f"{name}.accept": words("Accept or reject"),
            f"{name}.order": words("Analyse and decide"),
            f"{name}.promise": words("Promise a date"),
            f"{name}.verify": words("Verify on the spot"),
            "date:due_on": words("Rectify as ordered"),
            "date:promised_on": words("Keep the promise"),
        },
        follow_ups={
            "order": naming(f"{name}.cause"),
            "object": name_nobody,
            "revise_cause": correcting(f"{name}.cause"),
        },
        forms=FORMS,
    )
