"""Who answers for a case: carried over from the steps that name or release a company."""

from zhicheng.cases.kind import FollowUp
from zhicheng.cases.models import Case
from zhicheng.ground.packs.api import get_term
from zhicheng.ground.proceedings.api import Taking


def naming(causes: str) -> FollowUp:
    """After an order its cause (a term of the catalogue `causes`) and its company are the case's: figures and the
    company's page count them.
    """

    def name(taking: Taking) -> None:
        cause = get_term(causes, taking.data["cause"], taking.before.matter.area_path)
        Case.objects.filter(id=taking.before.subject[1]).update(cause=cause, company_id=taking.data["company"])

    return name


def correcting(causes: str) -> FollowUp:
    """After a correction the cause (a term of the catalogue `causes`) is the case's, and figures count that."""

    def correct(taking: Taking) -> None:
        cause = get_term(causes, taking.data["cause"], taking.before.matter.area_path)
        Case.objects.filter(id=taking.before.subject[1]).update(cause=cause)

    return correct


def name_company(taking: Taking) -> None:
    """The company that a step names is the case's: its page shows the case."""
    Case.objects.filter(id=taking.before.subject[1]).update(company_id=taking.data["company"])


def name_nobody(taking: Taking) -> None:
    """Nobody answers for the case until somebody else is named."""
    Case.objects.filter(id=taking.before.subject[1]).update(company=None)
