"""Ended cases are filed by body and year under numbers without gaps, stay as they are, and are kept so long."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from typer.testing import CliRunner

from integration.cases.conftest import City, step
from zhicheng.cases.api import Case, Complaint, loop_of, open_case, reporter_of
from zhicheng.cases.archiving.queries import list_ready
from zhicheng.cases.archiving.services import file_cases
from zhicheng.cases.commands import app
from zhicheng.cases.erasure.queries import list_due
from zhicheng.cases.erasure.services import erase_case, erase_due_cases, may_erase
from zhicheng.core.access import Actor, Role
from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.archive.api import Filing, file_away, take_out
from zhicheng.ground.archive.audit import check_archive
from zhicheng.ground.documents.audit import check_documents
from zhicheng.ground.documents.models import Counter
from zhicheng.ground.ledger.api import list_entries, read_body, verify_one_chain
from zhicheng.ground.notes.services import write_note
from zhicheng.ground.packs.api import forget_loaded
from zhicheng.ground.packs.models import LimitRow
from zhicheng.ground.proceedings.api import StepRefused, advance, read_situation, steps_offered

REOPENED_WITHIN = timedelta(days=60)
LATER = REOPENED_WITHIN + timedelta(days=1)
"""After so long a closed case can no longer be reopened."""


def close(case: Case, city: City, now: datetime) -> Case:
    step(case, "reject", city.staff(1, Role.CLERK), now, ground="other", reason="不属实")
    given = {"outcome": "satisfied", "remark": "很失望"}
    advance(proceeding=loop_of(case).id, verb="call", by=city.staff(8, Role.CALLER), now=now, data=given)
    return case


@pytest.fixture
def closed(case: Case, city: City, now: datetime) -> Case:
    return close(case, city, now)


@pytest.fixture
def clerk(city: City) -> Actor:
    return replace(city.staff(1, Role.CLERK), user_id=1)


@pytest.fixture
def leader(city: City) -> Actor:
    return city.staff(3, Role.LEADER)


def another(complaint: Complaint, city: City, now: datetime, number: int) -> Case:
    fresh = replace(complaint, description=f"第{number}处渗漏，请处理。", request_key=UUID(int=number, version=4))
    return close(open_case(complaint=fresh, now=now).case, city, now)


def filed(case: Case, by: Actor, now: datetime) -> Filing:
    return file_away(subject=("case", case.id), by=by, now=now)


def test_a_case_is_filed_in_the_year_in_which_it_ended(
    closed: Case, clerk: Actor, city: City, now: datetime
) -> None:
    filing = filed(closed, clerk, now + LATER)
    assert (filing.issuer, filing.year, filing.serial) == (city.bureau, 2026, 1)
    assert filing.number.endswith("档〔2026〕1号")
    assert (filing.ended_on, filing.kept_until, filing.rule) == (now.date(), date(2036, 12, 31), "archive.case")
    entry = list_entries(("case", closed.id)).last()
    assert entry is not None
    assert (entry.act, entry.actor) == ("archive.file", "user:1")
    assert read_body(entry)["number"] == filing.number
    assert verify_one_chain(("case", closed.id)).finding is None


def test_it_is_filed_once_however_often_it_is_asked(closed: Case, clerk: Actor, now: datetime) -> None:
    first, again = (filed(closed, clerk, now + LATER) for _ in range(2))
    assert first == again
    assert Filing.objects.count() == 1
    copy = Filing.objects.get(pk=first.pk)
    copy.pk, copy.serial = None, 2
    with pytest.raises(IntegrityError, match="filed_once"), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.parametrize("days", [0, 60])
def test_what_can_still_be_reopened_is_not_filed(closed: Case, clerk: Actor, now: datetime, days: int) -> None:
    with pytest.raises(Refused, match="can be reopened until"):
        filed(closed, clerk, now + timedelta(days=days))
    assert not list_ready(clerk, now + timedelta(days=days)).exists()


def test_what_has_not_ended_is_not_filed(case: Case, clerk: Actor, now: datetime) -> None:
    with pytest.raises(Refused, match="has not ended"):
        filed(case, clerk, now + LATER)
    assert not list_ready(clerk, now + 9 * LATER).exists()


def test_only_people_of_the_body_file(closed: Case, city: City, now: datetime) -> None:
    for nobody in (
        city.staff(8, Role.CALLER),
        city.staff(6, Role.OFFICER, city.superior),
        city.company(city.builder),
    ):
        with pytest.raises(Refused, match="Only people of the body"):
            filed(closed, nobody, now + LATER)
        assert not list_ready(nobody, now + LATER).exists()
    assert filed(closed, city.staff(2, Role.OFFICER), now + LATER).serial == 1


def test_numbers_have_no_gaps_and_each_year_has_its_own(
    closed: Case, complaint: Complaint, clerk: Actor, city: City, now: datetime
) -> None:
    cases = [closed, *(another(complaint, city, now, number) for number in (2, 3))]
    next_year = another(complaint, city, now + timedelta(days=60), 4)
    open_one = open_case(complaint=replace(complaint, request_key=UUID(int=9, version=4)), now=now).case
    late = now + timedelta(days=130)
    outcomes = file_cases(cases=[cases[0], open_one, *cases[1:], next_year], by=clerk, now=late)
    assert [one.filing and (one.filing.year, one.filing.serial) for one in outcomes] == [
        (2026, 1), None, (2026, 2), (2026, 3), (2027, 1)
    ]  # fmt: skip
    assert list(check_archive()) == list(check_documents()) == []


def test_a_number_that_vanished_is_found(closed: Case, clerk: Actor, now: datetime) -> None:
    filed(closed, clerk, now + LATER)
    Counter.objects.filter(mark="档").update(last=2)
    [finding] = check_archive()
    assert (finding.params["last"], finding.params["count"]) == (2, 1)


def test_a_line_of_which_the_ledger_says_nothing_is_found(
    closed: Case, clerk: Actor, leader: Actor, now: datetime
) -> None:
    filing = filed(closed, clerk, now + LATER)
    copy = Filing.objects.get(pk=filing.pk)
    take_out(filing=filing.pk, reason="误归", by=leader, now=now + LATER)
    copy.pk, copy.serial, copy.number = None, 2, "X"
    copy.save(force_insert=True)
    findings = list(check_archive())
    assert [one.params.get("number") for one in findings] == ["X", None]


def test_ready_are_the_cases_that_can_be_filed(
    closed: Case, complaint: Complaint, clerk: Actor, city: City, now: datetime
) -> None:
    later = another(complaint, city, now + timedelta(days=30), 2)
    assert list(list_ready(clerk, now + LATER)) == [closed]
    assert set(list_ready(clerk, now + 2 * LATER)) == {closed, later}
    filed(closed, clerk, now + LATER)
    assert list(list_ready(clerk, now + 2 * LATER)) == [later]


def test_a_city_lets_reopen_for_another_time(closed: Case, clerk: Actor, city: City, now: datetime) -> None:
    LimitRow.objects.create(
        key="case.reopen", area=city.town, amount=5, unit="working_days", roll="none", citation="本镇",
        valid_from=now.date(),
    )  # fmt: skip
    forget_loaded()
    assert not list_ready(clerk, now + timedelta(days=7)).exists()  # Monday and five working days: until Monday
    assert list(list_ready(clerk, now + timedelta(days=8))) == [closed]
    assert filed(closed, clerk, now + timedelta(days=8)).serial == 1


def test_what_is_filed_takes_no_step_and_no_note(
    closed: Case, clerk: Actor, leader: Actor, city: City, now: datetime
) -> None:
    filing = filed(closed, clerk, now + LATER)
    for by in (reporter_of(closed), city.staff(8, Role.CALLER)):
        with pytest.raises(StepRefused, match=filing.number):
            advance(
                proceeding=loop_of(closed).id, verb="reopen", by=by, now=now + LATER, data={"reason": "又漏了"}
            )
        situation = read_situation(loop_of(closed).id)
        assert situation is not None
        assert steps_offered(situation, by, now) == ()
    with pytest.raises(Refused, match="stays as it is"):
        write_note(about=("case", closed.id), text="补记", key=UUID(int=5), by=clerk, now=now + LATER)


def test_a_leader_takes_it_out_for_a_reason_and_the_line_stays(
    closed: Case, clerk: Actor, leader: Actor, city: City, now: datetime
) -> None:
    filing = filed(closed, clerk, now + LATER)
    with pytest.raises(Refused, match="Only a leader"):
        take_out(filing=filing.pk, reason="复议决定", by=clerk, now=now + LATER)
    with pytest.raises(Refused, match="Give the reason"):
        take_out(filing=filing.pk, reason=" ", by=leader, now=now + LATER)
    out = take_out(filing=filing.pk, reason="复议决定重新处理", by=leader, now=now + LATER)
    assert (out.in_place, out.taken_out_by) == (False, "user:3")
    assert [one.act for one in list_entries(("case", closed.id))][-2:] == ["archive.file", "archive.take_out"]
    with pytest.raises(Refused, match="before"):
        take_out(filing=filing.pk, reason="再取", by=leader, now=now + LATER)
    assert list(check_archive()) == []


def test_what_was_taken_out_can_be_reopened_and_is_filed_anew(
    closed: Case, clerk: Actor, leader: Actor, city: City, now: datetime
) -> None:
    first = filed(closed, clerk, now + LATER)
    take_out(filing=first.pk, reason="复议决定重新处理", by=leader, now=now + LATER)
    assert not list_ready(clerk, now + LATER).exists()
    with pytest.raises(Refused, match="can be reopened until"):
        filed(closed, clerk, now + LATER)
    advance(proceeding=loop_of(closed).id, verb="reopen", by=city.staff(8, Role.CALLER), now=now + LATER,
            data={"reason": "复议决定"})  # fmt: skip
    close(closed, city, now + LATER)
    assert list(list_ready(clerk, now + 2 * LATER)) == [closed]
    again = filed(closed, clerk, now + 2 * LATER)
    assert (again.year, again.serial, first.serial) == (2027, 1, 1)


def test_if_nobody_reopens_it_is_filed_under_a_new_number(
    closed: Case, clerk: Actor, leader: Actor, now: datetime
) -> None:
    first = filed(closed, clerk, now + LATER)
    take_out(filing=first.pk, reason="查阅后发现漏件", by=leader, now=now + LATER)
    assert list(list_ready(clerk, now + 2 * LATER)) == [closed]
    assert filed(closed, clerk, now + 2 * LATER).serial == 2


def test_the_archive_keeps_it_longer_than_personal_data_otherwise(
    closed: Case, complaint: Complaint, clerk: Actor, leader: Actor, city: City, now: datetime
) -> None:
    other = another(complaint, city, now, 2)
    filing = filed(closed, clerk, now + LATER)
    four_years = now + timedelta(days=4 * 366)
    assert list(list_due(four_years.date())) == [other]
    assert not may_erase(closed, leader, four_years)
    with pytest.raises(Refused, match="nothing in it is deleted"):
        erase_case(case=closed, by=leader, reason="本人要求", now=four_years)
    assert list(list_due(filing.kept_until)) == [other]
    assert set(list_due(filing.kept_until + timedelta(days=1))) == {closed, other}
    over = datetime(2037, 1, 1, 9, tzinfo=now.tzinfo)
    assert erase_due_cases(now=over).cases == 2
    assert Filing.objects.get().number == filing.number


def test_why_it_was_taken_out_is_deleted_with_the_rest(
    closed: Case, clerk: Actor, leader: Actor, now: datetime
) -> None:
    from zhicheng.ground.archive.panel import reason_of

    filing = filed(closed, clerk, now + LATER)
    out = take_out(filing=filing.pk, reason="王五要求更正", by=leader, now=now + LATER)
    assert reason_of(out) == "王五要求更正"
    assert erase_case(case=closed, by=leader, reason="本人要求", now=now + LATER)
    assert reason_of(out) == ""


def run(*arguments: str, now: datetime) -> tuple[int, str]:
    with clock.fixed_at(now):
        result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output or str(result.exception)


def test_the_command_files_a_year_of_a_body(
    closed: Case, complaint: Complaint, city: City, now: datetime, settings: Any
) -> None:
    settings.LANGUAGE_CODE = "en"
    another(complaint, city, now, 2)
    key, late = str(city.bureau.key), now + LATER
    assert "No organization" in run("archive", "--year", "2026", "--body", "nobody", now=late)[1]
    assert run("archive", "--year", "2026", "--body", key, "--dry-run", now=late) == (0, "2 cases are ready.\n")
    assert run("archive", "--year", "2025", "--body", key, now=late) == (0, "0 cases are filed.\n")
    code, told = run("archive", "--year", "2026", "--body", key, now=late)
    assert (code, told.count("档〔2026〕"), "2 cases are filed." in told) == (0, 2, True)
    assert run("archive", "--year", "2026", "--body", key, now=late) == (0, "0 cases are filed.\n")
    assert Filing.objects.filter(filed_by="system:command_line").count() == 2
