"""A document is frozen when it is issued; what happens to it afterwards is added and never written over."""

from datetime import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from zhicheng.core.access import Actor, Reach, Role
from zhicheng.core.refused import Refused
from zhicheng.ground.documents.audit import check_documents
from zhicheng.ground.documents.models import Content, Document, FormLayout
from zhicheng.ground.documents.paper import Block
from zhicheng.ground.documents.queries import ContentChanged, find_by_code, list_papers, read_paper
from zhicheng.ground.documents.rendering import paper_of, pdf_of
from zhicheng.ground.documents.services import correct, empty_papers, revoke
from zhicheng.ground.documents.states import PaperState
from zhicheng.ground.documents.tasks import render
from zhicheng.ground.files.api import Attachment
from zhicheng.ground.ledger.api import list_entries, read_body
from zhicheng.ground.packs.api import forget_loaded
from zhicheng.ground.personal.api import rotate_keys, seal
from zhicheng.ground.proceedings.api import Participant

from .conftest import FORM, LAYOUT, Office


def bodies(office: Office) -> list[dict]:
    return [read_body(entry) for entry in list_entries(("test_letter", 1)) if entry.act.startswith("document.")]


def again(document: Document) -> Document:
    found = find_by_code(document.code)
    assert found is not None
    return found


def corrected(office: Office, document: Document, now: datetime, text: str = "不受理。") -> Document:
    return correct(
        document=document, addressee="张三", blocks=(Block(text=text),), reason="笔误", by=office.officer, now=now
    )


def test_what_is_issued_can_be_read_again(office: Office, now: datetime):
    paper = read_paper(office.issue(now, what="决定受理。"))
    assert paper is not None
    assert (paper.addressee, paper.blocks[0].text, paper.issuer) == ("张三", "决定受理。", "任城区某局")
    assert paper.address.endswith(f"/verify/{paper.code}/")


def test_the_ledger_has_the_hash_and_nothing_that_is_said(office: Office, now: datetime):
    document = office.issue(now, what="秘密内容")
    entry = list(list_entries(("test_letter", 1)))[-1]
    assert (entry.act, bodies(office)[-1]["content"]) == ("document.issue", document.content_hash)
    assert "秘密" not in bytes(entry.body).decode()
    assert "张三" not in bytes(entry.body).decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM documents_content")
        assert "秘密" not in cursor.fetchone()[0]


def test_a_later_layout_changes_nothing_that_was_issued(office: Office, now: datetime):
    document = office.issue(now)
    before = pdf_of(document, now=now)
    FormLayout.objects.filter(key=FORM).update(layout={**LAYOUT, "title": "别的"})
    forget_loaded()
    assert paper_of(document).title == "决定书"
    assert pdf_of(document, now=now) == before
    assert office.issue(now).title == "别的"


def test_a_form_without_a_layout_is_refused_and_takes_no_number(office: Office, now: datetime):
    FormLayout.objects.all().delete()
    forget_loaded()
    with pytest.raises(Refused, match="No layout of the form"), transaction.atomic():
        office.issue(now)
    assert not Document.objects.exists()


def test_the_pdf_is_made_once_and_stored_with_its_hash_in_the_ledger(office: Office, now: datetime):
    document = office.issue(now)
    assert not Attachment.objects.filter(subject_kind="document").exists()
    render(document.id)
    stored = pdf_of(document, now=now)
    assert stored.startswith(b"%PDF-")
    assert pdf_of(document, now=now) == stored
    assert Attachment.objects.filter(subject_kind="document", subject_id=document.id).count() == 1
    assert bodies(office)[-1]["pdf"] == document.rendering.pdf_hash


def test_a_corrected_version_takes_the_number_and_the_place(office: Office, now: datetime):
    first = office.issue(now)
    second = corrected(office, first, now)
    assert (second.number, second.version, second.code != first.code) == (first.number, 2, True)
    assert (again(first).state, again(second).state) == (PaperState.SUPERSEDED, PaperState.VALID)
    assert paper_of(again(first)).blocks[0].text == "受理。"
    assert paper_of(second).blocks[0].text == "不受理。"
    assert office.issue(now).serial == 2


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_needs_a_reason(office: Office, now: datetime, reason: str):
    document = office.issue(now)
    with pytest.raises(Refused, match="reason"):
        correct(document=document, addressee="李四", blocks=(), reason=reason, by=office.officer, now=now)


def test_a_correction_that_corrects_nothing_is_refused(office: Office, now: datetime):
    with pytest.raises(Refused, match="says the same"):
        corrected(office, office.issue(now), now, text="受理。")


def test_only_the_version_in_force_is_corrected_or_revoked(office: Office, now: datetime):
    first = office.issue(now)
    second = corrected(office, first, now)
    with pytest.raises(Refused, match="not in force"):
        corrected(office, first, now, text="第三")
    revoke(document=second, reason="撤销", by=office.officer, now=now)
    assert again(second).state is PaperState.REVOKED
    with pytest.raises(Refused, match="not in force"):
        revoke(document=second, reason="撤销", by=office.officer, now=now)


def test_what_a_document_says_can_be_erased_and_everything_still_verifies(office: Office, now: datetime):
    document = office.issue(now)
    pdf_of(document, now=now)
    empty_papers(subject=(document.subject_kind, document.subject_id), now=now)
    erased = again(document)
    assert read_paper(erased) is None
    assert Content.objects.get(document=document).sealed == ""
    assert Attachment.objects.get(subject_kind="document").file is None
    with pytest.raises(Refused, match="deleted"):
        pdf_of(erased, now=now)
    assert list(check_documents()) == []
    assert empty_papers(subject=("test_letter", 1), now=now) == []


def test_content_that_was_exchanged_is_noticed(office: Office, now: datetime):
    document = office.issue(now)
    other = paper_of(document).model_copy(update={"addressee": "李四"})
    Content.objects.filter(document=document).update(sealed=seal(other.canonical))
    with pytest.raises(ContentChanged):
        read_paper(again(document))


def test_new_keys_reseal_documents_too(office: Office, now: datetime):
    office.issue(now)
    assert rotate_keys() == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents_document SET number = 'x'",
        "DELETE FROM documents_document",
        "DELETE FROM documents_content",
        "UPDATE documents_content SET document_id = document_id",
        "DELETE FROM documents_counter",
        "UPDATE documents_counter SET mark = 'x'",
    ],
)
def test_the_application_may_not_change_what_was_issued(office: Office, now: datetime, change: str):
    office.issue(now)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_a_company_reads_what_is_addressed_to_it_only(office: Office, now: datetime):
    to_company = office.issue(now, addressee=office.company.id)
    to_nobody = office.issue(now)
    Participant.objects.create(
        proceeding_id=office.proceeding, organization=office.company, part="respondent", since=now
    )
    company = Actor("user:9", "company", (Reach(Role.COMPANY, frozenset({office.company.id})),))
    stranger = Actor("user:8", "stranger", (Reach(Role.COMPANY, frozenset({office.company.id + 1})),))
    reporter = Actor("reporter:1", "reporter", own=("test_letter", 1), own_role=Role.REPORTER)
    elsewhere = Actor("reporter:2", "reporter", own=("test_letter", 2), own_role=Role.REPORTER)
    invited = Actor(
        "company:1", "company", own=("test_letter", 1), own_role=Role.COMPANY, organization_id=office.company.id
    )

    def read_by(actor: Actor) -> set[Document]:
        return set(list_papers(("test_letter", 1), actor))

    assert read_by(office.officer) == {to_company, to_nobody}
    assert read_by(company) == read_by(invited) == {to_company}
    assert read_by(reporter) == {to_company, to_nobody}  # the form is one that goes to reporters
    assert read_by(stranger) == read_by(elsewhere) == set()
