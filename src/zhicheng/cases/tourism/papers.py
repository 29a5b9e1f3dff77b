"""The papers of tourism complaints: named as the measures name them, in a layout of our own, citing nothing."""

from zhicheng.cases.models import SUBJECT
from zhicheng.cases.papers import MATTER, case_of, company_name, given, kept, matter_values, term_of, told_of
from zhicheng.cases.tourism.rules import names_in
from zhicheng.ground.documents.registry import FormSource, Particulars
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import Taking


def _decision(taking: Taking) -> Particulars:
    ground = term_of(taking, taking.step, taking.data["ground"], "ground")
    case = case_of(taking)
    values = {"ground": ground, "reason": taking.data["reason"].strip()}
    return Particulars(matter_values(case) | values, addressee=case.company_id)


def _transfer(taking: Taking) -> Particulars:
    body = Organization.objects.get(id=taking.data["body"])
    why = term_of(taking, taking.step, taking.data["why"], "why")
    values = {"body": body.name, "why": why, "note": taking.data.get("note", "").strip()}
    return Particulars(matter_values(case_of(taking)) | values, addressee=body.id)


def _notice(taking: Taking) -> Particulars:
    case = case_of(taking)
    values = {"company": company_name(taking), "told": told_of(case), "demand": _demand(taking)}
    return Particulars(matter_values(case) | values, addressee=given(taking, "company"))


def _agreement(taking: Taking) -> Particulars:
    case = case_of(taking)
    values = {
        "told": told_of(case), "demand": _demand(taking), "agreement": taking.data["agreement"].strip(),
        "representatives": _representatives(taking),
    }  # fmt: skip
    return Particulars(matter_values(case) | values, addressee=case.company_id)


def _demand(taking: Taking) -> str:
    return kept(taking.before, taking.before.history[0].data.get("demand")) or ""


def _representatives(taking: Taking) -> str:
    """Who represents those who complain jointly; nobody if one complains alone."""
    chosen = taking.before.context(taking.by, taking.now).last("represent")
    return "、".join(names_in(kept(taking.before, chosen.data["representatives"]))) if chosen else ""


FORMS = tuple(
    FormSource(form, SUBJECT, MATTER | names, particulars)
    for form, names, particulars in (
        ("tourism_rejection", {"ground", "reason"}, _decision),
        ("tourism_transfer", {"body", "why", "note"}, _transfer),
        ("tourism_notice", {"company", "told", "demand"}, _notice),
        ("tourism_agreement", {"told", "demand", "agreement", "representatives"}, _agreement),
        ("tourism_termination", {"ground", "reason"}, _decision),
    )
)
"""The forms that steps of a tourism complaint issue."""
