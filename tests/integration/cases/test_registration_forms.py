"""The registration forms of market complaints and reports: made out by staff, once, of what was said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from zhicheng.cases.actors import reporter_of
from zhicheng.cases.api import Case
from zhicheng.cases.kinds import KINDS, kind_of
from zhicheng.cases.models import SUBJECT
from zhicheng.cases.registering import list_registrable, make_out_registration
from zhicheng.cases.registration_forms import registered
from zhicheng.core.access import Actor, Reach, Role
from zhicheng.core.process import NeedKind
from zhicheng.core.refused import Refused
from zhicheng.ground.documents.api import Document, list_papers, paper_of, pdf_of
from zhicheng.ground.documents.registry import find_source
from zhicheng.ground.ledger.verification import verify
from zhicheng.ground.proceedings.api import Step, list_proceedings, read_situation
from zhicheng.ground.ui.record import happenings
from zhicheng.ground.ui.record.happenings import Audience, list_happenings

from .conftest import City
from .test_other_kinds import held, opened, staff, step

__all__ = ["opened"]
Open = Callable[..., Case]
SAID = ("王五", "13800001234", "请依法处理此事。", "某百货")


def said(document: Document) -> str:
    lines = (line for block in paper_of(document).blocks for line in block.lines)
    return "\n".join(f"{line.label} {line.value}" for line in lines)


def test_every_kind_that_registers_has_its_form() -> None:
    named = {kind.registration for kind in KINDS} - {""}
    assert named == {"market_registration", "report_registration"}
    assert all(find_source(form) for form in named)


@pytest.mark.parametrize(("kind", "parts"), [
    ("market_complaint", (
        *SAID, "投诉请求 退款", "购买或者使用日期 2026年11月1日", "涉及金额 1,058.50元", "是否同意公示投诉信息 是",
    )),
    ("market_report", SAID),
])  # fmt: skip
def test_it_says_what_was_said_and_is_made_out_once(
    opened: Open, now: datetime, kind: str, parts: tuple[str, ...]
) -> None:
    told = {"demand": "退款", "bought_on": date(2026, 11, 1), "amount": "1058.5元", "publishable": "yes"}
    case = opened("market.category", "no_refund", now, kinds=(kind_of(kind),), respondent="某百货", told=told)
    clerk, proceeding = staff(case, kind, Role.CLERK), held(case, kind)
    assert list_registrable(case, list_proceedings((SUBJECT, case.id)), clerk) == [proceeding]
    made = make_out_registration(case=case, proceeding=proceeding.id, by=clerk, now=now)
    assert make_out_registration(case=case, proceeding=proceeding.id, by=clerk, now=now) == made
    assert not list_registrable(case, list_proceedings((SUBJECT, case.id)), clerk)
    assert [part for part in parts if part not in said(made)] == []
    assert paper_of(made).notes
    assert pdf_of(made, now=now).startswith(b"%PDF-")
    assert not list_papers((SUBJECT, case.id), reporter_of(case)), "it stays with the body"
    assert verify().sound


def made_out(case: Case, kind: str, now: datetime) -> dict[str, str]:
    """What the registration form says, by label; 地址 is whoever the matter is about."""
    made = make_out_registration(
        case=case, proceeding=held(case, kind).id, by=staff(case, kind, Role.CLERK), now=now
    )
    return {line.label: line.value for block in paper_of(made).blocks for line in block.lines}


@pytest.mark.parametrize("kind", ["market_complaint", "market_report"])
def test_where_the_matter_is_is_not_where_the_reporter_lives(opened: Open, now: datetime, kind: str) -> None:
    told = {} if kind == "market_report" else {"demand": "退款"}
    place = "解放路12号某百货二楼"
    case = opened("market.category", "no_refund", now, kinds=(kind_of(kind),), place=place, told=told)
    form = made_out(case, kind, now)
    assert form["联系地址"] == ""
    assert form["地址"].endswith(place)


def test_a_report_without_a_name_is_anonymous(opened: Open, now: datetime) -> None:
    case = opened(
        "market.category", "counterfeit", now, kinds=(kind_of("market_report"),), place="某百货仓库", told={},
        reporter_name="", reporter_phone="",
    )  # fmt: skip
    form = made_out(case, "market_report", now)
    assert (form["举报人姓名"], form["联系电话"], form["联系地址"]) == ("匿名", "", "")
    assert "投诉人" not in "".join(form.values())


def test_a_complaint_without_a_name_leaves_its_place_blank(opened: Open, now: datetime) -> None:
    case = opened("market.category", "no_refund", now, reporter_name="")
    assert made_out(case, "market_complaint", now)["投诉人姓名"] == ""


def test_what_the_body_noticed_itself_is_registered_as_nobodys_report(opened: Open, now: datetime) -> None:
    case = opened("market.category", "no_marking", now, told={"demand": "退款"})
    step(case, "market_complaint", "accept", Role.CLERK, now)
    step(case, "market_complaint", "lead", Role.OFFICER, now, content="未明码标价")
    clerk = staff(case, "market_complaint", Role.CLERK)
    offered = list_registrable(case, list_proceedings((SUBJECT, case.id)), clerk)
    assert [one.kind for one in offered] == ["market_complaint"]
    with pytest.raises(Refused, match="noticed this itself"):
        made_out(case, "market_report", now)


def test_a_housing_complaint_has_none(case: Case, city: City, now: datetime) -> None:
    clerk = city.staff(1, Role.CLERK)
    assert not list_registrable(case, list_proceedings((SUBJECT, case.id)), clerk)
    with pytest.raises(Refused, match="no registration form"):
        make_out_registration(case=case, proceeding=held(case, "housing_quality").id, by=clerk, now=now)


def test_nobody_else_makes_it_out(opened: Open, city: City, now: datetime) -> None:
    case = opened("market.category", "no_refund", now)
    stranger = Actor("user:9", "stranger", (Reach(Role.CLERK, frozenset({city.bureau.id})),))
    with pytest.raises(Refused, match="Only the body"):
        make_out_registration(case=case, proceeding=held(case, "market_complaint").id, by=stranger, now=now)
    assert not Document.objects.exists()


def test_an_answer_that_was_a_text_stays_readable_when_another_kind_is_asked_for(
    opened: Open, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = opened(
        "market.category", "no_refund", now, kinds=(kind_of("market_complaint"),), told={"demand": "约三百元"}
    )
    table = kind_of("market_complaint").versions[-1]
    later = replace(table, opening=tuple(replace(need, kind=NeedKind.MONEY) for need in table.opening[:1]))
    found = read_situation(held(case, "market_complaint").id)
    assert found is not None
    assert registered(replace(found, process=later), case, "market_registration").values["demand"] == "约三百元"
    monkeypatch.setattr(happenings, "process_version", lambda kind, version: later)
    steps = Step.objects.filter(proceeding_id=held(case, "market_complaint").id)
    (shown,) = list_happenings(steps.select_related("proceeding"), Audience.STAFF, case.area.path)
    assert [detail.text for detail in shown.details] == ["约三百元"]
