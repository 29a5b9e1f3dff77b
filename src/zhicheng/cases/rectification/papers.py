"""The papers of whoever has defects rectified, and what a case gives them."""

from datetime import date

from zhicheng.cases.models import SUBJECT
from zhicheng.cases.papers import MATTER, case_of, matter_values, term_of
from zhicheng.core.process import Step
from zhicheng.ground.documents.api import day_words, list_issued
from zhicheng.ground.documents.registry import FormSource, Particulars
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import get_texts_by_hash
from zhicheng.ground.proceedings.api import Situation, Taking


def _rejection(taking: Taking) -> Particulars:
    ground = term_of(taking, taking.step, taking.data["ground"], "ground")
    values = {"ground": ground, "reason": taking.data["reason"].strip()}
    return Particulars(matter_values(case_of(taking)) | values)


def _order(taking: Taking) -> Particulars:
    company = Organization.objects.get(id=taking.data["company"])
    cause = term_of(taking, taking.step, taking.data["cause"], "cause")
    values = {
        "company": company.name, "cause": cause, "due_on": day_words(taking.data["due_on"]),
        "requirement": taking.data["requirement"].strip(),
    }  # fmt: skip
    return Particulars(matter_values(case_of(taking)) | values, addressee=company.id)


def _reply(taking: Taking) -> Particulars:
    """The company answers the order that stands: its latest, with the later date if one was given since."""
    case, before = case_of(taking), taking.before
    context = before.context(taking.by, taking.now)
    order, latest = context.last("order"), context.last("order", "promise")
    dated = context.last("order", "refuse", "postpone")
    assert order is not None, "nothing is rectified that was not ordered"
    assert dated is not None, "an order has a date"
    texts = get_texts_by_hash(("proceeding", before.id))
    assert before.matter.holder is not None, "an order was issued by whoever holds the matter"
    body = Organization.objects.get(id=before.matter.holder)
    orders = list_issued(before.subject, form="rectification_order", proceeding=before.id)
    values = {
        "body": body.name, "order_number": orders[0].number if orders else "",
        "cause": term_of(taking, _step(before, "order"), order.data["cause"], "cause"),
        "due_on": _day(dated.data["due_on"]),
        "promised_on": _day(latest.data["promised_on"]) if latest and latest.verb == "promise" else "",
        "requirement": texts.get(order.data["requirement"]["text"], ""),
        "note": taking.data.get("note", "").strip(),
    }  # fmt: skip
    names = tuple(checked.name for checked in taking.data["evidence"])
    return Particulars(
        matter_values(case) | values, attachments=names, addressee=body.id, issuer=order.data["company"]
    )


def _transfer(taking: Taking) -> Particulars:
    body = Organization.objects.get(id=taking.data["body"])
    why = term_of(taking, taking.step, taking.data["why"], "why")
    values = {"body": body.name, "why": why, "note": taking.data.get("note", "").strip()}
    return Particulars(matter_values(case_of(taking)) | values, addressee=body.id)


def _step(situation: Situation, verb: str) -> Step:
    return next(step for step in situation.process.steps if step.verb == verb)


def _day(written: str) -> str:
    return day_words(date.fromisoformat(written))


FORMS = tuple(
    FormSource(form, SUBJECT, MATTER | names, particulars)
    for form, names, particulars in (
        ("rejection", {"ground", "reason"}, _rejection),
        ("rectification_order", {"company", "cause", "due_on", "requirement"}, _order),
        ("rectification_reply",
         {"body", "order_number", "cause", "due_on", "promised_on", "requirement", "note"}, _reply),
        ("transfer_letter", {"body", "why", "note"}, _transfer),
    )
)  # fmt: skip
"""The forms that steps of this kind issue."""
