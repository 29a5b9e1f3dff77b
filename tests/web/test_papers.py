"""Papers on the desk, in the portal, and on the public page that verifies them."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from web.walk.moments import NOW
from web.walk.people import City
from zhicheng.cases.api import Case
from zhicheng.core.access import Role
from zhicheng.ground.documents.api import Document, PaperState, empty_papers, paper_of, pdf_of
from zhicheng.ground.ledger.api import list_entries


@pytest.fixture
def order(browsing: City) -> Document:
    """The order to the company of one county."""
    case = browsing.worlds["t"].matters["ordered"].case
    return Document.objects.select_related("content").get(subject_id=case.id, form="rectification_order")


def text_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def case_page(city: City, name: str, case: Case) -> str:
    return str(city.people[name].browser().get(f"/desk/cases/{case.number}/").content.decode())


@pytest.mark.parametrize("name", ["t-clerk", "t-officer", "t-leader", "caller", "t-company"])
def test_the_page_of_a_case_has_its_papers(browsing: City, order: Document, name: str) -> None:
    text = case_page(browsing, name, browsing.worlds["t"].matters["ordered"].case)
    assert order.number in text
    assert f"/desk/papers/{order.id}/paper.pdf" in text


@pytest.mark.parametrize(("name", "status"), [
    ("t-officer", 200), ("t-company", 200), ("caller", 200), ("s-officer", 404), ("s-company", 404),
    ("market", 404), ("system", 403), ("audit", 403),
])  # fmt: skip
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_paper_is_read_by_whom_it_concerns(
    browsing: City, order: Document, name: str, status: int, form: str
) -> None:
    response = browsing.people[name].browser().post(f"/desk/papers/{order.id}/paper.{form}")
    assert response.status_code == status


def test_what_is_downloaded_is_the_paper_and_the_ledger_says_who_read_it(browsing: City, order: Document) -> None:
    response = browsing.people["t-officer"].browser().post(f"/desk/papers/{order.id}/paper.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert order.number.replace("〔", "").replace("〕", "") in text_of(response.content).replace(" ", "").replace(
        "〔", ""
    ).replace("〕", "")
    last = list(list_entries((order.subject_kind, order.subject_id)))[-1]
    assert (last.act, last.actor) == ("document.read", f"user:{browsing.worlds['t'].staff[Role.OFFICER].pk}")


def test_an_erased_paper_is_gone(browsing: City, order: Document) -> None:
    empty_papers(subject=(order.subject_kind, order.subject_id), now=NOW)
    client = browsing.people["t-officer"].browser()
    assert client.post(f"/desk/papers/{order.id}/paper.pdf").status_code == 404
    assert client.post(f"/desk/papers/{order.id}/paper.docx").status_code == 404
    assert "was deleted" in client.get(f"/desk/papers/{order.id}/").content.decode()


def test_the_register_lists_filters_and_prints_together(browsing: City) -> None:
    client = browsing.people["t-officer"].browser()
    text = client.get("/desk/papers/").content.decode()
    mine = Document.objects.filter(issuer=browsing.worlds["t"].body)
    assert mine.count() > 2
    assert all(one.number in text for one in mine)
    assert not any(one.number in text for one in Document.objects.filter(issuer=browsing.worlds["r"].body))
    printed = client.post("/desk/papers/?form=rectification_order", {"do": "print"})
    assert printed["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(printed.content))
    orders = mine.filter(form="rectification_order").order_by("-issued_at", "-id")
    assert [item.title for item in reader.outline] == [one.number for one in orders]


def test_an_empty_register_prints_nothing_and_says_so(browsing: City) -> None:
    client = browsing.people["t-officer"].browser()
    response = client.post("/desk/papers/?q=nothing-has-this", {"do": "print"}, follow=True)
    assert "There is no document to print here." in response.content.decode()


def test_the_register_costs_the_same_for_more_papers(browsing: City) -> None:
    client = browsing.people["t-officer"].browser()

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/desk/papers/").status_code == 200
        return len(captured)

    one = Document.objects.filter(issuer=browsing.worlds["t"].body).first()
    assert one is not None
    statements()
    few = statements()
    content = one.content.sealed
    from zhicheng.ground.documents.models import Content

    for serial in range(900, 920):
        one.pk, one.serial, one.code, one._state.adding = None, serial, f"CODE-{serial}", True
        one.save(force_insert=True)
        Content.objects.create(document=one, sealed=content)
    assert statements() <= few


def test_an_officer_corrects_and_what_was_wrong_is_kept_when_refused(browsing: City, order: Document) -> None:
    client = browsing.people["t-officer"].browser()
    address = f"/desk/papers/{order.id}/correct/"
    assert paper_of(order).addressee in client.get(address).content.decode()
    given: dict[str, Any] = {"addressee": "another company", "b0": "changed text", "reason": ""}
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "changed text" in refused.content.decode()
    done = client.post(address, {**given, "reason": "a slip of the pen"})
    fresh = Document.objects.get(supersedes=order)
    assert done["Location"] == f"/desk/papers/{fresh.id}/"
    assert paper_of(fresh).addressee == "another company"
    assert paper_of(fresh).blocks[0].text == "changed text"
    assert "Version 2" in case_page(browsing, "t-officer", browsing.worlds["t"].matters["ordered"].case)


@pytest.mark.parametrize("name", ["t-clerk", "t-company", "caller", "city"])
@pytest.mark.parametrize("deed", ["correct", "revoke"])
def test_only_officers_of_the_issuer_may(browsing: City, order: Document, name: str, deed: str) -> None:
    response = browsing.people[name].browser().post(f"/desk/papers/{order.id}/{deed}/", {"reason": "x"})
    assert response.status_code in (403, 404)
    assert Document.objects.get(id=order.id).state is PaperState.VALID


def test_a_revoked_paper_says_so_to_everybody(browsing: City, order: Document) -> None:
    client = browsing.people["t-officer"].browser()
    assert client.post(f"/desk/papers/{order.id}/revoke/", {"reason": "issued by mistake"}).status_code == 302
    assert "Revoked by its issuer" in client.get(f"/verify/{order.code}/").content.decode()
    assert client.post(f"/desk/papers/{order.id}/revoke/", {"reason": "again"}).status_code == 404


# --- the public page


@pytest.fixture
def anybody(browsing: City) -> Client:
    return browsing.people["anybody"].browser()


def test_the_public_page_says_what_it_is_and_nothing_personal(anybody: Client, order: Document) -> None:
    text = anybody.get(f"/verify/{order.code}/").content.decode()
    for shown in (order.number, order.issuer.name, "In force", order.code):
        assert shown in text
    paper = paper_of(order)
    assert paper.addressee not in text
    assert paper.blocks[0].text[:20] not in text


def test_it_speaks_chinese_too(browsing: City, order: Document) -> None:
    text = Client(headers={"accept-language": "zh-hans"}).get(f"/verify/{order.code}/").content.decode()
    assert "查验" in text
    assert "有效" in text


@pytest.mark.parametrize("spelling", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_the_code_is_taken_as_people_type_it(anybody: Client, order: Document, spelling: Any) -> None:
    response = anybody.get("/verify/", {"code": spelling(order.code)})
    assert response["Location"] == f"/verify/{order.code}/"


@pytest.mark.parametrize(("code", "said"), [
    ("0000-0000-0000-0000", "No document has this code"), ("12", "expected 16"), ("", "required"),
])  # fmt: skip
def test_a_code_that_is_none_is_explained(anybody: Client, code: str, said: str) -> None:
    response = anybody.get("/verify/", {"code": code})
    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.parametrize("code", ["0000-0000-0000-0000", "x", "%00"])
def test_an_address_without_a_document_is_not_there(anybody: Client, code: str) -> None:
    assert anybody.get(f"/verify/{code}/").status_code == 404


def send(anybody: Client, order: Document, content: bytes) -> str:
    file = SimpleUploadedFile("paper.pdf", content, "application/pdf")
    return str(anybody.post(f"/verify/{order.code}/", {"file": file}).content.decode())


def test_the_pdf_itself_is_recognised_and_any_other_is_not(anybody: Client, order: Document) -> None:
    genuine = pdf_of(order, now=NOW)
    assert "The file is the original." in send(anybody, order, genuine)
    assert "The file is not the original." in send(anybody, order, genuine + b" ")
    assert "The file is not the original." in send(anybody, order, b"")
    assert "required" in anybody.post(f"/verify/{order.code}/", {}).content.decode()


def test_the_pdf_is_recognised_even_after_its_content_was_erased(
    browsing: City, anybody: Client, order: Document
) -> None:
    genuine = pdf_of(order, now=NOW)
    empty_papers(subject=(order.subject_kind, order.subject_id), now=NOW)
    assert "The file is the original." in send(anybody, order, genuine)


def test_it_can_be_compared_before_anybody_asked_for_the_pdf(anybody: Client, order: Document) -> None:
    assert "The file is not the original." in send(anybody, order, b"%PDF-1.7 something else")


# --- without an account


def test_the_company_reads_the_order_by_its_link_and_nothing_else(browsing: City, order: Document) -> None:
    matter = browsing.worlds["t"].matters["ordered"]
    assert matter.invitation
    client = browsing.people["anybody"].browser()
    page = client.get(f"/answer/{matter.invitation}/").content.decode()
    assert order.number in page
    assert client.post(f"/answer/{matter.invitation}/papers/{order.id}/").status_code == 200
    other = Document.objects.filter(issuer=browsing.worlds["s"].body).first()
    assert other is not None
    assert client.post(f"/answer/{matter.invitation}/papers/{other.id}/").status_code == 404


def test_the_reporter_reads_what_is_addressed_to_reporters(browsing: City, order: Document) -> None:
    reporter = browsing.people["reporter"]
    assert reporter.tracked is not None
    client, case = reporter.browser(), reporter.tracked.case
    orders = Document.objects.filter(subject_id=case.id)
    assert orders, "the case that is followed was ordered to be put right"
    page = client.get(f"/track/{case.number}/").content.decode()
    assert not [one.number for one in orders if one.number in page]
    assert client.post(f"/track/{case.number}/papers/{orders[0].id}/").status_code == 404
