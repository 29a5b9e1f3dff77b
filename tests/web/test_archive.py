"""The archive on the desk: what is ready, filing it, the register as a table and on paper, and taking out."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from web.walk.matters import Matter
from web.walk.moments import NOW
from web.walk.people import City
from zhicheng.cases.api import SUBJECT
from zhicheng.core.access import Role
from zhicheng.ground import clock
from zhicheng.ground.access.api import actor_for
from zhicheng.ground.archive.api import Filing, file_away

LATER = NOW + timedelta(days=62)


@pytest.fixture
def matter(browsing: City) -> Matter:
    return browsing.worlds["t"].matters["closed"]


def filed(browsing: City, matter: Matter) -> Filing:
    clerk = actor_for(browsing.worlds["t"].staff[Role.CLERK], NOW.date())
    return file_away(subject=(SUBJECT, matter.case.id), by=clerk, now=LATER)


def page(browsing: City, name: str, address: str, **asked: Any) -> Any:
    with clock.fixed_at(LATER):
        return browsing.people[name].browser().get(address, asked)


def send(browsing: City, name: str, address: str, **data: Any) -> Any:
    with clock.fixed_at(LATER):
        return browsing.people[name].browser().post(address, data)


def test_what_is_ready_is_listed_for_the_body_alone(browsing: City, matter: Matter) -> None:
    assert matter.case.number in page(browsing, "t-clerk", "/desk/cases/ready/").content.decode()
    for name in ("s-clerk", "city"):
        assert matter.case.number not in page(browsing, name, "/desk/cases/ready/").content.decode()
    assert page(browsing, "t-company", "/desk/cases/ready/").status_code == 403


def test_the_chosen_are_filed_and_told_of_each(browsing: City, matter: Matter) -> None:
    open_one = browsing.worlds["t"].matters["accepted"].case
    rows = [str(matter.case.id), str(open_one.id)]
    asked = page(browsing, "t-clerk", "/desk/cases/ready/file/", row=rows).content.decode()
    assert matter.case.number in asked
    told = send(browsing, "t-clerk", "/desk/cases/ready/file/", row=rows).content.decode()
    filing = Filing.objects.get(subject_id=matter.case.id)
    assert filing.number in told
    assert "1 case is filed." in told
    assert "only a closed case is filed" in told
    again = send(browsing, "t-clerk", "/desk/cases/ready/file/", row=rows).content.decode()
    assert filing.number in again
    assert Filing.objects.filter(subject_id=matter.case.id).count() == 1


def test_nothing_chosen_is_said(browsing: City) -> None:
    response = send(browsing, "t-clerk", "/desk/cases/ready/file/", row=["x", "999999999"])
    assert response.status_code == 422
    assert "Choose cases in the list" in response.content.decode()
    assert page(browsing, "t-clerk", "/desk/cases/ready/file/", row=["1"] * 101).status_code == 400


def test_the_page_of_a_filed_case_says_so_and_offers_nothing(browsing: City, matter: Matter) -> None:
    address = f"/desk/cases/{matter.case.number}/"
    assert "File in the archive" in page(browsing, "t-clerk", address).content.decode()
    filing = filed(browsing, matter)
    text = page(browsing, "t-clerk", address).content.decode()
    assert filing.number in text
    assert "File in the archive" not in text
    assert "Take out of the archive" not in text
    assert "Take out of the archive" in page(browsing, "t-leader", address).content.decode()
    assert "Delete personal data" not in page(browsing, "t-leader", address).content.decode()


def test_the_register_is_filtered_exported_and_printed(browsing: City, matter: Matter) -> None:
    filing = filed(browsing, matter)
    shown = {"body": filing.issuer_id, "year": filing.year}
    assert filing.number in page(browsing, "t-officer", "/desk/archive/", **shown).content.decode()
    assert filing.number not in page(browsing, "s-officer", "/desk/archive/").content.decode()
    address = f"/desk/archive/?body={filing.issuer_id}&year={filing.year}"
    table = send(browsing, "t-officer", address, do="export-xlsx")
    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(table))).get_sheet_by_index(0)
    cells = [cell for row in sheet.to_python() for cell in row]
    assert filing.number in cells
    printed = send(browsing, "t-officer", address, do="print")
    assert printed["Content-Type"] == "application/pdf"
    text = "".join(one.extract_text() for one in PdfReader(BytesIO(printed.content)).pages)
    assert filing.number.replace(" ", "") in text.replace(" ", "").replace("\n", "")


def test_a_register_is_printed_for_one_body_and_year(browsing: City, matter: Matter) -> None:
    filed(browsing, matter)
    with clock.fixed_at(LATER):
        response = browsing.people["t-officer"].browser().post("/desk/archive/", {"do": "print"}, follow=True)
    assert "Choose one body and one year" in response.content.decode()


def test_a_leader_takes_a_case_out(browsing: City, matter: Matter) -> None:
    filing = filed(browsing, matter)
    address = f"/desk/archive/{filing.pk}/take-out/"
    assert page(browsing, "t-officer", address).status_code == 403
    assert page(browsing, "s-leader", address).status_code == 404
    assert send(browsing, "t-leader", address, reason="").status_code == 422
    assert send(browsing, "t-leader", address, reason="法院判决重新处理").status_code == 302
    assert not Filing.objects.get(pk=filing.pk).in_place
    assert "法院判决重新处理" in page(browsing, "t-leader", f"/desk/cases/{matter.case.number}/").content.decode()
    again = send(browsing, "t-leader", address, reason="再取一次")
    assert again.status_code == 422
    assert "再取一次" in again.content.decode()


def test_the_register_asks_no_query_a_row(browsing: City, matter: Matter) -> None:
    client = browsing.people["t-officer"].browser()
    client.get("/desk/archive/")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/archive/")
    filing = filed(browsing, matter)
    for serial in range(12, 22):
        copy = Filing.objects.get(pk=filing.pk)
        copy.pk, copy.serial, copy.number = None, serial, f"{serial}号"
        copy.taken_out_at, copy.taken_out_by, copy.reason = LATER, "user:1", "x"
        copy.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/archive/")
    assert len(many) == len(few)
