"""A county's bureau, one proceeding of it, and a form that nobody's law knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from integration.proceedings.conftest import LETTER, staff
from zhicheng.core.access import Actor, Role
from zhicheng.ground.areas.api import Area
from zhicheng.ground.documents.layouts import Particulars
from zhicheng.ground.documents.models import Document, FormLayout, Prefix
from zhicheng.ground.documents.services import Occasion, issue
from zhicheng.ground.packs.api import forget_loaded
from zhicheng.ground.packs.models import LimitRow
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings import registry
from zhicheng.ground.proceedings.api import (
    Proceeding,
    SubjectKind,
    open_proceeding,
    register_process,
    register_subject,
)

FORM = "test_decision"
LAYOUT = {
    "edition": "1", "title": "决定书", "title_en": "Decision", "mark": "决", "addressee": "{who}",
    "readers": ["reporter"], "blocks": [{"text": "{what}"}],
}  # fmt: skip


@dataclass(frozen=True)
class Office:
    """A bureau with a proceeding in which it decides, and the people around it."""

    body: Organization
    company: Organization
    area: Area
    proceeding: int
    officer: Actor

    def occasion(self) -> Occasion:
        return Occasion(("test_letter", 1), self.proceeding, self.area.path, self.body.id)

    def issue(self, now: datetime, what: str = "受理。", **given: object) -> Document:
        particulars = Particulars({"who": "张三", "what": what}, **given)  # type: ignore[arg-type]
        return issue(form=FORM, particulars=particulars, occasion=self.occasion(), by=self.officer, now=now)


@pytest.fixture
def office(county: Area, now: datetime) -> Iterator[Office]:
    register_process(LETTER)
    register_subject(
        SubjectKind(
            "test_letter", facts=lambda _: {}, after_step=lambda _: None, address=lambda _: "/",
            titles=lambda ids: {number: (f"L{number}", "Letter") for number in ids}, public_address=str,
            contact=lambda _: None, handler=lambda _: None,
        )
    )  # fmt: skip
    LimitRow.objects.create(
        key="letter.ask", amount=5, unit="working_days", roll="none", citation="test", valid_from=date(2020, 1, 1)
    )
    FormLayout.objects.create(key=FORM, layout=LAYOUT, valid_from=date(2020, 1, 1))
    forget_loaded()
    body = Organization.objects.create(name="任城区某局", sort_key="a", kind="public_body", area=county)
    company = Organization.objects.create(name="某公司", sort_key="b", kind="company", area=county)
    Prefix.objects.create(organization=body, letters="任某")
    officer = staff(1, Role.OFFICER, body, county)
    proceeding = open_proceeding(
        process=LETTER, subject=("test_letter", 1), area=county, holder=body.id, by=officer, now=now
    )
    yield Office(body, company, county, proceeding, officer)
    del registry._processes[LETTER.key]
    del registry._subjects["test_letter"]
    forget_loaded()


__all__ = ["FORM", "LAYOUT", "Office", "Proceeding"]
