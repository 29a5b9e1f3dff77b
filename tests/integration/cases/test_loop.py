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
from zhicheng.core.access import Domain, Reach, Role
from zhicheng.ground.access.api import Jurisdiction
from zhicheng.ground.files.api import accept_upload, attach
from zhicheng.ground.notices.api import Notice
from zhicheng.ground.packs.api import Term
from zhicheng.ground.proceedings.api import (
    Proceeding,
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
        checked=accept_upload(upload=paper, purpose="evidence"), subject=("proceeding", housing_of(case).id),
        by=city.company(city.supplier), now=now, step_number=3,
    )  # fmt: skip
    for actor in (city.company(city.supplier), invited_company(case, city.supplier), reporter_of(case)):
        with serve_file(case, kept.id, to=actor, small=False).file_to_stream as content:
            assert content.read() == paper.file.getvalue()
    for actor in (city.company(city.builder), invited_company(case, city.builder)):
        with pytest.raises(Http404):
            serve_file(case, kept.id, to=actor, small=False)


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
