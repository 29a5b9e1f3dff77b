"""The loop on the real database: what a retry makes, who is told, who sees, and what reopens."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from pytest_django import Settings

from integration.cases.conftest import City, step
from zhicheng.cases.api import (
    Case,
    Complaint,
    build_page,
    housing_of,
    invited_company,
    loop_of,
    open_case,
    reporter_of,
    serve_file,
)
from zhicheng.cases.figures import Month, category_rows
from zhicheng.cases.lists import in_state, overdue, rows_in_loop, with_current
from zhicheng.core.access import Actor, Domain, Reach, Role
from zhicheng.ground import clock
from zhicheng.ground.access.api import Jurisdiction
from zhicheng.ground.files.api import accept_upload, attach
from zhicheng.ground.notices.api import Notice
from zhicheng.ground.packs.api import Term
from zhicheng.ground.proceedings.api import (
    Proceeding,
    Step,
    StepRefused,
    advance,
    find_invitation,
    invite,
    read_situation,
)
from zhicheng.ground.proceedings.services import lapse
from zhicheng.ground.ui.record import Audience

DUE_ON = date(2026, 12, 20)


def ordered(case: Case, city: City, now: datetime) -> None:
    """Brings a case to a company's table."""
    step(case, "accept", city.staff(1, Role.CLERK), now)
    step(
        case, "order", city.staff(2, Role.OFFICER), now, cause="workmanship", company=city.builder.id,
        due_on=DUE_ON, requirement="返工",
    )  # fmt: skip


def rectified(case: Case, city: City, now: datetime) -> None:
    """Brings an ordered case to its call-back; the proof itself is tested with the forms."""
    proceeding = housing_of(case).id
    advance(
        proceeding=proceeding, verb="request_revoke", by=city.staff(2, Role.OFFICER), now=now,
        data={"why": "settled", "reason": "双方已和解"},
    )  # fmt: skip
    advance(proceeding=proceeding, verb="revoke", by=city.staff(3, Role.LEADER), now=now)


def test_the_same_complaint_again_is_the_same_case(complaint: Complaint, now: datetime) -> None:
    first, again = (open_case(complaint=complaint, now=now) for _ in range(2))
    assert (first.case, first.secret) == (again.case, again.secret)
    assert Case.objects.count() == 1


def test_another_complaint_under_the_same_key_is_not_lost(complaint: Complaint, now: datetime) -> None:
    first = open_case(complaint=complaint, now=now)
    other = open_case(complaint=replace(complaint, description="厨房的墙砖也脱落了。"), now=now)
    assert first.case != other.case
    assert first.secret != other.secret


def test_a_case_goes_to_the_nearest_body_and_waits_for_its_clerk(case: Case, city: City) -> None:
    assert housing_of(case).holder_id == city.bureau.id
    assert loop_of(case).state == "open"


def test_the_reporter_is_told_when_the_complaint_is_accepted(case: Case, city: City, now: datetime) -> None:
    step(case, "accept", city.staff(1, Role.CLERK), now)
    assert list(Notice.objects.values_list("recipient_kind", "channel")) == [("contact", "sms")]


@pytest.mark.parametrize(
    ("left", "channels"), [({"reporter_email": "wang@example.org"}, ["email"]), ({"place": "2单元501室"}, [])]
)
def test_whoever_left_an_address_to_write_to_is_told_by_it(
    complaint: Complaint, city: City, now: datetime, left: dict[str, str], channels: list[str]
) -> None:
    """They need not say who they are; where the matter is says nothing of whom to tell."""
    unnamed = replace(complaint, reporter_name="", reporter_phone="", place="")
    case = open_case(complaint=replace(unnamed, **left), now=now).case
    step(case, "accept", city.staff(1, Role.CLERK), now)
    told = Notice.objects.filter(recipient_kind="contact", sent_at=None, failed_at=None)
    assert list(told.values_list("channel", flat=True)) == channels


def test_a_company_sees_the_case_only_while_it_has_to_answer(case: Case, city: City, now: datetime) -> None:
    builder, supplier = city.company(city.builder), city.company(city.supplier)
    ordered(case, city, now)
    assert Case.objects.visible_to(builder).count() == 1
    step(case, "request_object", builder, now, reason="不是我方施工")
    step(case, "object", city.staff(2, Role.OFFICER), now)
    step(
        case, "order", city.staff(2, Role.OFFICER), now, cause="substandard", company=city.supplier.id,
        due_on=DUE_ON, requirement="更换材料",
    )  # fmt: skip
    assert not Case.objects.visible_to(builder).exists()
    assert Case.objects.visible_to(supplier).count() == 1
    assert Case.objects.get(id=case.id).company == city.supplier


def test_a_company_cannot_void_its_order_by_objecting(case: Case, city: City, now: datetime) -> None:
    ordered(case, city, now)
    step(case, "request_object", city.company(city.builder), now, reason="不是我方施工")
    with pytest.raises(StepRefused, match="Your role does not allow"):
        step(case, "object", city.company(city.builder), now)
    waiting = Proceeding.objects.get(id=housing_of(case).id)
    assert (waiting.state, waiting.owner_role) == ("ordered", Role.OFFICER)


def test_an_invitation_ends_with_the_order_it_is_for(case: Case, city: City, now: datetime) -> None:
    ordered(case, city, now)
    situation = read_situation(housing_of(case).id)
    assert situation is not None
    secret = invite(situation=situation, by=city.staff(2, Role.OFFICER), now=now).secret
    assert find_invitation(secret, now) is not None
    assert find_invitation(secret, now + timedelta(days=91)) is None
    assert find_invitation("0000-0000", now) is None


def test_a_broken_promise_reopens_the_order_by_itself(case: Case, city: City, now: datetime) -> None:
    ordered(case, city, now)
    step(case, "promise", city.company(city.builder), now, promised_on=date(2026, 12, 1))
    assert lapse(housing_of(case).id, now=now + timedelta(days=9))
    assert housing_of(case).state == "ordered"


def test_after_the_ordered_day_a_leader_gives_a_later_one(case: Case, city: City, now: datetime) -> None:
    ordered(case, city, now)
    late = now + timedelta(days=30)
    with pytest.raises(StepRefused, match="The order's date has passed"):
        step(case, "promise", city.company(city.builder), late, promised_on=late.date())
    step(case, "postpone", city.staff(3, Role.LEADER), late, due_on=date(2027, 1, 20), reason="冬季停工")
    clock = housing_of(case).clocks.get(limit_key="date:due_on")
    assert clock.due_at is not None
    assert clock.due_at.astimezone(now.tzinfo).date() == date(2027, 1, 20)
    step(case, "promise", city.company(city.builder), late, promised_on=date(2027, 1, 10))


def test_a_postponement_gives_more_time_and_never_less(case: Case, city: City, now: datetime) -> None:
    ordered(case, city, now)
    for earlier in (date(2026, 12, 1), DUE_ON):
        with pytest.raises(StepRefused, match="The order gives until 2026-12-20 already"):
            step(case, "postpone", city.staff(3, Role.LEADER), now, due_on=earlier, reason="冬季停工")


def test_somebody_else_calls_and_the_case_closes(case: Case, city: City, now: datetime) -> None:
    ordered(case, city, now)
    rectified(case, city, now)
    loop = loop_of(case)
    assert loop.state == "awaiting_call"
    with pytest.raises(StepRefused, match="somebody else has to make the call"):
        advance(
            proceeding=loop.id, verb="call", by=city.staff(2, Role.CALLER), now=now, data={"outcome": "satisfied"}
        )
    advance(proceeding=loop.id, verb="call", by=city.staff(8, Role.CALLER), now=now, data={"outcome": "satisfied"})
    assert loop_of(case).state == "closed"


def test_reopening_gives_a_new_proceeding_to_the_body_that_handles_it(
    case: Case, city: City, now: datetime
) -> None:
    assert Jurisdiction.objects.filter(organization=city.superior).exists()
    step(case, "transfer", city.staff(1, Role.CLERK), now, body=city.superior.id, why="to_superior")
    superior = city.staff(4, Role.CLERK, city.superior)
    step(case, "reject", superior, now, ground="other", reason="不属实")
    loop = loop_of(case).id
    advance(proceeding=loop, verb="call", by=city.staff(8, Role.CALLER), now=now, data={"outcome": "satisfied"})
    advance(proceeding=loop, verb="reopen", by=reporter_of(case), now=now, data={"reason": "又漏了"})
    assert (housing_of(case).state, housing_of(case).holder_id) == ("received", city.superior.id)
    with pytest.raises(StepRefused):
        advance(proceeding=loop, verb="reopen", by=reporter_of(case), now=now, data={"reason": "又漏了"})


def test_a_case_is_not_reopened_past_its_limit(case: Case, city: City, now: datetime) -> None:
    step(case, "reject", city.staff(1, Role.CLERK), now, ground="other", reason="不属实")
    loop = loop_of(case).id
    advance(proceeding=loop, verb="call", by=city.staff(8, Role.CALLER), now=now, data={"outcome": "satisfied"})
    late = now + timedelta(days=70)
    with pytest.raises(StepRefused, match="The time for reopening this case has passed"):
        advance(proceeding=loop, verb="reopen", by=reporter_of(case), now=late, data={"reason": "又漏了"})


def reopened_with_another_company(case: Case, city: City, now: datetime) -> None:
    """The first order is withdrawn, the case closed and reopened; the second order goes to another company."""
    ordered(case, city, now)
    rectified(case, city, now)
    loop = loop_of(case).id
    advance(proceeding=loop, verb="call", by=city.staff(8, Role.CALLER), now=now, data={"outcome": "satisfied"})
    advance(proceeding=loop, verb="reopen", by=reporter_of(case), now=now, data={"reason": "又漏了"})
    step(case, "accept", city.staff(1, Role.CLERK), now)
    step(
        case, "order", city.staff(2, Role.OFFICER), now, cause="substandard", company=city.supplier.id,
        due_on=DUE_ON, requirement="更换材料",
    )  # fmt: skip


def test_each_company_is_shown_only_the_proceeding_that_it_answers(case: Case, city: City, now: datetime) -> None:
    reopened_with_another_company(case, city, now)
    first, second = Proceeding.objects.filter(kind="housing_quality").order_by("id")
    for company, own in ((city.builder, first), (city.supplier, second)):
        for actor in (city.company(company), invited_company(case, company)):
            page = build_page(case=case, actor=actor, now=now)
            assert [one.id for one in page.proceedings if one.kind != "case"] == [own.id]
            named = {detail.text for one in page.happenings for detail in one.details}
            assert company.name in named
            assert not {city.builder.name, city.supplier.name} - {company.name} & named


def test_each_company_is_served_only_the_files_of_its_own_proceeding(
    case: Case, city: City, now: datetime, settings: Settings, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path
    reopened_with_another_company(case, city, now)
    paper = SimpleUploadedFile("proof.pdf", b"%PDF-1.4\n% done\n%%EOF\n", "application/pdf")
    kept = attach(
        checked=accept_upload(upload=paper, purpose="requirement"), subject=("proceeding", housing_of(case).id),
        by=city.company(city.supplier), now=now, step_number=3,
    )  # fmt: skip
    for actor in (city.company(city.supplier), invited_company(case, city.supplier), reporter_of(case)):
        with serve_file(case, kept.id, to=actor, small=False).file_to_stream as content:
            assert content.read() == paper.file.getvalue()
    for actor in (city.company(city.builder), invited_company(case, city.builder)):
        with pytest.raises(Http404):
            serve_file(case, kept.id, to=actor, small=False)


def test_what_the_reporter_said_is_for_the_bodies_and_the_reporter_alone(
    case: Case, city: City, now: datetime
) -> None:
    ordered(case, city, now)
    rectified(case, city, now)
    called = {"outcome": "satisfied", "remark": "我现在住在女儿家"}
    advance(proceeding=loop_of(case).id, verb="call", by=city.staff(8, Role.CALLER), now=now, data=called)

    def reads(actor: Actor) -> bool:
        page = build_page(case=case, actor=actor, now=now)
        assert "satisfied" in {step.data.get("outcome") for step in Step.objects.filter(verb="call")}
        return called["remark"] in {detail.text for one in page.happenings for detail in one.details}

    assert [reads(city.staff(2, Role.OFFICER)), reads(reporter_of(case))] == [True, True]
    assert [reads(city.company(city.builder)), reads(invited_company(case, city.builder))] == [False, False]


def test_what_one_body_adds_for_the_next_neither_reporter_nor_company_reads(
    case: Case, city: City, now: datetime
) -> None:
    said = "该住户多次无理投诉，请谨慎对待"
    step(case, "transfer", city.staff(1, Role.CLERK), now, body=city.superior.id, why="to_superior", note=said)
    step(case, "return", city.staff(11, Role.CLERK, city.superior), now, why="wrong_body", note=said)
    ordered(case, city, now)

    def told(actor: Actor) -> list[bool]:
        page = build_page(case=case, actor=actor, now=now)
        return [said in {detail.text for detail in one.details} for one in page.happenings if len(one.details) > 1]

    assert sum(told(city.staff(2, Role.OFFICER))) == 2
    for outside in (reporter_of(case), city.company(city.builder), invited_company(case, city.builder)):
        assert not any(told(outside))
    page = build_page(case=case, actor=city.company(city.builder), now=now)
    assert (page.company_is, page.has_cause) == ("Responsible company", True)


@pytest.mark.parametrize("agreed", [False, True])
def test_the_reporter_is_told_of_the_return_as_of_the_transfer(
    case: Case, city: City, now: datetime, agreed: bool
) -> None:
    assert case.reporter is not None
    case.reporter.progress_agreed_at = now if agreed else None
    case.reporter.save(update_fields=["progress_agreed_at"])

    def told() -> int:
        return Notice.objects.filter(recipient_kind="contact").count()

    step(case, "transfer", city.staff(1, Role.CLERK), now, body=city.superior.id, why="to_superior")
    assert told() == 1
    step(case, "return", city.staff(11, Role.CLERK, city.superior), now, why="wrong_body")
    assert told() == 2
    assert "已退回" in Notice.objects.filter(recipient_kind="contact").latest("id").text


def test_a_former_company_finds_nothing_of_the_order_after_its_own(case: Case, city: City, now: datetime) -> None:
    reopened_with_another_company(case, city, now)
    staff, builder, supplier = city.staff(2, Role.OFFICER), city.company(city.builder), city.company(city.supplier)
    rows = {actor: with_current(list(rows_in_loop(actor)), actor)[0] for actor in (staff, builder, supplier)}
    assert [rows[actor].current.kind for actor in (staff, supplier)] == ["housing_quality"] * 2
    assert rows[builder].current == loop_of(case)
    late = now + timedelta(days=60)
    for actor, found in ((staff, 1), (supplier, 1), (builder, 0)):
        assert rows_in_loop(actor).filter(in_state("housing_quality:ordered", actor)).count() == found
        with clock.fixed_at(late):
            assert rows_in_loop(actor).filter(overdue(actor)).count() == found


def test_a_file_of_an_internal_step_is_not_served_outside(
    case: Case, city: City, now: datetime, settings: Settings, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path
    ordered(case, city, now)
    officer = city.staff(2, Role.OFFICER)
    step(case, "note", officer, now, note="内部研判意见")
    inner = Step.objects.get(verb="note")

    def kept(number: int, purpose: str) -> int:
        paper = SimpleUploadedFile("opinion.pdf", b"%PDF-1.4\n% done\n%%EOF\n", "application/pdf")
        checked = accept_upload(upload=paper, purpose=purpose)
        subject = ("proceeding", inner.proceeding_id)
        return attach(checked=checked, subject=subject, by=officer, now=now, step_number=number).id

    def served(attachment: int, to: Actor) -> bool:
        try:
            serve_file(case, attachment, to=to, small=False).file_to_stream.close()
        except Http404:
            return False
        return True

    within, open_ = kept(inner.number, "note"), kept(inner.number - 1, "requirement")
    outside = (city.company(city.builder), invited_company(case, city.builder), reporter_of(case))
    assert [served(within, actor) for actor in (officer, *outside)] == [True, False, False, False]
    assert [served(open_, actor) for actor in (officer, *outside)] == [True] * 4


def test_an_officer_of_elsewhere_who_acts_for_a_company_reads_its_case_from_outside(
    case: Case, city: City, now: datetime
) -> None:
    ordered(case, city, now)
    step(case, "note", city.staff(2, Role.OFFICER), now, note="内部研判意见")
    company = city.company(city.builder)
    elsewhere = Reach(Role.OFFICER, frozenset({10**6}), ("/9/",), frozenset({Domain.HOUSING}))
    page = build_page(case=case, actor=replace(company, reaches=(*company.reaches, elsewhere)), now=now)
    assert page.audience is Audience.OUTSIDE
    assert "内部研判意见" not in {detail.text for one in page.happenings for detail in one.details}
    assert build_page(case=case, actor=city.staff(2, Role.OFFICER), now=now).audience is Audience.STAFF


def test_the_terms_of_two_cities_with_one_code_are_one_category(
    case: Case, complaint: Complaint, city: City, now: datetime
) -> None:
    own = complaint.category
    other = Term.objects.create(
        catalogue=own.catalogue, code=own.code, area=city.town, zh=own.zh, en=own.en, valid_from=own.valid_from
    )
    open_case(complaint=replace(complaint, category=other, description="厨房也渗漏。"), now=now)
    rows = category_rows(city.staff(2, Role.OFFICER), Month(2026, 11))
    assert [(row.term and row.term.code, row.latest) for row in rows] == [(own.code, 2)]
