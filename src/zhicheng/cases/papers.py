"""What the papers of every kind of case have in common: what they say of the case, and what a step was given."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.reports.leads import is_reported
from zhicheng.core.clock import Citation
from zhicheng.core.clock.due import local
from zhicheng.core.numerals import numeral
from zhicheng.core.process import Step
from zhicheng.ground.areas.api import area_label
from zhicheng.ground.documents.api import day_words
from zhicheng.ground.documents.registry import FormSource, Particulars
from zhicheng.ground.packs.api import get_term, list_terms
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import get_texts_by_hash, unseal
from zhicheng.ground.proceedings.api import Situation, Taking

MATTER = frozenset(
    {"case_number", "received_on", "place", "category", "subject", "reporter", "respondent", "against", "parties"}
)
"""What every paper may say of its case."""
NOBODY = "投诉人"
"""How a reporter is addressed who left no name."""
INFORMANT = "举报人"
"""The same for whoever reports a breach of law."""
POLICE = "公安机关"
UNNAMED_MATTER = "有关事项"
BASIS = "basis"
"""The provision that the step's table cites, as a place of a layout: `{law.basis}`."""


def case_of(taking: Taking) -> Case:
    """The case that the step was taken in, with what papers say of it."""
    related = Case.objects.select_related("area", "category", "site__parent", "reporter", "company")
    return related.get(id=taking.before.subject[1])


def matter_values(case: Case) -> dict[str, str]:
    """What every paper may say of its case, by name: never the title, which is for screens."""
    respondent = case.company.name if case.company else case.respondent
    reporter = reporter_name(case) or NOBODY
    return {
        "case_number": case.number,
        "received_on": day_words(local(case.received_at).date()),
        "place": _place(case),
        "category": case.category.zh if case.category else "",
        "subject": case.category.zh if case.category else UNNAMED_MATTER,
        "reporter": reporter,
        "respondent": respondent,
        "against": f"对{respondent}" if respondent else "",
        "parties": f"{reporter}、{respondent}" if respondent else reporter,
    }


def reporter_name(case: Case) -> str:
    """The name that the reporter gave; nothing if they gave none."""
    return unseal(case.reporter.name_sealed) if case.reporter else ""


def told_of(case: Case) -> str:
    """What the reporter told, for a paper that the other side reads.

    Where the same words are those of a report too, only what the matter is: a report stays with the bodies.
    """
    return matter_values(case)["subject"] if is_reported(case.id) else case.description


def found(taking: Taking) -> str:
    """What a check on the spot found, to be followed by a full stop."""
    return str(taking.data["finding"]).strip().rstrip("。.")


def basis_of(step: Step) -> Mapping[str, Citation]:
    """The provision that the step cites: tables cite only what was read in its text."""
    return {BASIS: Citation(step.citation, verified=True)}


def given(taking: Taking, key: str) -> Any:
    """What the step was given; of an approved step, what its request was given."""
    if key in taking.data:
        return taking.data[key]
    request = taking.before.context(taking.by, taking.now).last(f"request_{taking.step.verb}")
    return None if request is None else kept(taking.before, request.data.get(key))


def kept(situation: Situation, value: Any) -> Any:
    """A value as an earlier step keeps it: its text, if the step keeps that one's hash, or its day."""
    if isinstance(value, Mapping):
        return get_texts_by_hash(("proceeding", situation.id)).get(value.get("text", ""), "")
    return value


def day_given(taking: Taking, key: str) -> str:
    """A day that the step or its request was given, in words."""
    day = given(taking, key)
    return day_words(date.fromisoformat(day) if isinstance(day, str) else day)


def term_of(taking: Taking, step: Step, code: str, key: str) -> str:
    """The Chinese words of a code that a step was given: the table says of which catalogue."""
    need = next(need for need in step.needs if need.key == key)
    return get_term(need.catalogue, code, taking.before.matter.area_path).zh


def choice_of(taking: Taking, key: str, chinese: Mapping[str, str]) -> str:
    """What was chosen, as a paper says it."""
    return chinese.get(str(given(taking, key) or ""), "")


def items_of(taking: Taking, key: str = "ground") -> dict[str, str]:
    """All grounds of the catalogue as the official forms list them, and the number of the one that was given."""
    need = next(need for need in taking.step.needs if need.key == key)
    terms = list_terms(need.catalogue, taking.before.matter.area_path, taking.before.opened_on)
    codes = [term.code for term in terms]
    lines = [f"（{numeral(number)}）{term.zh}" for number, term in enumerate(terms, start=1)]
    return {"item": numeral(codes.index(taking.data[key]) + 1), "items": "；\n".join(lines) + "。"}


def company_name(taking: Taking) -> str:
    """The company that the step names."""
    return Organization.objects.get(id=given(taking, "company")).name


def _place(case: Case) -> str:
    site = case.site
    project = site.parent.name if site and site.parent else ""
    room = unseal(case.reporter.address_sealed) if case.reporter else ""
    return f"{area_label(case.area)}{project}{site.name if site else ''}{room}"


def _referral(taking: Taking) -> Particulars:
    """Where the step asks for no authority the reporter is suspected, and not whom they complain about."""
    case, authority = case_of(taking), given(taking, "authority")
    values = {"authority": authority or POLICE, "reason": given(taking, "reason").strip()}
    suspected = {} if authority else {"respondent": reporter_name(case)}
    return Particulars(matter_values(case) | values | suspected)


REFERRAL = FormSource("referral_letter", SUBJECT, MATTER | {"authority", "reason"}, _referral)
"""The letter with which another authority is asked to act; to the police where the step asks for none."""
