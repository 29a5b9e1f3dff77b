"""Answers to another hotline: each stage once, the result in words, and a record of what was handed over."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from integration.cases.conftest import City, step
from integration.cases.work_orders.conftest import SYSTEM_NAME, Import, order
from zhicheng.cases.api import Case, loop_of
from zhicheng.cases.models import AnswerLine, AnswerSheet
from zhicheng.cases.work_orders.answering import Period, find_answers, hand_over
from zhicheng.cases.work_orders.sheet_file import Format, format_of, write_sheet
from zhicheng.core.access import Actor, Role
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.ground.ledger.api import list_entries
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import advance


@pytest.fixture
def case(imports: Import) -> Case:
    imports(order("0017"))
    return Case.objects.get()


def hand(centre: Organization, agent: Actor, now: datetime, period: Period | None = None) -> AnswerSheet:
    return hand_over(organization=centre, system=SYSTEM_NAME, by=agent, now=now, period=period)


def stages(sheet: AnswerSheet) -> list[str]:
    return list(sheet.lines.order_by("case__external_number").values_list("stage", flat=True))


def close(case: Case, city: City, now: datetime) -> None:
    step(case, "accept", city.staff(1, Role.CLERK), now)
    step(case, "request_dismiss", city.staff(2, Role.OFFICER), now, finding="无渗漏")
    step(case, "dismiss", city.staff(3, Role.LEADER), now)
    advance(
        proceeding=loop_of(case).id, verb="call", by=city.staff(8, Role.CALLER), now=now,
        data={"outcome": "satisfied"},
    )  # fmt: skip


def test_every_stage_is_told_once(
    case: Case, city: City, centre: Organization, agent: Actor, now: datetime
) -> None:
    assert stages(hand(centre, agent, now)) == ["received"]
    with pytest.raises(Refused, match="nothing to tell"):
        hand(centre, agent, now)
    step(case, "accept", city.staff(1, Role.CLERK), now)
    assert stages(hand(centre, agent, now)) == ["accepted"]
    step(case, "request_dismiss", city.staff(2, Role.OFFICER), now, finding="无渗漏")
    assert stages(hand(centre, agent, now)) == ["in_hand"]
    step(case, "decline_dismiss", city.staff(3, Role.LEADER), now, reason="再查")
    assert find_answers(system=SYSTEM_NAME, by=agent) == [], "it is in hand as before"
    step(case, "request_dismiss", city.staff(2, Role.OFFICER), now, finding="无渗漏")
    step(case, "dismiss", city.staff(3, Role.LEADER), now)
    advance(
        proceeding=loop_of(case).id, verb="call", by=city.staff(8, Role.CALLER), now=now,
        data={"outcome": "satisfied"},
    )  # fmt: skip
    sheet = hand(centre, agent, now)
    (line,) = sheet.lines.all()
    assert (line.stage, line.unit, line.accepted_at, line.ended_at) == ("closed", city.bureau, now, now)
    assert [entry.act for entry in list_entries(("answer_sheet", sheet.pk))] == ["answers.hand_over"]
    assert AnswerSheet.objects.count() == 4


def test_a_reopened_order_is_news_again(
    case: Case, city: City, centre: Organization, agent: Actor, now: datetime
) -> None:
    close(case, city, now)
    assert stages(hand(centre, agent, now)) == ["closed"]
    advance(
        proceeding=loop_of(case).id,
        verb="reopen",
        by=city.staff(8, Role.CALLER),
        now=now,
        data={"reason": "又漏了"},
    )
    assert stages(hand(centre, agent, now)) == ["in_hand"]


@pytest.mark.parametrize(("name", "as_"), [("a.xlsx", Format.EXCEL), ("结果.CSV", Format.CSV)])
def test_the_table_is_by_their_number_with_result_and_times(
    case: Case, city: City, centre: Organization, agent: Actor, now: datetime, name: str, as_: Format
) -> None:
    close(case, city, now)
    assert format_of(name) is as_
    file = io.BytesIO()
    assert write_sheet(file, hand(centre, agent, now), as_, agent) == 1
    if as_ is Format.CSV:
        heads, line = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig")))
    else:
        file.seek(0)
        heads, line = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    at = f"{local(now):%Y-%m-%d %H:%M}"
    told = dict(zip(heads, line, strict=True))
    assert told["Number there"] == "0017", "a number keeps its zeros"
    assert (told["Number here"], told["Body"], told["Accepted on"], told["Closed on"]) == (
        case.number, city.bureau.name, at, at,
    )  # fmt: skip
    assert told["How far it is"] == "Closed with a result"
    assert (
        told["Result"] == "Housing quality complaint: Found to be unfounded"
        or "unfounded" in told["Result"].lower()
    )


def test_no_number_of_another_system_becomes_a_formula(
    imports: Import, centre: Organization, agent: Actor, now: datetime
) -> None:
    imports(order("=1+1"), order("@SUM(A1)"))
    sheet, file = hand(centre, agent, now), io.BytesIO()
    write_sheet(file, sheet, Format.CSV, agent)
    rows = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))[1:]
    assert {row[0] for row in rows} == {"'=1+1", "'@SUM(A1)"}


def test_a_period_tells_what_moved_then_again(
    case: Case, city: City, centre: Organization, agent: Actor, now: datetime
) -> None:
    hand(centre, agent, now)
    today = local(now).date()
    later = now + timedelta(days=3)
    step(case, "accept", city.staff(1, Role.CLERK), later)
    assert find_answers(system=SYSTEM_NAME, by=agent, period=Period(today, today)) == []
    moved = today + timedelta(days=3)
    sheet = hand(centre, agent, later, Period(moved, moved))
    assert stages(sheet) == ["accepted"]
    assert stages(hand(centre, agent, later, Period(today, moved))) == ["accepted"], "a period tells it again"
    assert find_answers(system=SYSTEM_NAME, by=agent) == [], "and it is no longer new"
    with pytest.raises(Refused, match="ends before it begins"):
        hand(centre, agent, later, Period(date(2026, 11, 24), date(2026, 11, 23)))


def test_what_one_may_not_see_is_not_handed_over(
    case: Case, centre: Organization, agent: Actor, now: datetime
) -> None:
    assert find_answers(system=SYSTEM_NAME, by=replace(agent, reaches=())) == []


def test_what_was_told_stays_as_it_was_told(case: Case, centre: Organization, agent: Actor, now: datetime) -> None:
    sheet = hand(centre, agent, now)
    for rows in (AnswerSheet.objects.filter(pk=sheet.pk), AnswerLine.objects.filter(sheet=sheet)):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows._raw_delete("default")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        AnswerLine.objects.update(stage="closed")


def test_many_orders_cost_no_more_statements_than_two(
    imports: Import, centre: Organization, agent: Actor, now: datetime
) -> None:
    imports(*(order(str(number)) for number in range(2)))
    with CaptureQueriesContext(connection) as few:
        find_answers(system=SYSTEM_NAME, by=agent)
    imports(*(order(str(number)) for number in range(2, 12)))
    with CaptureQueriesContext(connection) as many:
        assert len(find_answers(system=SYSTEM_NAME, by=agent)) == 12
    assert len(many) <= len(few)


def test_a_name_that_says_no_format_is_refused() -> None:
    with pytest.raises(Refused, match=r"neither in \.xlsx nor in \.csv"):
        format_of("answers.pdf")
