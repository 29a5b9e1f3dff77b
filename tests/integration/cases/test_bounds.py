"""What bounds the steps of a complaint about a home: limits, dates, and who may still read along."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from integration.cases.conftest import City, step
from zhicheng.cases.api import Case, build_page, housing_of, loop_of, reporter_of
from zhicheng.cases.lists import rows_in_loop, with_current
from zhicheng.core.access import HOLDING, Actor, Matter, Part, Role
from zhicheng.core.clock.due import local
from zhicheng.ground.proceedings.api import StepRefused, advance, read_situation


def due_on(case: Case) -> date | None:
    due = housing_of(case).due_at
    return local(due).date() if due else None


def test_the_analysis_stands_still_while_a_laboratory_tests(case: Case, city: City, now: datetime) -> None:
    officer = city.staff(2, Role.OFFICER)
    step(case, "accept", city.staff(1, Role.CLERK), now)
    before = due_on(case)
    assert before is not None
    with pytest.raises(StepRefused, match="does not stand still"):
        step(case, "resume", officer, now)
    with pytest.raises(StepRefused, match="not one of the terms"):
        step(case, "pause", officer, now, why="holiday")
    step(case, "pause", officer, now, why="testing", note="芯样送检")
    assert (due_on(case), housing_of(case).paused) == (None, True)
    with pytest.raises(StepRefused, match="stands still already"):
        step(case, "pause", officer, now, why="testing")
    step(case, "resume", officer, now + timedelta(days=7))
    assert due_on(case) == before + timedelta(days=4), "from Tuesday to Friday nothing was counted"


def test_a_leader_extends_the_analysis_once(case: Case, city: City, now: datetime) -> None:
    officer, leader = city.staff(2, Role.OFFICER), city.staff(3, Role.LEADER)
    step(case, "accept", city.staff(1, Role.CLERK), now)
    before = due_on(case)
    step(case, "request_extend", officer, now, reason="须请专家")
    step(case, "extend", leader, now)
    after = due_on(case)
    assert before is not None
    assert after is not None
    assert after > before
    with pytest.raises(StepRefused, match="extended once already"):
        step(case, "request_extend", officer, now, reason="还须再等")


@pytest.mark.parametrize(("days", "passes"), [(1, True), (8, False)])
def test_what_was_transferred_is_returned_soon_or_not_at_all(
    case: Case, city: City, now: datetime, days: int, passes: bool
) -> None:
    """Two working days from the transfer, however long the matter lay elsewhere before."""
    later, receiver = now + timedelta(days=30), city.staff(11, Role.CLERK, city.superior)
    step(case, "transfer", city.staff(1, Role.CLERK), later, body=city.superior.id, why="to_superior")
    if passes:
        step(case, "return", receiver, later + timedelta(days=days), why="wrong_body")
        assert housing_of(case).holder == city.bureau
    else:
        with pytest.raises(StepRefused, match="This could be done until"):
            step(case, "return", receiver, later + timedelta(days=days), why="wrong_body")


@pytest.mark.parametrize(("days", "passes"), [(-1, False), (0, True)])
def test_what_was_checked_is_what_was_reported(
    case: Case, city: City, now: datetime, days: int, passes: bool
) -> None:
    """A check of 1990, or of the day before the company reported, verifies nothing."""
    officer, proved = city.staff(2, Role.OFFICER), now + timedelta(days=5)
    ordered(case, city, now)
    step(case, "prove", city.company(city.builder), proved, evidence=[photograph()])
    later, checked_on = proved + timedelta(days=2), local(proved).date() + timedelta(days=days)
    with pytest.raises(StepRefused, match="cannot have been before 2026-11-28"):
        step(case, "verify", officer, later, checked_on=date(1990, 1, 1), finding="好")
    if passes:
        step(case, "verify", officer, later, checked_on=checked_on, finding="好")
        assert housing_of(case).state == "verified"
    else:
        with pytest.raises(StepRefused, match="cannot have been before"):
            step(case, "verify", officer, later, checked_on=checked_on, finding="好")


def test_a_company_whose_objection_was_accepted_sees_the_case_no_longer(
    case: Case, city: City, now: datetime
) -> None:
    company = city.company(city.builder)
    ordered(case, city, now)
    step(case, "request_object", company, now, reason="不是我们做的")
    assert company.sees(matter(case))
    step(case, "object", city.staff(2, Role.OFFICER), now)
    assert not company.sees(matter(case))
    assert matter(case).parts[city.builder.id] == Part.FORMER
    assert not Case.objects.visible_to(company).filter(id=case.id).exists()


def test_what_a_dissatisfied_reporter_says_is_not_read_by_the_company(
    case: Case, city: City, now: datetime
) -> None:
    ordered(case, city, now)
    loop, said = loop_of(case).id, "王五说邻居也漏"
    advance(proceeding=loop, verb="supplement", by=reporter_of(case), now=now, data={"addition": f"{said}一"})
    step(case, "prove", city.company(city.builder), now, evidence=[photograph()])
    step(case, "verify", city.staff(2, Role.OFFICER), now, checked_on=local(now).date(), finding="好")
    caller = city.staff(7, Role.CALLER)
    advance(proceeding=loop, verb="dispute", by=caller, now=now, data={"reason": f"{said}二"})
    assert said in told(case, city.staff(2, Role.OFFICER), now)
    assert said not in told(case, city.company(city.builder), now)


def test_the_list_names_the_body_that_had_the_case_last(case: Case, city: City, now: datetime) -> None:
    """Transferred, ended there, and awaiting its call-back: the loop's holder is where the case began."""
    clerk = city.staff(1, Role.CLERK)
    step(case, "transfer", clerk, now, body=city.superior.id, why="to_superior")
    above = {role: city.staff(11 + n, role, city.superior) for n, role in enumerate(HOLDING)}
    step(case, "accept", above[Role.CLERK], now)
    step(case, "request_dismiss", above[Role.OFFICER], now, finding="无渗漏")
    step(case, "dismiss", above[Role.LEADER], now)
    (row,) = with_current(list(rows_in_loop(clerk)), clerk)
    assert (row.current.kind if row.current else "", row.holder) == ("case", city.superior.name)


def ordered(case: Case, city: City, now: datetime) -> None:
    step(case, "accept", city.staff(1, Role.CLERK), now)
    step(
        case, "order", city.staff(2, Role.OFFICER), now, cause="workmanship", company=city.builder.id,
        due_on=local(now).date() + timedelta(days=20), requirement="返工",
    )  # fmt: skip


def matter(case: Case) -> Matter:
    situation = read_situation(housing_of(case).id)
    assert situation is not None
    return situation.matter


def told(case: Case, reader: Actor, now: datetime) -> str:
    """Everything that the history says to a reader."""
    happenings = build_page(case=case, actor=reader, now=now).happenings
    return " ".join(detail.text for one in happenings for detail in one.details)


def photograph() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (50, 50)).save(written, "JPEG")
    return SimpleUploadedFile("a.jpg", written.getvalue(), "image/jpeg")
