"""The official papers of market complaints, with the particulars of 市场监督管理部门处理投诉举报文书式样."""

from collections.abc import Mapping

from zhicheng.cases.mediation.rules import ASKED_FOR, MODE
from zhicheng.cases.models import SUBJECT
from zhicheng.cases.papers import (
    BASIS,
    INFORMANT,
    MATTER,
    NOBODY,
    REFERRAL,
    basis_of,
    case_of,
    choice_of,
    day_given,
    given,
    items_of,
    kept,
    matter_values,
    reporter_name,
    term_of,
    told_of,
)
from zhicheng.cases.reports.leads import REPORT
from zhicheng.ground.documents.api import list_standing
from zhicheng.ground.documents.registry import FormSource, Particulars
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import Taking

NOTHING: Mapping[str, str] = {}
IDENTITY = "identity"
assert IDENTITY in dict(ASKED_FOR.choices), "what the form is for can be asked for"
MODES = {"on_site": "现场调解", "telephone": "电话调解", "online": "互联网、音频、视频调解"}
CALL = "market_mediation_notice"
assert set(MODES) == {code for code, _ in MODE.choices}, "every manner of mediation has its words on paper"


def _paper(taking: Taking, values: Mapping[str, str] = NOTHING, addressee: int | None = None) -> Particulars:
    """What every paper here says, with the provision that the step cites."""
    matter = matter_values(case_of(taking))
    return Particulars({**matter, **values}, provisions=basis_of(taking.step), addressee=addressee)


def _acceptance(taking: Taking) -> Particulars:
    return _paper(taking)


def _rejection(taking: Taking) -> Particulars:
    return _paper(taking, {**items_of(taking), "reason": taking.data["reason"].strip()})


def _request(taking: Taking) -> Particulars | None:
    """The form is for proof of identity; other materials are asked for without one, as none is for them."""
    if taking.data["asked_for"] != IDENTITY:
        return None
    values = {"asked_until": day_given(taking, "asked_until"), "missing": taking.data["missing"].strip()}
    return _paper(taking, values)


def _distribution(taking: Taking) -> Particulars:
    """Distribution goes down; what a body cannot handle itself and hands to one above or beside is asked of it."""
    body, holder = (Organization.objects.select_related("area").get(id=one) for one in _between(taking))
    below = body.area.level > holder.area.level and body.area.path.startswith(holder.area.path)
    reported = taking.before.process.key == REPORT
    nobody = INFORMANT if reported else NOBODY
    values = {
        "body": body.name, "note": taking.data.get("note", "").strip(), "matter": "举报" if reported else "投诉",
        "reporter": reporter_name(case_of(taking)) or nobody, "below": "below" if below else "",
        "why": "" if below else term_of(taking, taking.step, taking.data["why"], "why"),
    }  # fmt: skip
    return _paper(taking, values, body.id)


def _between(taking: Taking) -> tuple[int, int]:
    """To whom a matter goes, and from whom."""
    holder = taking.before.matter.holder
    assert holder is not None, "whoever passes a matter on has it"
    return taking.data["body"], holder


def _call(taking: Taking) -> Particulars:
    before, mode = taking.before, given(taking, "mode")
    earlier = list_standing(before.subject, form=CALL, proceeding=before.id)
    values = {
        **{one: words if one == mode else "" for one, words in MODES.items()},
        "replaced": "、".join(one.number for one in earlier),
        "mode": choice_of(taking, "mode", MODES), "mediated_on": day_given(taking, "mediated_on"),
        "at": taking.data["place"].strip(), "mediator": taking.data["mediator"].strip(),
    }  # fmt: skip
    return _paper(taking, values, case_of(taking).company_id)


def _termination(taking: Taking) -> Particulars:
    values = {**items_of(taking), "reason": taking.data["reason"].strip()}
    return _paper(taking, values, case_of(taking).company_id)


def _agreement(taking: Taking) -> Particulars:
    demand = kept(taking.before, taking.before.history[0].data.get("demand")) or ""
    case = case_of(taking)
    values = {"told": told_of(case), "demand": demand, "agreement": taking.data["agreement"].strip()}
    return _paper(taking, values, case.company_id)


CALLED = frozenset({"mode", *MODES, "mediated_on", "at", "mediator", "replaced"})
COMMON = MATTER | {f"law.{BASIS}"}
DISTRIBUTION = FormSource(
    "market_distribution", SUBJECT, COMMON | {"body", "note", "matter", "below", "why"}, _distribution
)
"""Complaints and reports are distributed by the same notice."""
FORMS = (
    *(
        FormSource(form, SUBJECT, COMMON | names, particulars)
        for form, names, particulars in (
            ("market_acceptance", set(), _acceptance),
            ("market_rejection", {"item", "items", "reason"}, _rejection),
            ("market_identity_request", {"asked_until", "missing"}, _request),
            ("market_termination", {"item", "items", "reason"}, _termination),
            ("market_agreement", {"told", "demand", "agreement"}, _agreement),
        )
    ),
    FormSource(CALL, SUBJECT, COMMON | CALLED, _call, replaces=True),
    DISTRIBUTION,
    REFERRAL,
)
"""The forms that steps of a market complaint issue."""
