"""Cases that are not about homes: each kind by its own table and law, several of them in one case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from re import findall
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import override

from zhicheng.cases.actors import reporter_of
from zhicheng.cases.api import Case, Complaint, actions_for, open_case
from zhicheng.cases.attachments import serve_file
from zhicheng.cases.kinds import KINDS, CaseKind, kind_of
from zhicheng.cases.open311.listing import described
from zhicheng.cases.page import build_page
from zhicheng.cases.queries import loop_of
from zhicheng.core.access import Actor, Reach, Role
from zhicheng.core.clock.due import local
from zhicheng.demo.story import photograph
from zhicheng.ground.files.api import IMAGES, accept_upload, list_attachments
from zhicheng.ground.packs.api import get_term, list_terms
from zhicheng.ground.proceedings.api import Proceeding, StepRefused, advance, proceeding_of
from zhicheng.ground.proceedings.models import Clock
from zhicheng.ground.proceedings.services import lapse

from .conftest import City

TOLD = {"demand": "退款"}
Open = Callable[..., Case]


@pytest.fixture
def opened(city: City) -> Open:
    """Opens a case of a category, as what was asked for, on a day."""

    def made(catalogue: str, code: str, now: datetime, kinds: tuple[CaseKind, ...] = (), **parts: Any) -> Case:
        complaint = Complaint(
            title="问题", description="请依法处理此事。", category=get_term(catalogue, code, city.town),
            area=city.town, request_key=uuid4(), reporter_name="王五", reporter_phone="13800001234", kinds=kinds,
            told=TOLD,
        )  # fmt: skip
        return open_case(complaint=replace(complaint, **parts), now=now).case

    return made


def held(case: Case, kind: str) -> Proceeding:
    found = proceeding_of(("case", case.id), kind)
    assert found is not None
    return found


def staff(case: Case, kind: str, role: Role) -> Actor:
    """A member of staff of the body that holds the proceeding."""
    proceeding = held(case, kind)
    assert proceeding.holder_id is not None
    reach = Reach(role, frozenset({proceeding.holder_id}))
    return Actor(f"user:{list(Role).index(role)}", role, (reach,), organization_id=proceeding.holder_id)


def step(case: Case, kind: str, verb: str, role: Role, now: datetime, **data: Any) -> None:
    advance(proceeding=held(case, kind).id, verb=verb, by=staff(case, kind, role), now=now, data=data)


def due_on(case: Case, kind: str, limit: str) -> date:
    clock = Clock.objects.get(proceeding=held(case, kind), limit_key=limit, ended_at__isnull=True)
    assert clock.due_at is not None
    return local(clock.due_at).date()


def test_a_market_complaint_is_mediated_and_the_case_awaits_its_call(opened: Open, now: datetime) -> None:
    case = opened("food.category", "spoiled", now)
    kind = "market_complaint"
    assert due_on(case, kind, "market.accept") == date(2026, 12, 2)
    step(case, kind, "accept", Role.CLERK, now)
    assert due_on(case, kind, "market.mediation") == date(2027, 1, 22)
    call = {"mode": "telephone", "mediated_on": date(2026, 11, 30), "place": "10:00", "mediator": "赵六"}
    step(case, kind, "arrange", Role.OFFICER, now, **call)
    agreed = {"agreed_on": date(2026, 11, 23), "paper": "fulfilled", "agreement": "退款 38 元"}
    step(case, kind, "settle", Role.OFFICER, now, **agreed)
    assert held(case, kind).state == "settled"
    assert loop_of(case).state == "awaiting_call"


def test_a_lead_opens_a_report_that_outlives_the_mediation_and_that_the_trader_never_sees(
    opened: Open, city: City, now: datetime
) -> None:
    case = opened("market.category", "no_marking", now)
    complaint, report = "market_complaint", "market_report"
    step(case, complaint, "accept", Role.CLERK, now)
    step(case, complaint, "name", Role.OFFICER, now, company=city.builder.id)
    step(case, complaint, "lead", Role.OFFICER, now, content="未明码标价")
    step(case, complaint, "lead", Role.OFFICER, now, content="再次发现")
    assert Proceeding.objects.filter(subject_id=case.id, kind=report).count() == 1
    case.refresh_from_db()
    assert case.company_id == city.builder.id
    page = build_page(case=case, actor=city.company(city.builder), now=now)
    assert {one.kind for one in page.proceedings} == {"case", complaint}
    assert page.company_is == "Trader complained about", "nobody was ordered to answer for anything"
    step(case, complaint, "terminate", Role.OFFICER, now, ground="absent", reason="拒绝调解")
    step(case, complaint, "tell", Role.OFFICER, now, told_on=date(2026, 11, 23), told_by="letter")
    assert (held(case, complaint).state, loop_of(case).state) == ("ended", "open")
    step(case, report, "investigate", Role.CLERK, now)
    step(case, report, "request_file", Role.OFFICER, now, breach="未明码标价")
    step(case, report, "file", Role.LEADER, now)
    step(case, report, "close", Role.OFFICER, now, reason="无告知规定")
    assert (held(case, report).state, loop_of(case).state) == ("filed", "awaiting_call")


@pytest.mark.parametrize(
    ("kind", "company"), [("market_complaint", "Trader complained about"), ("market_report", "")]
)
def test_the_page_has_no_room_for_what_its_kind_never_asks(
    opened: Open, now: datetime, kind: str, company: str
) -> None:
    """No cause is found in a mediation, and a report involves nobody but the bodies."""
    case = opened("market.category", "no_marking", now, kinds=(kind_of(kind),))
    page = build_page(case=case, actor=staff(case, kind, Role.OFFICER), now=now)
    assert (page.company_is, page.has_cause) == (company, False)


def test_what_is_reported_beside_a_complaint_the_trader_reads_nowhere(
    opened: Open, city: City, now: datetime
) -> None:
    both = (kind_of("market_complaint"), kind_of("market_report"))
    photo = accept_upload(upload=photograph(Random(1)), purpose="complaint", allowed=IMAGES)
    case = opened("market.category", "price_fraud", now, kinds=both, photos=(photo,))
    step(case, "market_complaint", "accept", Role.CLERK, now)
    step(case, "market_complaint", "name", Role.OFFICER, now, company=city.builder.id)
    trader, officer = city.company(city.builder), staff(case, "market_complaint", Role.OFFICER)
    (kept,) = list_attachments(("case", case.id))
    assert (page := build_page(case=case, actor=trader, now=now)).withheld
    assert page.photos == ()
    with pytest.raises(Http404):
        serve_file(case, kept.id, to=trader, small=False)
    assert [one.description for one in described(Case.objects.filter(id=case.id), trader)] == [None]
    assert not (own := build_page(case=case, actor=officer, now=now)).withheld
    assert own.photos == (kept,)
    assert [one.description for one in described(Case.objects.filter(id=case.id), officer)] == [case.description]


@pytest.mark.parametrize(
    ("catalogue", "code", "kind", "ordered"),
    [
        (
            "hazards.category", "scaffold", "hazard",
            {"level": "serious", "due_on": date(2026, 11, 27), "requirement": "加固"},
        ),
        (
            "agriculture.category", "pesticide", "agricultural_product",
            {"due_on": date(2026, 11, 27), "requirement": "销毁"},
        ),
    ],
)  # fmt: skip
def test_whoever_reports_danger_is_not_known_by_their_words_to_the_company_that_has_to_remove_it(
    opened: Open, city: City, now: datetime, catalogue: str, code: str, kind: str, ordered: dict[str, Any]
) -> None:
    photo = accept_upload(upload=photograph(Random(1)), purpose="complaint", allowed=IMAGES)
    case = opened(catalogue, code, now, description="我是三号楼的钢筋工。", photos=(photo,))
    (kept,) = list_attachments(("case", case.id))
    step(case, kind, "accept", Role.CLERK, now)
    found = {"company": city.builder.id, "checked_on": date(2026, 11, 23), "finding": "经查属实"}
    step(case, kind, "order", Role.OFFICER, now, **found, **ordered)
    why = "班长找过我了"
    advance(proceeding=held(case, kind).id, verb="disown", by=reporter_of(case), now=now, data={"reason": why})
    company = city.company(city.builder)
    for actor, may in ((staff(case, kind, Role.OFFICER), True), (reporter_of(case), True), (company, False)):
        page = build_page(case=case, actor=actor, now=now)
        read = {detail.text for one in page.happenings for detail in one.details}
        assert (found["finding"] in read, why in read) == (True, may)
        assert (not page.withheld, page.photos == (kept,)) == (may, may)
    with pytest.raises(Http404):
        serve_file(case, kept.id, to=company, small=False)
    assert [one.description for one in described(Case.objects.filter(id=case.id), company)] == [None]


def test_proof_of_identity_and_what_else_a_reporter_hands_in_the_trader_neither_reads_nor_is_served(
    opened: Open, city: City, now: datetime
) -> None:
    case, kind = opened("market.category", "no_marking", now), "market_complaint"
    card, number = photograph(Random(1)), "370481199001011234"
    asked = {"asked_for": "identity", "asked_until": date(2026, 11, 27), "missing": "身份证明"}
    step(case, kind, "ask", Role.CLERK, now, **asked)
    step(case, kind, "supply", Role.CLERK, now, content=number, materials=[card])
    loop, photo = loop_of(case).id, photograph(Random(2))
    advance(
        proceeding=loop, verb="supplement", by=reporter_of(case), now=now,
        data={"addition": "新地址", "new_files": [photo]},
    )  # fmt: skip
    step(case, kind, "accept", Role.CLERK, now)
    step(case, kind, "name", Role.OFFICER, now, company=city.builder.id)
    (proof,) = list_attachments(("proceeding", held(case, kind).id))
    (added,) = list_attachments(("proceeding", loop))

    def finds(actor: Actor) -> list[bool]:
        happenings = build_page(case=case, actor=actor, now=now).happenings
        details = [detail for happening in happenings for detail in happening.details]
        shown = {file.id for detail in details for file in detail.files}
        return [number in {one.text for one in details}, proof.id in shown, added.id in shown]

    def served(attachment: int, actor: Actor) -> bool:
        try:
            serve_file(case, attachment, to=actor, small=False).file_to_stream.close()
        except Http404:
            return False
        return True

    for actor, may in (
        (staff(case, kind, Role.OFFICER), True), (reporter_of(case), True), (city.company(city.builder), False),
    ):  # fmt: skip
        assert finds(actor) == [may] * 3
        assert [served(one.id, actor) for one in (proof, added)] == [may] * 2


def test_complaint_and_report_of_one_submission_are_handled_each_by_its_own_rule(
    opened: Open, now: datetime
) -> None:
    both = (kind_of("market_complaint"), kind_of("market_report"))
    case = opened("market.category", "price_fraud", now, kinds=both)
    assert {held(case, one.key).state for one in both} == {"received"}
    step(case, "market_complaint", "reject", Role.CLERK, now, ground="not_consumer", reason="转售")
    assert loop_of(case).state == "open"
    step(case, "market_report", "redirect", Role.CLERK, now, in_charge="税务局")
    assert loop_of(case).state == "awaiting_call"


@override("en")
def test_a_page_of_two_proceedings_says_of_each_step_and_each_bar_whose_it_is(opened: Open, now: datetime) -> None:
    both = (kind_of("market_complaint"), kind_of("market_report"))
    case = opened("market.category", "price_fraud", now, kinds=both)
    step(case, "market_complaint", "accept", Role.CLERK, now)
    call = {"mode": "telephone", "mediated_on": date(2026, 11, 30), "place": "10:00", "mediator": "赵六"}
    step(case, "market_complaint", "arrange", Role.OFFICER, now, **call)
    page = build_page(case=case, actor=staff(case, "market_complaint", Role.OFFICER), now=now)
    actions = actions_for(page)
    notes = [(one.step.verb, one.note) for one in actions if one.step.verb == "note"]
    assert sorted(notes) == [("note", "Market complaint"), ("note", "Market report")]
    assert [one.step.verb for one in actions.usual] == ["agree", "investigate", "terminate"]
    assert [(group.label, len(group.actions)) for group in actions.more] == [
        ("Bring it on", 2), ("Hand it on or bring others in", 5), ("Time and pauses", 2),
        ("Write down and tell", 5), ("End or refuse", 3), ("Only for the bodies", 6),
    ]  # fmt: skip
    assert sorted(one.key for one in actions) == sorted(one.key for one in page.offers), "none is lost"
    bars = findall('class="zc-steps" aria-label="([^"]+)"', render_to_string("cases/_tracks.html", {"page": page}))
    assert bars == ["Progress: Market complaint", "Progress: Market report", "Progress: Case"]


@override("en")
def test_a_page_of_one_proceeding_does_not_repeat_its_name(opened: Open, now: datetime) -> None:
    case = opened("food.category", "spoiled", now)
    page = build_page(case=case, actor=staff(case, "market_complaint", Role.CLERK), now=now)
    assert {one.note for one in actions_for(page)} == {""}
    assert 'aria-label="Progress"' in render_to_string("cases/_tracks.html", {"page": page})


def test_what_was_opened_under_order_20_ends_by_its_grounds_and_limits(opened: Open, now: datetime) -> None:
    before = now.replace(year=2026, month=4, day=14)
    kind = "market_complaint"
    case = opened("market.category", "no_refund", before)
    assert held(case, kind).version == "2020-01-01"
    after = before + timedelta(days=6)
    step(case, kind, "accept", Role.CLERK, after)
    assert due_on(case, kind, "market.mediation") == date(2026, 6, 25)
    assert not lapse(held(case, kind).id, now=after + timedelta(days=61))
    late = after + timedelta(days=70)
    assert lapse(held(case, kind).id, now=late)
    with pytest.raises(StepRefused, match="is not one of the terms"):
        step(case, kind, "terminate", Role.OFFICER, late, ground="party_gone", reason="注销")
    step(case, kind, "terminate", Role.OFFICER, late, ground="time_over", reason="期满")
    said = get_term("market.mediation_end.order20", "time_over", None).zh
    assert "四十五个工作日" in said
    assert held(case, kind).state == "terminated"
    assert not list_terms("market.mediation_end.order20", None, now.date())


def test_new_facts_start_the_verification_anew(opened: Open, now: datetime) -> None:
    case = opened("market.category", "counterfeit", now, kinds=(kind_of("market_report"),))
    assert due_on(case, "market_report", "market.verification") == date(2026, 12, 14)
    later = now + timedelta(days=7)
    reporter = reporter_of(case)
    advance(
        proceeding=held(case, "market_report").id, verb="supplement", by=reporter, now=later,
        data={"content": "另有一处仓库"},
    )  # fmt: skip
    assert due_on(case, "market_report", "market.verification") == date(2026, 12, 21)


def test_a_tourism_complaint_waits_ten_days_for_an_answer(opened: Open, city: City, now: datetime) -> None:
    case, kind = opened("tourism.category", "itinerary", now), "tourism_complaint"
    step(case, kind, "accept", Role.CLERK, now)
    step(case, kind, "notify", Role.OFFICER, now, company=city.builder.id)
    assert due_on(case, kind, "tourism.answer") == date(2026, 12, 3)
    assert lapse(held(case, kind).id, now=now + timedelta(days=11))
    assert held(case, kind).state == "mediating"


def test_a_hazard_that_is_not_removed_in_time_is_stopped_and_reviewed(
    opened: Open, city: City, now: datetime
) -> None:
    case, kind = opened("hazards.category", "scaffold", now), "hazard"
    step(case, kind, "accept", Role.CLERK, now)
    found = {"company": city.builder.id, "checked_on": date(2026, 11, 23), "finding": "立杆悬空"}
    step(case, kind, "stop", Role.OFFICER, now, **found, stop="停止使用，加固后复查")
    assert held(case, kind).state == "stopped"
    assert loop_of(case).state == "open"
    step(case, kind, "request_revoke", Role.OFFICER, now, why="hz_ceased", reason="已拆除")
    step(case, kind, "revoke", Role.LEADER, now)
    assert loop_of(case).state == "awaiting_call"


def test_a_rapid_result_stands_after_four_hours(opened: Open, city: City, now: datetime) -> None:
    case, kind = opened("agriculture.category", "pesticide", now), "agricultural_product"
    step(case, kind, "accept", Role.CLERK, now)
    step(case, kind, "test_rapidly", Role.OFFICER, now, company=city.builder.id, sample="韭菜")
    step(case, kind, "fail", Role.OFFICER, now, items="腐霉利超标")
    assert not lapse(held(case, kind).id, now=now + timedelta(hours=4))
    assert lapse(held(case, kind).id, now=now + timedelta(hours=4, seconds=1))
    step(case, kind, "request_refer", Role.OFFICER, now + timedelta(hours=5), violation="第三十六条")
    step(case, kind, "refer", Role.LEADER, now + timedelta(hours=5))
    assert loop_of(case).state == "awaiting_call"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_every_kind_is_opened_by_each_of_its_catalogues(
    kind: CaseKind, opened: Open, city: City, now: datetime
) -> None:
    for catalogue in kind.categories:
        leaf = next(term for term in list_terms(catalogue, city.town) if term.parent_id is not None)
        case = opened(catalogue, leaf.code, now, kinds=(kind,))
        assert held(case, kind.key).domain == kind.domain
        assert build_page(case=case, actor=staff(case, kind.key, Role.CLERK), now=now).offers


def test_a_market_complaint_without_a_demand_is_not_opened(opened: Open, now: datetime) -> None:
    with pytest.raises(StepRefused, match="is missing"):
        opened("market.category", "no_refund", now, told={})


@pytest.mark.parametrize(
    ("catalogue", "code", "kind", "heading", "chinese"),
    [
        ("hazards.category", "crane", "hazard", "The hazard", "隐患情况"),
        ("market.category", "no_refund", "market_report", "The report", "举报内容"),
        ("market.category", "no_refund", "market_complaint", "The complaint", "投诉内容"),
    ],
)
def test_what_was_told_is_headed_by_the_word_of_its_kind(
    opened: Open, now: datetime, catalogue: str, code: str, kind: str, heading: str, chinese: str
) -> None:
    case = opened(catalogue, code, now, (kind_of(kind),))
    page = build_page(case=case, actor=reporter_of(case), now=now)
    assert page.told == heading
    with override("zh-hans"):
        assert chinese in render_to_string("cases/_facts.html", {"page": page})
