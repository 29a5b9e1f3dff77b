"""A notice of mediation says how it is held, a later one takes the earlier back; notes explain what is there."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from zhicheng.cases.api import Case, loop_of
from zhicheng.core.access import Actor, Domain, Reach, Role
from zhicheng.ground.documents.api import Document, PaperState, list_issued, paper_of
from zhicheng.ground.ledger.verification import verify
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import advance

from .conftest import City
from .test_other_kinds import held, opened, step

__all__ = ["opened"]
Open = Callable[..., Case]
KIND, NOTICE = "market_complaint", "market_mediation_notice"


@pytest.fixture
def accepted(opened: Open, now: datetime) -> Case:
    case = opened("food.category", "spoiled", now)
    step(case, KIND, "accept", Role.CLERK, now)
    return case


def called(case: Case, now: datetime, **changes: Any) -> Document:
    """The notice of a call to mediation."""
    call = {"mode": "on_site", "mediated_on": date(2026, 11, 30), "place": "9时，二楼", "mediator": "赵六"}
    step(case, KIND, "arrange", Role.OFFICER, now, **(call | changes))
    return notices(case)[0]


def notices(case: Case) -> list[Document]:
    return list_issued(("case", case.id), form=NOTICE, proceeding=held(case, KIND).id)


def said(document: Document) -> str:
    return "\n".join(block.text for block in paper_of(document).blocks)


@pytest.mark.parametrize(("mode", "says", "note"), [
    ("on_site", "到场参加调解", "参加现场调解。"),
    ("telephone", "通过电话进行调解，请保持电话畅通", "通知投诉人和被投诉人参加调解。"),
    ("online", "通过互联网、音频或者视频进行调解", "通知投诉人和被投诉人参加调解。"),
])  # fmt: skip
def test_a_notice_is_worded_by_the_manner(accepted: Case, now: datetime, mode: str, says: str, note: str) -> None:
    notice = called(accepted, now, mode=mode)
    assert says in said(notice)
    assert sum(way in said(notice) for way in ("到场", "通过电话", "通过互联网")) == 1
    first = paper_of(notice).notes[0]
    assert first.endswith(note)
    assert ("现场" in first) == (mode == "on_site")


def test_a_second_notice_takes_the_first_back(accepted: Case, now: datetime) -> None:
    first = called(accepted, now)
    assert "同时撤销" not in said(first)
    called(accepted, now, mediated_on=date(2026, 12, 7))
    second, first = notices(accepted)
    assert (second.state, first.state) == (PaperState.VALID, PaperState.REVOKED)
    assert f"《投诉调解通知书》（{first.number}）同时撤销" in said(second)
    third = called(accepted, now, mediated_on=date(2026, 12, 14))
    assert first.number not in said(third), "what was taken back is not taken back again"
    assert [one.state for one in notices(accepted)] == [PaperState.VALID, PaperState.REVOKED, PaperState.REVOKED]
    assert verify().sound


def test_notes_explain_a_telephone_only_where_one_is_printed(accepted: Case, now: datetime) -> None:
    acceptance = Document.objects.get(subject_id=accepted.id, form="market_acceptance")
    assert "联系" not in "".join(paper_of(acceptance).notes)
    assert "联系电话" not in "".join(paper_of(called(accepted, now)).notes)


def test_notes_explain_the_telephone_of_a_body_that_has_one(opened: Open, now: datetime) -> None:
    case = opened("food.category", "spoiled", now)
    Organization.objects.filter(id=held(case, KIND).holder_id).update(telephone="0632-12315")
    step(case, KIND, "accept", Role.CLERK, now)
    acceptance = paper_of(Document.objects.get(subject_id=case.id, form="market_acceptance"))
    assert acceptance.contact == "联系电话：0632-12315"
    assert "“联系电话”" in acceptance.notes[-1]
    assert "联系人" not in "".join(acceptance.notes)
    assert "“联系电话”" in paper_of(called(case, now)).notes[1]


def test_a_reopened_complaint_asks_for_what_it_asked_for(accepted: Case, city: City, now: datetime) -> None:
    """The reporter is not asked again, and the agreement says what was demanded."""
    agreed: dict[str, Any] = {"agreed_on": date(2026, 11, 23), "agreement": "退款"}
    step(accepted, KIND, "agree", Role.OFFICER, now, **agreed)
    loop, path = loop_of(accepted), "/".join(city.town.path.split("/")[:4]) + "/"
    reach = Reach(Role.CALLER, frozenset({loop.holder_id or 0}), (path,), frozenset({Domain.MARKET}))
    caller = Actor("user:77", "caller", (reach,))
    advance(proceeding=loop.pk, verb="dispute", by=caller, now=now, data={"reason": "没有退款"})
    step(accepted, KIND, "accept", Role.CLERK, now)
    step(accepted, KIND, "agree", Role.OFFICER, now, **agreed)
    first, again = (
        [(line.label, line.value) for line in paper_of(one).blocks[0].lines]
        for one in Document.objects.filter(subject_id=accepted.pk, form="market_agreement").order_by("id")
    )
    assert ("投诉请求", "退款") in again
    assert first == again
