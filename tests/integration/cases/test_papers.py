"""Every step of the housing bureaus that names a form issues it, with what the case knows."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from zhicheng.cases.actors import reporter_of
from zhicheng.cases.api import Case, Complaint, loop_of, open_case
from zhicheng.cases.erasure.services import erase_case
from zhicheng.cases.kinds import KINDS
from zhicheng.cases.models import SUBJECT
from zhicheng.core.access import Actor, Role
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.ground.documents.api import Document, Paper, list_papers, paper_of, pdf_of
from zhicheng.ground.documents.models import FormLayout
from zhicheng.ground.documents.registry import find_source
from zhicheng.ground.files.api import Attachment
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.ledger.verification import verify
from zhicheng.ground.proceedings.api import StepRefused, advance

from .conftest import City, replace, step


def issued(case: Case, form: str) -> tuple[Document, Paper]:
    document = Document.objects.select_related("content").get(subject_id=case.id, form=form)
    return document, paper_of(document)


def said(paper: Paper) -> str:
    lines = (f"{line.label} {line.value}" for block in paper.blocks for line in block.lines)
    return "\n".join([paper.addressee, *(f"{one.heading} {one.text}" for one in paper.blocks), *lines])


def ordered(case: Case, city: City, now: datetime) -> None:
    step(case, "accept", city.staff(1, Role.CLERK), now)
    step(
        case, "order", city.staff(2, Role.OFFICER), now, cause="workmanship", company=city.builder.id,
        due_on=local(now).date() + timedelta(days=30), requirement="重做防水层。",
    )  # fmt: skip


def picture() -> SimpleUploadedFile:
    target = BytesIO()
    Image.new("RGB", (40, 30), "white").save(target, "JPEG")
    return SimpleUploadedFile("after.jpg", target.getvalue(), "image/jpeg")


def test_every_form_that_a_table_names_is_filled_and_laid_out(city: City):
    named = {step.form for kind in KINDS for version in kind.versions for step in version.steps if step.form}
    assert named
    assert [form for form in sorted(named) if find_source(form) is None] == []
    assert named <= set(FormLayout.objects.filter(area__isnull=True).values_list("key", flat=True))


def test_an_order_says_what_was_ordered(case: Case, city: City, now: datetime):
    ordered(case, city, now)
    document, paper = issued(case, "rectification_order")
    assert (paper.issuer, paper.addressee) == (city.bureau.name, "builder")
    assert document.number == "滕住建整改〔2026〕1号"
    assert document.addressee == city.builder
    for part in (case.number, "渗漏", "施工", "重做防水层。", "2026年12月23日"):
        assert part in said(paper)
    assert "条例" not in said(paper), "the provision is recalled"
    assert "现场核查" not in said(paper), "the step asks for no check on the spot, so nobody recorded one"


def test_the_reply_answers_the_order(case: Case, city: City, now: datetime):
    ordered(case, city, now)
    company = city.company(city.builder)
    step(case, "promise", company, now, promised_on=local(now).date() + timedelta(days=10))
    step(case, "prove", company, now, evidence=[picture()], note="已重做。")
    document, paper = issued(case, "rectification_reply")
    assert (paper.issuer, paper.addressee) == ("builder", city.bureau.name)
    assert paper.attachments == ("after.jpg",)
    order, _ = issued(case, "rectification_order")
    for part in (order.number, "2026年12月23日", "2026年12月3日", "重做防水层。", "已重做。"):
        assert part in said(paper)
    assert pdf_of(document, now=now).startswith(b"%PDF-")
    assert verify().sound


def test_a_transfer_is_signed_by_whoever_gives_the_matter_away(case: Case, city: City, now: datetime):
    step(case, "transfer", city.staff(1, Role.CLERK), now, body=city.superior.id, why="to_superior")
    _, paper = issued(case, "transfer_letter")
    assert (paper.issuer, paper.addressee) == (city.bureau.name, city.superior.name)
    assert "说明的情况" not in said(paper), "there was no note"


@pytest.mark.parametrize(("name", "addressed"), [("王五", "王五"), ("", "投诉人")])
def test_a_rejection_goes_to_the_reporter(
    complaint: Complaint, city: City, now: datetime, name: str, addressed: str
):
    case = open_case(complaint=replace(complaint, reporter_name=name), now=now).case
    step(case, "reject", city.staff(1, Role.CLERK), now, ground="warranty_over", reason="已过保修期。")
    document, paper = issued(case, "rejection")
    assert paper.addressee == addressed
    assert "已过保修期。" in said(paper)
    assert list(list_papers((SUBJECT, case.id), reporter_of(case))) == [document]
    stranger = Actor("reporter:0", "reporter", own=(SUBJECT, case.id + 1), own_role=Role.REPORTER)
    assert not list_papers((SUBJECT, case.id), stranger)


def test_a_refused_step_issues_nothing(case: Case, city: City, now: datetime):
    step(case, "accept", city.staff(1, Role.CLERK), now)
    with pytest.raises(StepRefused):
        step(case, "order", city.staff(2, Role.OFFICER), now, cause="workmanship")
    assert not Document.objects.exists()


def test_a_step_taken_twice_issues_once(case: Case, city: City, now: datetime):
    ordered(case, city, now)
    with pytest.raises(StepRefused):
        step(
            case, "order", city.staff(2, Role.OFFICER), now, cause="workmanship", company=city.builder.id,
            due_on=local(now).date() + timedelta(days=30), requirement="重做防水层。",
        )  # fmt: skip
    assert Document.objects.count() == 1


def test_a_second_order_to_another_company_is_a_document_of_its_own(case: Case, city: City, now: datetime):
    ordered(case, city, now)
    step(case, "request_object", city.company(city.builder), now, reason="非我方施工。")
    step(case, "object", city.staff(2, Role.OFFICER), now)
    step(
        case, "order", city.staff(2, Role.OFFICER), now, cause="workmanship", company=city.supplier.id,
        due_on=local(now).date() + timedelta(days=30), requirement="更换材料。",
    )  # fmt: skip
    numbers = list(Document.objects.order_by("id").values_list("serial", "addressee"))
    assert numbers == [(1, city.builder.id), (2, city.supplier.id)]
    supplier = list_papers((SUBJECT, case.id), city.company(city.supplier))
    assert [one.addressee for one in supplier] == [city.supplier]
    assert not list_papers((SUBJECT, case.id), city.company(city.builder)), "it does not see the matter any more"


def test_an_erased_case_leaves_its_papers_without_content(
    complaint: Complaint, city: City, files_root: Path, now: datetime
):
    case = open_case(complaint=complaint, now=now).case
    step(case, "reject", city.staff(1, Role.CLERK), now, ground="warranty_over", reason="已过保修期。")
    document, _ = issued(case, "rejection")
    pdf_of(document, now=now)
    given = {"outcome": "satisfied", "remark": ""}
    advance(proceeding=loop_of(case).id, verb="call", by=city.staff(8, Role.CALLER), now=now, data=given)
    assert erase_case(case=case, by=city.staff(3, Role.LEADER), reason="本人要求", now=now)
    with pytest.raises(Refused, match="deleted"):
        paper_of(Document.objects.get(id=document.id))
    assert read_body(list(list_entries((SUBJECT, case.id)))[-1])["papers"] == [document.content_hash]
    assert Attachment.objects.get(subject_kind="document").file is None
    assert verify().sound
