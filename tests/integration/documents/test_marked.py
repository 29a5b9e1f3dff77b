"""Nothing leaves a demonstration without its mark, whether or not the matter itself was made by the simulator."""

from datetime import datetime
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from zhicheng.ground.archive.printing import register_paper
from zhicheng.ground.documents.paper import Block
from zhicheng.ground.documents.queries import read_paper
from zhicheng.ground.documents.rendering import paper_of, pdf_of
from zhicheng.ground.documents.services import correct
from zhicheng.ground.documents.typesetting import write_docx
from zhicheng.ground.documents.wording import SIMULATED, SIMULATED_NOTE
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.parties.api import Organization

from .conftest import Office


@pytest.fixture
def demonstration(office: Office) -> None:
    """One invented company makes the database a demonstration; the matter that decides was entered by hand."""
    _invent(office)


def _invent(office: Office) -> None:
    Organization.objects.create(
        name="虚构公司", sort_key="x", kind="company", area=office.area, simulated=True
    )  # fmt: skip
    forget_kept()


def texts(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_elsewhere_a_paper_has_no_mark(office: Office, now: datetime) -> None:
    document = office.issue(now)
    assert not document.simulated
    assert SIMULATED not in texts(pdf_of(document, now=now))


def test_what_is_issued_in_a_demonstration_says_so(office: Office, demonstration: None, now: datetime) -> None:
    document = office.issue(now)
    paper = read_paper(document)
    assert paper is not None
    assert paper.simulated
    assert document.simulated
    assert SIMULATED_NOTE in texts(pdf_of(document, now=now))
    again = correct(
        document=document,
        addressee="李四",
        blocks=(Block(text="是。"),),
        reason="笔误",
        by=office.officer,
        now=now,
    )
    assert again.simulated


def test_what_was_issued_before_leaves_with_the_mark_too(office: Office, now: datetime) -> None:
    document = office.issue(now)
    _invent(office)
    assert SIMULATED_NOTE in texts(pdf_of(document, now=now))
    word = docx.Document(BytesIO(write_docx(paper_of(document))))
    assert SIMULATED_NOTE in "\n".join(one.text for one in word.paragraphs)


def test_the_printed_register_says_so(office: Office, demonstration: None, now: datetime) -> None:
    filing: Any = SimpleNamespace(
        year=2026, issuer=office.body, in_place=True, simulated=False, serial=1, number="1", ended_on=now.date(),
        kept_until=now.date(), taken_out_at=None,
    )  # fmt: skip
    row = SimpleNamespace(filing=filing, number="TS-1", title="事项")
    assert register_paper([row], now.date()).simulated
